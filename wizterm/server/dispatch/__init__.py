"""Handing documents to the outside: claimed with a lease, settled only when the outside has answered."""
