"""What devices fetch: what became of documents, and the catalogue as a file and as changes."""
