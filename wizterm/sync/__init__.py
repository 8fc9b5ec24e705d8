"""What is brought down and how: the HTTP client, connectivity, the catalogue, what became of documents."""
