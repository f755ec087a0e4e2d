"""Office files are zips: opened only where their directory is short and what it promises is bounded.

The sizes of a directory may lie; zipfile gives no more of a member than the directory says and refuses
one that does not match its checksum, so that the promise is the bound. Talks to nobody.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from monitor.errors import ParseError

MB = 1024 * 1024

START = b"PK\x03\x04"
MOST_MEMBERS = 2_000  # a workbook with a picture in every row has some hundreds
MOST_INFLATED = 64 * MB
MOST_XML = 32 * MB  # of one member: a tree of it takes ten times as much
TIGHTEST = 200  # Word's own XML packs ten to thirty times; a bomb a thousand times
_SLACK = 4 * MB  # a bomb so small hurts nobody, and a long empty table packs as tight
_MOST_DIRECTORY = MOST_MEMBERS * 512

# The record at the end: how long the directory is stands 12 bytes in (APPNOTE 4.3.16).
_END, _END_SIZE, _LONGEST_COMMENT = b"PK\x05\x06", 22, 0xFFFF
# What a damaged, locked or oddly packed zip raises.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)
# Entities multiply. Office writes no declarations, and only these encodings, in which they can be seen.
_DECLARES = tuple(
    word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")
)
_ENCODING = re.compile(rb"""^[^>]{0,100}encoding\s*=\s*["']([^"']{0,40})""")
_ENCODINGS = frozenset({b"utf-8", b"utf-16", b"us-ascii", b"ascii"})


@contextmanager
def opened(data: bytes, url: str) -> Iterator[zipfile.ZipFile]:
    """The zip in the bytes; ParseError where it is a bomb, damaged or locked, then or while it is read."""
    if _directory_size(data) > _MOST_DIRECTORY:
        raise ParseError(url, "压缩文件里的文件太多，不读取")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive, url)
            yield archive
    except _BROKEN as error:
        raise ParseError(url, "文件已损坏或有密码") from error


def xml(archive: zipfile.ZipFile, name: str, url: str) -> bytes:
    """A member that is XML; ParseError where it is too large for a tree, or declares entities."""
    if archive.getinfo(name).file_size > MOST_XML:
        raise ParseError(url, "文件解压后过大，不读取")
    said = archive.read(name)
    if declares(said):
        raise ParseError(url, "文件含有 Office 不会写的声明，不读取")
    return said


def declares(said: bytes) -> bool:
    """Whether XML declares anything, or is in an encoding in which that could not be seen."""
    found = _ENCODING.match(said)
    is_strange = found is not None and found[1].lower() not in _ENCODINGS
    return is_strange or any(word in said for word in _DECLARES)


def names(data: bytes) -> frozenset[str]:
    """What is in the zip; nothing where it is none, or too much for an Office file."""
    if _directory_size(data) > _MOST_DIRECTORY:
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.NameToInfo)
    except _BROKEN:
        return frozenset()


def _check(archive: zipfile.ZipFile, url: str) -> None:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise ParseError(url, "压缩文件里的文件太多，不读取")
    inflated, packed = sum(one.file_size for one in members), sum(one.compress_size for one in members)
    if inflated > MOST_INFLATED or inflated > TIGHTEST * packed + _SLACK:
        raise ParseError(url, "文件解压后过大，不读取")
    if any(one.flag_bits & 1 for one in members):
        raise ParseError(url, "文件有密码")


def _directory_size(data: bytes) -> int:
    """As the end of the zip says, found where zipfile finds it; 0 where there is no end."""
    at = len(data) - _END_SIZE
    if not data.endswith(b"\0\0") or not data.startswith(_END, max(at, 0)):
        at = data.rfind(_END, max(at - _LONGEST_COMMENT, 0))
    if at < 0 or at + _END_SIZE > len(data):
        return 0
    size: int = struct.unpack_from("<L", data, at + 12)[0]
    return size
