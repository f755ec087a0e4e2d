"""建站系统: how each kind of content system lays out its lists and its notices.

A family is a module of pure functions, page in, values or ParseError out. Adding one is one module
and one line here (docs/adding-a-source.md). Families do not know each other; what they share is in
the modules with a leading underscore. Talks to nobody.
"""

from __future__ import annotations

from typing import Protocol

from pydantic import BaseModel

from monitor.families import (
    easysite,
    generic,
    gkmlpt,
    igs,
    jcms,
    jpaas,
    json_,
    ncontent,
    nfcms,
    selectors,
    trs,
    ucap,
)
from monitor.families._ignore import LONGEST_RULE, check_pattern, check_selector, hide
from monitor.model import Listing, Page, RawNotice, Request, Source

__all__ = ["FAMILIES", "LONGEST_RULE", "Family", "check_pattern", "check_selector", "hide", "recognise"]


class Family(Protocol):
    """What a module of this package offers."""

    @property
    def Options(self) -> type[BaseModel]:  # noqa: N802 - the modules' class of that name
        """What sources.yaml may say about a site of this family; unknown keys are an error."""
        ...

    def first(self, source: Source) -> Request:
        """What to fetch for the newest rows."""
        ...

    def listing(self, page: Page, source: Source) -> Listing | Request:
        """The rows of a list page, or what to fetch next where the page is only a shell.

        Raises ParseError where the page is no list, EmptyListing where it is one without rows.
        """
        ...

    def notice(self, page: Page, source: Source) -> RawNotice:
        """The strings of a notice page; ParseError where the page is no notice."""
        ...

    def claims(self, page: Page) -> bool:
        """Whether the page carries marks of this system, told from its bytes without parsing."""
        ...


# In the order in which a page is offered to them: the surest marks first, generic takes the rest.
# nfcms before ucap and trs, whose editors' marks its texts carry; ncontent before ucap, because the
# end of its addresses is like theirs; json takes what JSON is left.
FAMILIES: dict[str, Family] = {
    "jpaas": jpaas,
    "igs": igs,
    "gkmlpt": gkmlpt,
    "nfcms": nfcms,
    "ncontent": ncontent,
    "easysite": easysite,
    "jcms": jcms,
    "ucap": ucap,
    "trs": trs,
    "json": json_,
    "selectors": selectors,
    "generic": generic,
}


def recognise(page: Page) -> str:
    """The name of the family that a page belongs to; "generic" where nobody knows it."""
    return next(name for name, family in FAMILIES.items() if family.claims(page))
