"""What the server keeps, and the one way to read and change it."""
