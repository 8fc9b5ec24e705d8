"""Confirmations by mail: what they say, to whom, and handing them to a mail server."""
