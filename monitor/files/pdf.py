"""A .pdf, by pypdfium2 where the extra `attachments` is there. Lines of print become paragraphs again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib import import_module

from monitor.errors import ConfigError, ParseError
from monitor.files import plain
from monitor.model import RawNotice

MOST_PAGES = 300

_PAGE_NUMBER = re.compile(r"[-—–－\s]*(?:第\s*)?\d{1,3}(?:\s*页)?[-—–－\s]*")
_ENDS = "。！？；：.!?;:"
_NEARLY_FULL = 0.85


def read(data: bytes, url: str) -> RawNotice:
    """The strings of a document; ParseError where there are none, ConfigError without the extra."""
    return plain.notice(lines(data, url), url)


def lines(data: bytes, url: str) -> list[str]:
    """The paragraphs of the first pages; ParseError where they cannot be read, ConfigError as `read`."""
    printed = [line for page in _pages(data, url) for line in page.splitlines()]
    shown = [line for line in plain.squeezed(printed) if not _PAGE_NUMBER.fullmatch(line)]
    return list(joined(shown))


def joined(lines: Sequence[str]) -> Iterator[str]:
    """Paragraphs from lines of print: a line as wide as the page and without an end goes on."""
    wide = sorted(map(len, lines))[len(lines) * 3 // 4] if lines else 0
    paragraph = ""
    for line in lines:
        paragraph += line
        if len(line) < _NEARLY_FULL * wide or line.endswith(tuple(_ENDS)) or plain.ends_title(paragraph):
            yield paragraph
            paragraph = ""
    if paragraph:
        yield paragraph


def _pages(data: bytes, url: str) -> Iterator[str]:
    try:
        pdfium = import_module("pypdfium2")
    except ImportError as error:
        raise ConfigError(
            "import", "reading a PDF needs pypdfium2: pip install 'kuaixun[attachments]'"
        ) from error
    try:
        document = pdfium.PdfDocument(data)
        letters = 0
        for number in range(min(len(document), MOST_PAGES)):
            page = document[number].get_textpage().get_text_range()
            letters += len(page)
            if letters > plain.MOST_LETTERS:
                raise ParseError(url, plain.TOO_LONG)
            yield page
    except pdfium.PdfiumError as error:
        raise ParseError(url, _reason(str(error))) from error


def _reason(said: str) -> str:
    return "文件有密码" if "password" in said.lower() else f"这个 PDF 不能读取：{said}"
