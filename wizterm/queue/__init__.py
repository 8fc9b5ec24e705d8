"""The durable outbox's way out: one process sends, and settles a document only on its receipt."""
