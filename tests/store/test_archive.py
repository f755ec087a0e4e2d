"""Raw pages by their hash: written once, whole, and proved when read."""

from __future__ import annotations

import os
import random
import resource
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from monitor.errors import StoreError
from monitor.store import Store
from monitor.store.archive import Archive

PAGE = "<html><body>演示文本</body></html>".encode("gb18030") * 100


def _files(folder: Path) -> list[Path]:
    return [file for file in (folder / "pages").rglob("*") if file.is_file()]


def test_a_page_lies_under_the_first_letters_of_its_key_compressed(store: Store, folder: Path) -> None:
    key = store.archive.put(PAGE)
    (file,) = _files(folder)
    assert file == folder / "pages" / key[:2] / key
    assert file.stat().st_size < len(PAGE) / 5
    assert store.archive.get(key) == PAGE


def test_the_same_page_is_not_written_twice(store: Store, folder: Path) -> None:
    key = store.archive.put(PAGE)
    os.utime(_files(folder)[0], (1, 1))
    assert store.archive.put(PAGE) == key
    assert _files(folder)[0].stat().st_mtime == 1


@given(data=some.binary(max_size=3000))
def test_any_bytes_come_back(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    archive = Archive(tmp_path_factory.getbasetemp() / "property")
    assert archive.get(archive.put(data)) == data


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "ab", "AB" * 20, "ab" * 40])
def test_what_is_no_key_never_becomes_a_path(store: Store, key: str) -> None:
    with pytest.raises(StoreError, match="no key of the page archive"):
        store.archive.get(key)


def test_a_page_that_is_gone_is_a_sentence(store: Store) -> None:
    with pytest.raises(StoreError, match=r"archived page abab.* was not read: No such file"):
        store.archive.get("ab" * 20)


def test_a_damaged_page_is_a_sentence(store: Store, folder: Path) -> None:
    key, other = store.archive.put(PAGE), store.archive.put(PAGE + b" ")
    file = folder / "pages" / key[:2] / key
    file.write_bytes((folder / "pages" / other[:2] / other).read_bytes())
    with pytest.raises(StoreError, match="its bytes have changed"):
        store.archive.get(key)
    file.write_bytes(b"no zlib")
    with pytest.raises(StoreError, match="is damaged"):
        store.archive.get(key)


def test_a_folder_that_refuses_is_a_sentence(store: Store, folder: Path) -> None:
    (folder / "pages").write_text("a file in the way")
    with pytest.raises(StoreError, match="the page was not archived: "):
        store.archive.put(PAGE)


def test_a_page_that_does_not_fit_leaves_nothing_behind(store: Store, folder: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(StoreError, match="the page was not archived: File too large"):
            store.archive.put(random.Random(1).randbytes(5000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert _files(folder) == []
