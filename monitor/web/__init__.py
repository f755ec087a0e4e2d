"""The web: pages over what the store remembers. Handlers read, call at most one job, render."""
