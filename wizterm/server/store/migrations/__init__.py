"""Steps from one layout of the store to the next, in the order of their numbers; a released step never changes."""
