"""What a person can ask for, in the rep's words. No screen, no socket; each object belongs to one thread."""
