"""What a file says that a notice carries, told from its bytes: its name and its declared type do not count.

Read are .docx, .xlsx, .pdf and plain text; everything else has a named reason. Only to be called where a
file may take its time and its memory, and may die: strangers made it. Talks to nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

from monitor.errors import ParseError
from monitor.files import docx, pdf, plain, xlsx, zips
from monitor.text import decode

# Whatever changes what these modules read changes this: files are then read again from the archive.
READER = "1"
NEEDS = ("openpyxl", "pypdfium2")
NO_WORDS = "没有文字（可能是扫描件或图片）"

_Lines = Callable[[bytes, str], list[str]]
_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_START = 1024  # a PDF's mark may stand behind so much of something else (ISO 32000, annex H)
# Names of the streams in an old Office file, as its directory spells them (MS-CFB 2.6.1).
_STREAMS = {
    "EncryptedPackage": "文件有密码",
    "WordDocument": "旧版 Word 文件（.doc/.wps），不读取文字",
    "Workbook": "旧版 Excel 文件（.xls/.et），不读取文字",
    "PowerPoint Document": "旧版演示文稿（.ppt/.dps），不读取文字",
}
_OLD = "旧版 Office 文件，不读取文字"
_STARTS = {
    b"Rar!": "压缩包（.rar），不打开",
    b"7z\xbc\xaf\x27\x1c": "压缩包（.7z），不打开",
    b"\x1f\x8b": "压缩包（.gz），不打开",
    b"{\\rtf": "RTF 文件，不读取文字",
    b"\x89PNG": "图片，不读取文字",
    b"\xff\xd8\xff": "图片，不读取文字",
    b"GIF8": "图片，不读取文字",
    b"BM": "图片，不读取文字",
    b"II*\0": "图片，不读取文字",
    b"MM\0*": "图片，不读取文字",
}


def installed() -> bool:
    """Whether the extra `attachments` is there, without importing it."""
    return all(find_spec(name) is not None for name in NEEDS)


def text(data: bytes, url: str) -> str:
    """The words, a paragraph or row a line; ParseError with the reason where there are none to be had.

    ConfigError without the extra.
    """
    said = plain.squeezed(_reader(data, url)(data, url))
    if not said:
        raise ParseError(url, NO_WORDS)
    if sum(map(len, said)) > plain.MOST_LETTERS:
        raise ParseError(url, plain.TOO_LONG)
    return "\n".join(said)


def _reader(data: bytes, url: str) -> _Lines:
    start = data[:_START]
    if data.startswith(zips.START):
        return _in_zip(data, url)
    if b"%PDF-" in start:
        return pdf.lines
    reason = _reason(data)
    if reason:
        raise ParseError(url, reason)
    return _plain


def _in_zip(data: bytes, url: str) -> _Lines:
    inside = zips.names(data)
    if docx.DOCUMENT in inside or not inside:  # not even a directory: damaged, and that is said there
        return docx.lines
    if xlsx.WORKBOOK in inside:
        return xlsx.lines
    if "OFD.xml" in inside:
        raise ParseError(url, "OFD 版式文件，不读取文字")
    is_slides = any(name.startswith("ppt/") for name in inside)
    raise ParseError(url, "演示文稿（.pptx），不读取文字" if is_slides else "压缩包（.zip），不打开")


def _reason(data: bytes) -> str:
    """Why nobody reads these bytes, "" for what may be plain text."""
    if data.startswith(_OFFICE):
        return next((why for name, why in _STREAMS.items() if name.encode("utf-16-le") in data), _OLD)
    known = next((why for start, why in _STARTS.items() if data.startswith(start)), "")
    if known:
        return known
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return "是网页或 XML，不是文件"
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return "不认识的文件格式" if b"\0" in data[:_START] and not is_wide else ""


def _plain(data: bytes, url: str) -> list[str]:
    words = decode(data, "")
    if words.count("\ufffd") * 20 > len(words):
        raise ParseError(url, "不认识的文件格式")
    return words.splitlines()
