"""A question about a page and its answer, in whatever process it is worked out. Talks to nobody.

Pages are written by strangers: whatever the parsers choke on is translated here. Anything else is a
mistake of ours and must be seen as one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from selectolax.lexbor import SelectolaxError

from monitor.errors import ParseError
from monitor.families import FAMILIES, Family, recognise
from monitor.model import Http, Listing, Page, RawNotice, Request, Source
from monitor.reader.limits import check_said

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


Question = WhichFamily | WhatRows | WhatNotice
Answer = str | Listing | Request | RawNotice


def bare(question: Question) -> Question:
    """The question without how its source is fetched: a proxy's password is no business of a parser."""
    if isinstance(question, WhichFamily):
        return question
    return replace(question, source=replace(question.source, http=Http()))


def answer(question: Question) -> Answer:
    """The name of a family, or the values of a page. ParseError where the page is not what it should be."""
    page = question.page
    try:
        said = _said(question)
    except _CHOKED as error:
        raise ParseError(page.url, f"cannot be read: {type(error).__name__}: {str(error)[:120]}") from error
    check_said(page.url, said)
    return said


def _said(question: Question) -> Answer:
    match question:
        case WhichFamily(page=page):
            return recognise(page)
        case WhatRows(page=page, source=source, family=name):
            return _family(name, page).listing(page, source)
        case WhatNotice(page=page, source=source, family=name):
            return _family(name, page).notice(page, source)


def _family(name: str, page: Page) -> Family:
    family = FAMILIES.get(name)
    if family is None:
        raise ParseError(page.url, f"no family is called {name!r}")
    return family
