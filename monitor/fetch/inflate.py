"""A body inflated as it arrives, never further than asked for: a bomb stops at the cap. Talks to nobody."""

from __future__ import annotations

import zlib
from enum import Enum, auto

from monitor.errors import FetchError

_GZIP = b"\x1f\x8b"
_WBITS_GZIP, _WBITS_ZLIB, _WBITS_RAW = 31, 15, -15
KNOWN_ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})


class _At(Enum):
    """Where in the stream we are: before its first two bytes, in it, between gzip members, after it."""

    START = auto()
    PLAIN = auto()
    COMPRESSED = auto()
    BETWEEN = auto()
    END = auto()


class Inflater:
    """Takes chunks and keeps at most `limit` bytes; `full` says that there was more, in or out."""

    def __init__(self, url: str, encoding: str, *, limit: int) -> None:
        self._url = url
        self._encoding = encoding.strip().lower()
        self._limit = limit
        self._taken = 0
        self._at = _At.START
        self._waiting = b""
        self._body = bytearray()
        self._zlib = zlib.decompressobj()

    @property
    def full(self) -> bool:
        """Whether the limit is passed. Bytes on the wire count too: they may inflate to nothing, for ever."""
        return len(self._body) > self._limit or self._taken > self._limit

    @property
    def done(self) -> bool:
        """Whether there is no point in reading on."""
        return self.full or self._at is _At.END

    def feed(self, chunk: bytes) -> None:
        """Take the next chunk off the wire; FetchError when it is not what it claims to be."""
        self._taken += len(chunk)
        data = self._waiting + chunk
        self._waiting = b""
        while data and not self.done:
            data = self._step(data)

    def finish(self) -> bytes:
        """The whole body; FetchError when the compressed stream has no end."""
        if self._at is _At.COMPRESSED:
            raise FetchError(self._url, "body cut off")
        return self.so_far()

    def so_far(self) -> bytes:
        """What has come out until now."""
        rest = self._waiting if self._at is _At.START else b""
        return (bytes(self._body) + rest)[: self._limit]

    def _step(self, data: bytes) -> bytes:
        if self._at is _At.COMPRESSED:
            return self._inflate(data)
        if self._at is _At.PLAIN:
            self._body += data
            return b""
        if len(data) < 2:  # what follows is told by its first two bytes
            self._waiting = data
            return b""
        self._at = self._begin(data[:2])
        return data

    def _begin(self, start: bytes) -> _At:
        # The bytes decide, not the header: CNIPA sends gzip unasked, others say gzip and send text.
        if start == _GZIP:
            self._zlib = zlib.decompressobj(_WBITS_GZIP)
            return _At.COMPRESSED
        if self._at is _At.BETWEEN:
            return _At.END
        if self._encoding != "deflate":
            return _At.PLAIN
        has_header = start[0] & 0x0F == 8 and int.from_bytes(start, "big") % 31 == 0
        self._zlib = zlib.decompressobj(_WBITS_ZLIB if has_header else _WBITS_RAW)
        return _At.COMPRESSED

    def _inflate(self, data: bytes) -> bytes:
        try:
            self._body += self._zlib.decompress(data, self._limit + 1 - len(self._body))
        except zlib.error as error:
            raise FetchError(self._url, "body is not what its compression says") from error
        if not self._zlib.eof:
            return self._zlib.unconsumed_tail
        self._at = _At.BETWEEN  # gzip may come in several members
        return self._zlib.unused_data
