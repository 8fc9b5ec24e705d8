"""The catalogue from the company's own system: page by page, from a cursor that commits with the rows."""
