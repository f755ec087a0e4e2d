"""A pair: two whole pages of one family, and what a reader must be told of the difference.

The verdict is in the name: `falsepos_…` is noise, nobody is told; `truepos_…` is one change, of the kind and in
the fields that stand beside it. The pages were written before it was known what the program makes of them.

Ways to say what differs, from the words to the bytes:

    edited    the text of a notice                          listed   the rows of a list
    set_in    the markup that an editor made of it          printed  a whole list page
    framed    a whole notice page                           shows, holds  page, markup: as two visits show it
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from monitor.model import Kind
from tests.pairs import columns, notices
from tests.pairs.columns import ROWS, Row, column
from tests.pairs.notices import notice
from tests.pairs.text import FIRST, LATER, Text, Visit, body

PLAIN = Text()
ALL = tuple(notices.FRAMES)
HTML = tuple(family for family in ALL if family != "json")
HTML_LISTS = ("trs", "jcms", "ucap", "easysite", "nfcms", "ncontent", "selectors", "generic")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Pages as served one after the other; `kind` and `fields` are what a truepos pair must tell."""

    name: str
    family: str
    is_list: bool
    before: bytes
    after: bytes
    kind: Kind | None = None
    fields: frozenset[str] = frozenset()

    @property
    def is_noise(self) -> bool:
        """Whether nobody is to be told."""
        return self.name.startswith("falsepos_")

    @property
    def id(self) -> str:
        """falsepos_hit_counter-trs"""
        return f"{self.name}-{self.family}"


PAIRS: list[Pair] = []


def swap(page: str, old: str, new: str) -> str:
    """The page with `old` replaced; a pair whose pages do not differ there is a mistake."""
    if old not in page:
        raise AssertionError(f"not on the page: {old}")
    return page.replace(old, new)


def edited(
    kind: Kind | None = None,
    *fields: str,
    families: Sequence[str] = ALL,
    first: Text = PLAIN,
    visit: Visit = LATER,
) -> Callable[[Callable[[Text], Text]], Callable[[Text], Text]]:
    """A pair in which the words of the notice differ, read at two visits."""

    def register(edit: Callable[[Text], Text]) -> Callable[[Text], Text]:
        for family in families:
            pages = notice(family, first, FIRST), notice(family, edit(first), visit)
            _add(edit.__name__, family, *pages, kind=kind, fields=fields)
        return edit

    return register


def set_in(*families: str, first: Text = PLAIN) -> Callable[[Callable[[str], str]], Callable[[str], str]]:
    """A pair in which the editor's markup differs, read at two visits."""

    def register(change: Callable[[str], str]) -> Callable[[str], str]:
        for family in families or ALL:
            markup = body(first, notices.FOLDERS[family])
            pages = (
                notice(family, first, FIRST, markup=markup),
                notice(family, first, LATER, markup=change(markup)),
            )
            _add(change.__name__, family, *pages)
        return change

    return register


def framed(*families: str) -> Callable[[Callable[[str], str | bytes]], Callable[[str], str | bytes]]:
    """A pair in which something else on the page of a notice differs."""

    def register(change: Callable[[str], str | bytes]) -> Callable[[str], str | bytes]:
        for family in families or HTML:
            before = notice(family, Text(), FIRST)
            _add(change.__name__, family, before, change(before))
        return change

    return register


def shows(*families: str) -> Callable[[Callable[[str, Visit], str]], Callable[[str, Visit], str]]:
    """A pair in which the page of a notice shows something of the moment of the visit."""

    def register(change: Callable[[str, Visit], str]) -> Callable[[str, Visit], str]:
        for family in families or HTML:
            pages = (change(notice(family, Text(), visit), visit) for visit in (FIRST, LATER))
            _add(change.__name__, family, *pages)
        return change

    return register


def holds(*families: str) -> Callable[[Callable[[str, Visit], str]], Callable[[str, Visit], str]]:
    """The same, within the container of the text."""

    def register(change: Callable[[str, Visit], str]) -> Callable[[str, Visit], str]:
        for family in families or ALL:
            markup = body(Text(), notices.FOLDERS[family])
            pages = (notice(family, Text(), at, markup=change(markup, at)) for at in (FIRST, LATER))
            _add(change.__name__, family, *pages)
        return change

    return register


def listed(
    kind: str = "", families: Sequence[str] = ALL, first: Sequence[Row] = ROWS
) -> Callable[[Callable[[Sequence[Row]], Sequence[Row]]], Callable[[Sequence[Row]], Sequence[Row]]]:
    """A pair in which the rows differ, read at two visits; `kind`: come, gone or said (another title)."""

    def register(
        change: Callable[[Sequence[Row]], Sequence[Row]],
    ) -> Callable[[Sequence[Row]], Sequence[Row]]:
        for family in families:
            pages = column(family, first, FIRST), column(family, change(first), LATER)
            _add(change.__name__, family, *pages, is_list=True, fields=(kind,) if kind else ())
        return change

    return register


def printed(*families: str) -> Callable[[Callable[[str], str | bytes]], Callable[[str], str | bytes]]:
    """A pair in which something else on a list page differs."""

    def register(change: Callable[[str], str | bytes]) -> Callable[[str], str | bytes]:
        for family in families:
            before = column(family, ROWS, FIRST)
            _add(change.__name__, family, before, change(before), is_list=True)
        return change

    return register


def source_of(pair: Pair) -> tuple[str, dict[str, object]]:
    """The address of a pair's page, and what sources.yaml says about its site."""
    place = columns if pair.is_list else notices
    return place.URLS[pair.family], place.OPTIONS.get(pair.family, {})


def _add(
    name: str,
    family: str,
    before: str,
    after: str | bytes,
    *,
    is_list: bool = False,
    kind: Kind | None = None,
    fields: Sequence[str] = (),
) -> None:
    served = after if isinstance(after, bytes) else after.encode()
    if served == before.encode():
        raise AssertionError(f"{name}: the two pages of {family} are the same")
    PAIRS.append(
        Pair(
            name=name,
            family=family,
            is_list=is_list,
            before=before.encode(),
            after=served,
            kind=kind,
            fields=frozenset(fields),
        )
    )
