"""QuickBooks Online, the Accounting API v3, over HTTPS and JSON."""
