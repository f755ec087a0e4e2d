"""A counter on stderr, only where a person watches."""

from __future__ import annotations

import sys

import click


class Progress:
    """How many of so many are done, and which was the last."""

    def __init__(self, of: int) -> None:
        self._of = of
        self._done = 0
        self._watched = sys.stderr.isatty()

    def step(self, name: str) -> None:
        """One more is done."""
        self._done += 1
        if self._watched:
            click.echo(f"\r\x1b[K{self._done}/{self._of} {name}", nl=False, err=True)

    def end(self) -> None:
        """Leave the line empty."""
        if self._watched:
            click.echo("\r\x1b[K", nl=False, err=True)
