"""Crashes: a real process killed at every commit, before every line of a job, and at random moments.

`town` is what it watches and whom it tells, `victim` the process that dies, `ledger` what must hold afterwards,
`points` the deaths one after the other, `siege` a thousand at random. `python -m tests.crash SECONDS SEED` is the
long form; `test_*` are the short one.
"""
