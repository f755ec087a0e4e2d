"""Speed and memory, measured beside a bare httpx + selectolax loop. `make bench`; never a timed test."""
