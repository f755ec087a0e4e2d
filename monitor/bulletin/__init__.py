"""快讯: the kept notices of a period as an issue, and its forms on paper. Pure: bytes out, no files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from monitor.bulletin import html, markdown
from monitor.bulletin.compose import compose
from monitor.model import Bulletin

__all__ = ["FORMATS", "compose", "missing", "render"]


def render(issue: Bulletin, form: str, *, template: bytes | None) -> bytes:
    """An issue in one of FORMATS; `template` is the publisher's .docx, which counts for that form alone.

    ConfigError where the form needs something that is not installed, or the template cannot be used.
    """
    return _docx(issue, template) if form == "docx" else FORMATS[form](issue)


def missing(form: str) -> str:
    """What must be installed before that form can be written, in one Chinese line; "" when nothing is."""
    if form != "pdf":
        return ""
    from monitor.bulletin import pdf

    return pdf.missing()


def _docx(issue: Bulletin, template: bytes | None = None) -> bytes:
    from monitor.bulletin import docx_

    return docx_.write(issue, template=template)


def _pdf(issue: Bulletin) -> bytes:
    from monitor.bulletin import pdf

    return pdf.write(issue)


# A format is one module and one line here; libraries that take their time are imported when they are used.
FORMATS: Mapping[str, Callable[[Bulletin], bytes]] = {
    "docx": _docx,
    "pdf": _pdf,
    "html": html.write,
    "md": markdown.write,
}
