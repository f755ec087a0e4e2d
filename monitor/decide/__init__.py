"""What follows from what was read: rows, changes, rhythm. Talks to nobody, does nothing, knows no clock."""
