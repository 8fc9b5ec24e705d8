"""Taking documents: each exactly once, each on its own, facts accepted and doubts noted."""
