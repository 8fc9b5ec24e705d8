"""Tryton 7.0, 8.0 and 8.2 over JSON-RPC. Nothing of Tryton is imported: it is spoken to as any client does."""
