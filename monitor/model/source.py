"""Where notices come from and the path of a page: what is asked for, what comes back, what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum


class Level(StrEnum):
    """Whose notice it is in the state's order."""

    NATIONAL = "national"
    PROVINCIAL = "provincial"
    MUNICIPAL = "municipal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Http:
    """How one source wants to be asked, where it differs from the rest.

    `source` says whose cookies these are; without it none outlive one fetch. `legacy_tls` names the hosts
    that speak only old TLS, `stdlib` asks for the forgiving transport, `ignore_robots` is the written
    reason why robots.txt does not count, `echo_cookie` lets a cookie that stands in a page's script as
    plain text be sent back once. A proxy may carry a password: it is never shown.
    """

    headers: Mapping[str, str] = field(default_factory=dict)
    user_agent: str | None = None
    source: str = ""
    proxy: str | None = field(default=None, repr=False)
    legacy_tls: frozenset[str] = frozenset()
    stdlib: bool = False
    ignore_robots: str | None = None
    echo_cookie: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignore:
    """What does not count on a source's notices: nodes of the page, or text in a line. One of the two."""

    selector: str = ""
    pattern: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One column of a site. `options` have been checked by the family's own model.

    `note` is the operator's own remark, shown in lists (why a source is disabled, who asked for it).
    """

    id: str
    name: str
    url: str
    family: str | None
    level: Level
    region: str
    every: timedelta = timedelta(hours=2)
    options: Mapping[str, object] = field(default_factory=dict)
    http: Http = field(default_factory=Http)
    replaces: tuple[str, ...] = ()
    ignore: tuple[Ignore, ...] = ()
    may_be_empty: bool = False
    enabled: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to fetch: said by a family, carried out by the fetch door."""

    url: str
    method: str = "GET"
    form: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server gave us to ask "has it changed?" with.

    `asked` is the fingerprint of the question that was answered, where the same place may be asked another.
    """

    etag: str | None = None
    last_modified: str | None = None
    asked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An answer that is content, as bytes: nobody has decoded it yet.

    `url` is the address after redirects, `content_type` the header as sent ("" when absent). `form` is
    what was posted for it: few answers say which page of a list they are.
    """

    url: str
    body: bytes
    content_type: str = ""
    status: int = 200
    validators: Validators = field(default_factory=Validators)
    form: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """The server says that the page is as it was."""

    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A labelled string as found: an index-table cell, a meta tag, a key of a JSON row.

    Labels of index tables carry no blanks and no colon (`索引号`, `发文字号`); meta names are
    lower case (`pubdate`).
    """

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that a notice carries: linked, never redistributed.

    `url` is "" where it is only named; `digest` is the hash of its bytes, "" where nobody has read them.
    """

    name: str
    url: str
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingItem:
    """One row of a list page. `url` is for people; `request` says how to fetch it where that differs."""

    url: str
    title: str
    published_on: date | None
    request: Request | None = None
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list page as read, rows in the order of the page. `cut` counts titles that had no end."""

    items: tuple[ListingItem, ...]
    next: Request | None = None
    cut: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RawNotice:
    """A notice page as read: strings as found, nothing interpreted.

    `body` is text: one paragraph a line, a table row as its cells joined by " | ".
    `facts` are visible labels (index table, 发布时间, 来源), `meta` the government meta block.
    """

    title: str
    body: str
    facts: tuple[Fact, ...] = ()
    meta: tuple[Fact, ...] = ()
    attachments: tuple[Attachment, ...] = ()
