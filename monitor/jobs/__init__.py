"""The shell: jobs walk a notice through the core and the doors, in order, without opinions."""
