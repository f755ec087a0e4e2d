"""Raw pages by the hash of their bytes: what a site really sent, for re-reading and for proof.

Files under pages/, compressed, in folders of the first two letters. Not the database: a page is
written once, never changed, and one that is lost loses no notice.
"""

from __future__ import annotations

import hashlib
import os
import threading
import zlib
from pathlib import Path

from monitor.errors import StoreError
from monitor.store.refusals import plainly

# 3 costs a third of the default's time on lists of notices and gives 95 % of its gain.
LEVEL = 3
KEY_LETTERS = frozenset("0123456789abcdef")
KEY_LENGTH = 40


class Archive:
    """The folder pages/ of a storage folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "pages"

    def put(self, data: bytes) -> str:
        """Keep the bytes; their key. What is there already, and whole, is not written again.

        The file appears whole or not at all; it is not forced to disk, since a page can be fetched
        again after a power failure.
        """
        key = _key(data)
        path = self._path(key)
        packed = zlib.compress(data, LEVEL)
        with plainly("the page was not archived"):
            if not _is_whole(path, len(packed)):
                _write(path, packed)
        return key

    def get(self, key: str) -> bytes:
        """The bytes of a key. StoreError when they are not there or no longer what they were."""
        if len(key) != KEY_LENGTH or not KEY_LETTERS.issuperset(key):
            raise StoreError(f"{key!r} is no key of the page archive")
        with plainly(f"the archived page {key} was not read"):
            packed = self._path(key).read_bytes()
        try:
            data = zlib.decompress(packed)
        except zlib.error as error:
            raise StoreError(f"the archived page {key} is damaged: {error}") from error
        if _key(data) != key:
            raise StoreError(f"the archived page {key} is damaged: its bytes have changed")
        return data

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key


def _key(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=KEY_LENGTH // 2).hexdigest()


def _is_whole(path: Path, size: int) -> bool:
    """Whether the file is there; a power failure may have left its name with a part of its bytes, or none."""
    try:
        return path.stat().st_size == size
    except FileNotFoundError:
        return False


def _write(path: Path, packed: bytes) -> None:
    """Write beside, then rename: a reader or a crash never meets half a page."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        beside.write_bytes(packed)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
