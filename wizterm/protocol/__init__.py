"""What device and server say to each other, version 1: one file for each step, used by both ends.

JSON over HTTPS. Amounts and quantities travel as strings, moments as RFC 3339 in UTC. Readers ignore unknown fields,
so that a newer end can say more to an older one.
"""

VERSION = 1
