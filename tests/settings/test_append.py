"""A source is added behind the last one; every other byte of the file stays as its owner wrote it."""

from __future__ import annotations

import difflib
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.errors import ConfigError, StoreError
from monitor.model import Level, Source
from monitor.settings.append import append_source, block, inserted
from monitor.settings.load import read_file
from monitor.settings.places import Places, find_places

SOURCE = Source(
    id="most-tztg", name="科学技术部 · 通知: #1", url="https://www.most.gov.cn/tztg/", family="trs", level=Level.NATIONAL, region="全国"
)  # fmt: skip
A = "id: a\n{0}name: 甲\n{0}url: https://a.gov.cn/\n"
FILES = {
    "an empty file": "",
    "only comments": "# mine\n\n",
    "no sources yet": "fetch: {delay: 3}  # slow\n\n# the end\n",
    "an empty list and a comment": "sources: []   # none\nchannels: []\n",
    "one source": "sources:\n  - " + A.format("    "),
    "no newline at the end": ("sources:\n  - " + A.format("    ")).rstrip("\n"),
    "dashes under the key": "sources:\n- " + A.format("  ") + "  # of a\n# of channels\nchannels: []\n",
    "deep dashes": "sources:\n      - " + A.format("        ") + "\nchannels: []\n",
    "sources in braces": "sources:\n  - {id: a, name: 甲, url: 'https://a.gov.cn/'} # 甲\n\n  # last\n\n# next\nchannels: []\n",
    "keys behind": "sources:\n  - " + A.format("    ") + "    note: 说明\n\n# channels\nchannels: []\n",
    "a text over several lines": "sources:\n  - "
    + A.format("    ")
    + "    note: |\n      一\n      二\n\n\nchannels: []\n",
    "a list within": "sources:\n  - "
    + A.format("    ")
    + "    replaces:\n      - http://x.cn\n    # tail\ndigests: []\n",
    "an alias at the end": "fetch: &f {}\nsources:\n  - " + A.format("    ") + "    http: *f\nchannels: []\n",
    "windows": ("# 甲\nsources:\n  - " + A.format("    ") + "\nchannels: []\n").replace("\n", "\r\n"),
    "a document": "---\nsources:\n  - " + A.format("    ") + "...\n",
}
# The key with nothing behind it is an error of the file itself, and said so by whoever reads it.
EMPTY_KEYS = [
    "sources:\nchannels: []\n",
    "sources: ~\nchannels: []\n",
    "sources:\n  # - id: example\n  #   name: 例\n\nchannels: []\n",
]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return find_places({}, config=tmp_path / "sources.yaml", storage=None, database=None)


@pytest.mark.parametrize("text", FILES.values(), ids=FILES.keys())
def test_every_other_byte_stays_and_the_source_is_the_last(places: Places, text: str) -> None:
    places.config.write_bytes(text.encode())
    before = read_file(text, places.config, {})
    append_source(places, SOURCE, comment="说明")
    written = places.config.read_bytes().decode()
    after = read_file(written, places.config, {})
    assert [one.id for one in after.sources] == [*(one.id for one in before.sources), SOURCE.id]
    assert after.sources[-1].name == SOURCE.name
    gone = [line for line in difflib.ndiff(text.splitlines(), written.splitlines()) if line.startswith("- ")]
    assert [line for line in gone if not line.startswith("- sources:")] == []
    assert ("\r\n" in text) == ("\r\n" in written)
    assert written.count("\n") == written.count("\r\n") or "\r" not in text


def test_comments_of_the_last_source_stay_with_it_and_those_of_the_next_key_too() -> None:
    text = FILES["sources in braces"]
    written = inserted(text, SOURCE, comment="说明", file=Path("x"))
    head, _, tail = written.partition("  # 说明\n")
    assert head.endswith("  # last\n")
    assert tail.endswith("    region: 全国\n\n# next\nchannels: []\n")


def test_a_byte_order_mark_stays(places: Places) -> None:
    places.config.write_bytes(b"\xef\xbb\xbfsources: []\n")
    append_source(places, SOURCE, comment="说明")
    assert places.config.read_bytes().startswith(b"\xef\xbb\xbfsources:")


@pytest.mark.parametrize("text", EMPTY_KEYS)
def test_a_key_with_nothing_behind_it_has_a_place_too(text: str) -> None:
    written = inserted(text, SOURCE, comment="说明", file=Path("x"))
    assert [one.id for one in read_file(written, Path("x"), {}).sources] == [SOURCE.id]


def test_one_after_the_other_they_stand_in_order(places: Places) -> None:
    places.config.write_bytes(b"sources: []\n")
    for name in ("a", "b", "c"):
        append_source(places, replace(SOURCE, id=name), comment="说明")
    read = read_file(places.config.read_text("utf-8"), places.config, {})
    assert [one.id for one in read.sources] == ["a", "b", "c"]


@pytest.mark.parametrize(
    "text",
    [
        *EMPTY_KEYS,
        "{sources: []}\n",
        "sources: [{id: a, name: 甲, url: 'https://a.gov.cn/'}]\n",
        "channels: &c []\nsources: *c\n",
        "sources: [\n",
        "nonsense: 1\n",
        f"sources:\n  - {{id: {SOURCE.id}, name: 甲, url: 'https://a.gov.cn/'}}\n",
    ],
)
def test_where_it_cannot_be_added_surely_nothing_is_written(places: Places, text: str) -> None:
    places.config.write_text(text, "utf-8")
    with pytest.raises(ConfigError):
        append_source(places, SOURCE, comment="说明")
    assert places.config.read_text("utf-8") == text
    assert [path.name for path in places.config.parent.iterdir()] == ["sources.yaml"]


def test_rights_and_links_stay(places: Places, tmp_path: Path) -> None:
    real = tmp_path / "real.yaml"
    real.write_text("sources: []\n", "utf-8")
    real.chmod(0o640)
    places.config.symlink_to(real)
    append_source(places, SOURCE, comment="说明")
    assert places.config.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert SOURCE.id in real.read_text("utf-8")


def test_a_folder_that_cannot_be_written_is_a_sentence(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    places.config.write_text("sources: []\n", "utf-8")

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(StoreError, match="No space left"):
        append_source(places, SOURCE, comment="说明")
    assert [path.name for path in places.config.parent.iterdir()] == ["sources.yaml"]


def test_a_missing_file_is_a_sentence(places: Places) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        append_source(places, SOURCE, comment="说明")


def test_a_block_names_what_differs() -> None:
    text = block(replace(SOURCE, family=None, enabled=False), comment="说明")
    assert text == (
        "  # 说明\n  - id: most-tztg\n    name: '科学技术部 · 通知: #1'\n    url: https://www.most.gov.cn/tztg/\n"
        "    level: national\n    region: 全国\n    enabled: false\n"
    )
