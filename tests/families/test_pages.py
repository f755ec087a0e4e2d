"""Every page of tests/pages reads as its golden says, in its own encoding and in others."""

from __future__ import annotations

import json

import pytest

from monitor.families import recognise
from monitor.model import Listing
from tests.families.pages import FOLDER, Saved, lists, plain, read, saved


def name(one: Saved) -> str:
    return one.name


@pytest.mark.parametrize("one", saved(), ids=name)
def test_a_page_reads_as_its_golden_says(one: Saved) -> None:
    found = plain(read(one, one.page()))
    if not one.golden.exists():
        one.golden.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", "utf-8")
        pytest.fail(f"{one.golden.name} was missing and has been written: look at it, then commit")
    assert found == json.loads(one.golden.read_text("utf-8"))


@pytest.mark.parametrize("one", saved(), ids=name)
def test_the_same_page_in_gb18030_reads_the_same(one: Saved) -> None:
    text = one.body.decode("utf-8")
    declared = text.replace(
        '<meta charset="utf-8">', '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
    )
    for body in (text.encode("gb18030"), declared.encode("gb18030"), b"\xef\xbb\xbf" + one.body):
        assert plain(read(one, one.page(body))) == json.loads(one.golden.read_text("utf-8"))


@pytest.mark.parametrize("one", [one for one in saved() if one.family != "selectors"], ids=name)
def test_a_page_is_recognised_as_its_family(one: Saved) -> None:
    assert recognise(one.page()) == (one.recognised or one.family)


@pytest.mark.parametrize("one", lists(), ids=name)
def test_noise_that_changes_on_every_fetch_changes_nothing(one: Saved) -> None:
    noisy = one.body.replace(b"</body>", b"<!-- built 08:30:01.123 --><script>var hits=4711;</script></body>")
    noisy = noisy.replace(b'.html"', b'.html?t=1790000000123"') if one.family in ("trs", "generic") else noisy
    before, after = read(one, one.page()), read(one, one.page(noisy))
    assert isinstance(before, Listing)
    assert isinstance(after, Listing)
    assert [(item.title, item.published_on) for item in after.items] == [
        (item.title, item.published_on) for item in before.items
    ]


def test_every_golden_has_its_page() -> None:
    assert set(FOLDER.rglob("*.json")) == {one.golden for one in saved()}


def test_every_page_is_in_the_index() -> None:
    pages = {path for path in FOLDER.rglob("*") if path.is_file() and path.suffix not in (".json", ".yaml")}
    assert {str(path.relative_to(FOLDER)) for path in pages} == {one.name for one in saved()}
