"""The office's screen: what came in, what the ERP made of it, and what a person decides."""
