"""Every error that this program raises on purpose, in one tree.

    MonitorError
    ├── ConfigError            sources.yaml, seeds or environment are wrong (exit 2)
    ├── StoreError             the database or the storage folder refused (exit 1)
    ├── DeliveryError          a channel did not take a piece
    ├── ReaderError            our own reader failed, not the page (exit 1)
    └── SourceError            one source could not be read (exit 3)
        ├── FetchError         the web did not give us the page
        │   ├── Refused        our own guard does not let us go there
        │   └── Blocked        a gateway or a challenge stood in front of it
        └── ParseError         the page is not what it should be
            └── EmptyListing   a list page without a single row

An error carries what is needed to act on it (address, reason). Foreign exceptions are translated
in the door that knows them, with the cause chained. Contains no business logic.
"""

from __future__ import annotations


class MonitorError(Exception):
    """Root of the tree: catching it means "something we foresaw"."""


class ConfigError(MonitorError):
    """What the operator wrote cannot be used.

    `where` names file, line and key as far as they are known; `expected` says what would be right.
    Neither ever holds a secret's value.
    """

    def __init__(self, where: str, expected: str) -> None:
        super().__init__(f"{where}: {expected}")
        self.where = where
        self.expected = expected


class StoreError(MonitorError):
    """The database or the storage folder cannot be read or written."""


class DeliveryError(MonitorError):
    """A channel did not take a piece. `permanent` means that trying again cannot help."""

    def __init__(self, answer: str, *, permanent: bool) -> None:
        super().__init__(answer)
        self.answer = answer
        self.permanent = permanent


class ReaderError(MonitorError):
    """Our own reader failed, not the page: its process does not start, or a parser has a mistake."""


class SourceError(MonitorError):
    """One source could not be read; the others are not concerned.

    `kind` is the word of CONTRACT for this trouble (`failed`, `blocked`, `parse`, `empty`).
    """

    kind = "failed"

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{reason} ({url})")
        self.url = url
        self.reason = reason

    def __reduce__(self) -> tuple[type[SourceError], tuple[str, str], dict[str, object]]:
        return type(self), (self.url, self.reason), vars(self)


class FetchError(SourceError):
    """The web did not give us the page: DNS, refused, TLS, status, size, time.

    `status` is the HTTP status where there was one: 404 and 410 are facts about a notice page.
    """

    def __init__(self, url: str, reason: str, *, status: int | None = None) -> None:
        super().__init__(url, reason)
        self.status = status


class Refused(FetchError):
    """Our own guard does not let us go there: a private address, a scheme, an address that hides its host."""


class Blocked(FetchError):
    """A gateway, a firewall or a challenge page answered in place of the site."""

    kind = "blocked"


class ParseError(SourceError):
    """The page is not the list or the notice that it should be."""

    kind = "parse"


class EmptyListing(ParseError):
    """A list page without a single row: silence is a failure unless the source may be empty."""

    kind = "empty"
