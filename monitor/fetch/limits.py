"""How far the fetch door may go: politely, patiently, and to which addresses. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """`fetch:` of sources.yaml, and the body cap.

    `timeout` is for a whole answer, redirects included, in seconds; `delay` the pause between the
    end of one request and the start of the next to the same host; `per_day` counts every request
    sent to a host, redirects, retries and robots.txt too; `max_body` and `max_file` are in bytes after
    inflating, of a page and of a file; `most_files` is how many files of one notice are fetched;
    `authorities` are certificates (PEM) that are trusted besides the usual ones.
    """

    contact: str | None = None
    concurrency: int = 8
    per_host: int = 1
    delay: float = 2.0
    per_day: int = 300
    timeout: float = 30.0
    max_body: int = 8 * 1024 * 1024
    max_file: int = 20 * 1024 * 1024
    most_files: int = 20
    allow_hosts: frozenset[str] = frozenset()
    connect_to: Mapping[str, str] = field(default_factory=dict)
    authorities: str = ""
