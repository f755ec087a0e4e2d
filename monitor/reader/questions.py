"""A question about a page or a file and its answer, in whatever process it is worked out. Talks to nobody.

Pages are written by strangers: whatever the parsers choke on is translated here. Anything else is a
mistake of ours and must be seen as one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from selectolax.lexbor import SelectolaxError

from monitor.errors import ConfigError, ParseError
from monitor.families import FAMILIES, Family, hide, recognise
from monitor.model import Http, Listing, Page, RawNotice, Request, Source
from monitor.reader.limits import check_notice, within

# What parsers raise on hostile input: a selector or tree refused; bad JSON, dates, addresses, code
# points (ValueError and its kin); JSON nested too deep; numbers too large for a date.
_CHOKED = (SelectolaxError, ValueError, RecursionError, OverflowError)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichFamily:
    """By what a page is made; `generic` when nobody knows it."""

    page: Page


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatRows:
    """The rows of a list page."""

    page: Page
    source: Source
    family: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatNotice:
    """What a notice page says."""

    page: Page
    source: Source
    family: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatText:
    """What a file says that a notice carries. `page` is the answer that brought it."""

    page: Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The text of a file, a paragraph or row a line."""

    text: str


Question = WhichFamily | WhatRows | WhatNotice | WhatText
Answer = str | Listing | Request | RawNotice | Words


def bare(question: Question) -> Question:
    """The question without how its source is fetched: a proxy's password is no business of a parser."""
    if isinstance(question, WhichFamily | WhatText):
        return question
    return replace(question, source=replace(question.source, http=Http()))


def answer(question: Question) -> Answer:
    """The name of a family, the values of a page, the words of a file.

    ParseError where the page or file is not what it should be.
    """
    page = question.page
    try:
        said = _said(question)
    except _CHOKED as error:
        raise ParseError(page.url, f"cannot be read: {type(error).__name__}: {str(error)[:120]}") from error
    if isinstance(said, Listing):
        return within(page.url, said)
    if isinstance(said, RawNotice):
        check_notice(page.url, said)
    return said


def _said(question: Question) -> Answer:
    match question:
        case WhichFamily(page=page):
            return recognise(page)
        case WhatRows(page=page, source=source, family=name):
            return _family(name, page).listing(page, source)
        case WhatNotice(page=page, source=source, family=name):
            return _notice(page, source, _family(name, page))
        case WhatText(page=page):
            return Words(text=_text(page))


def _notice(page: Page, source: Source, family: Family) -> RawNotice:
    """The notice without what its source's rules hide; rules that hide all of its text are wrong ones."""
    said = hide(family.notice(page, source), source.ignore)
    if source.ignore and not said.body and family.notice(page, replace(source, ignore=())).body:
        raise ParseError(page.url, "the ignore rules leave no text")
    return said


def _text(page: Page) -> str:
    # Late: few workers ever see a file.
    from monitor.files import attached

    try:
        return attached.text(page.body, page.url)
    except ConfigError as error:
        raise ParseError(page.url, error.expected) from error


def _family(name: str, page: Page) -> Family:
    family = FAMILIES.get(name)
    if family is None:
        raise ParseError(page.url, f"no family is called {name!r}")
    return family
