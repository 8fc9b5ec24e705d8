import os

os.environ.pop("NO_COLOR", None)
"""Pictures of screens are compared in colour, whatever the terminal of whoever runs the tests wants."""
