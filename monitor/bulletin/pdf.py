"""An issue as a PDF: the web form on pages, with page numbers in the contents, bookmarks and embedded fonts.

WeasyPrint (the extra `pdf`) sets the pages. It is given text only and may fetch nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import redirect_stdout
from importlib import import_module
from io import StringIO
from typing import Protocol, cast

from monitor.bulletin import html, words
from monitor.bulletin._look import CSS, PAGES
from monitor.errors import ConfigError
from monitor.model import Bulletin

_PROBE = "快讯〔〕"
_EXTRA = "缺少 WeasyPrint，请先 pip install 'kuaixun[pdf]'"
_PANGO = "缺少 Pango，请先 apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
_FONT = "缺少中文字体，请先 apt install fonts-noto-cjk"
_EMPTY = "@top-left { content: none } @top-right { content: none }"


class _Font(Protocol):
    missing: dict[int, int]


class _Document(Protocol):
    fonts: dict[str, _Font]

    def write_pdf(self, **options: object) -> bytes: ...


class _Html(Protocol):
    def render(self) -> _Document: ...


class _Setter(Protocol):
    """The little of WeasyPrint that is used here; it comes without types."""

    def HTML(self, *, string: str, url_fetcher: object) -> _Html: ...  # noqa: N802 - its name there


def missing() -> str:
    """What must be installed before a PDF can be written, in one line; "" when nothing is missing."""
    setter = _setter()
    if isinstance(setter, str):
        return setter
    probe = setter.HTML(string=f"<style>{CSS}</style><p>{_PROBE}", url_fetcher=_refuse).render()
    probe.write_pdf()
    return _FONT if any(font.missing for font in probe.fonts.values()) else ""


def write(issue: Bulletin) -> bytes:
    """The bytes of a PDF, the same for the same issue and fonts. ConfigError where something is missing."""
    lacking = missing()
    if lacking:
        raise ConfigError("pdf", lacking)
    setter = cast(_Setter, _setter())
    page = html.page(issue, css=CSS + PAGES + _margins(issue))
    return setter.HTML(string=page, url_fetcher=_refuse).render().write_pdf()


def _setter() -> _Setter | str:
    """WeasyPrint, or what it lacks."""
    try:
        with redirect_stdout(StringIO()):  # it prints a manual where Pango is missing
            return cast(_Setter, import_module("weasyprint"))
    except ImportError:
        return _EXTRA
    except OSError:
        return _PANGO


def _refuse(url: str) -> object:
    raise ValueError(f"an issue loads nothing: {url}")


def _margins(issue: Bulletin) -> str:
    """What runs above and below every page, as strings of CSS."""
    head = f"@top-left {{ content: {_string([f'{issue.publisher.name} {words.NAME}'])} }}"
    number = f"@top-right {{ content: {_string([issue.number])} }}"
    foot = f"@bottom-left {{ content: {_string(words.running_foot(issue.publisher))} }}"
    return f"@page {{ {head} {number} {foot} }} @page :first {{ {_EMPTY} }}"


def _string(lines: Sequence[str]) -> str:
    """A CSS string, every character by its number: nothing can end it early."""
    said = "\n".join(lines).encode("utf-8", "ignore").decode()
    return '"' + "".join(f"\\{ord(mark):x} " for mark in said if mark == "\n" or mark.isprintable()) + '"'
