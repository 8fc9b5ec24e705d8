"""A stand-in for Zoho, made from its published descriptions: a real HTTP server with a company in it."""
