"""The whole program on the simulated web, once, and what it leaves behind."""

from __future__ import annotations

import email
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email import policy
from pathlib import Path

import pytest

from monitor.bulletin import FORMATS, missing
from monitor.demo import MARK
from monitor.demo.outcome import differences
from monitor.demo.replay import run_demo
from monitor.demo.truth import EXPECTED, GONE_URL, REVISED
from monitor.model import Bulletin, ChangeRecord, Kind, UnreadSource
from monitor.store import ChangeFilter, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A demo that has been played to the end."""

    code: int
    said: str
    folder: Path
    changes: tuple[ChangeRecord, ...]
    issue: Bulletin


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """One replay for all questions, with an environment that it must not read."""
    folder = tmp_path_factory.mktemp("demo")
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CONFIG", "STORAGE", "DATABASE_URL", "SECRET"):
            patch.setenv(f"KUAIXUN_{name}", "/nowhere/at/all")
        code = run_demo(folder, port=0, once=True, out=out)
    store = Store.open("", folder=folder)
    issue = store.bulletins.get("2019-0901")
    assert issue is not None
    yield Played(
        code=code,
        said=out.getvalue(),
        folder=folder,
        changes=store.notices.changes(ChangeFilter(kinds=tuple(Kind))),
        issue=issue,
    )
    store.close()


def test_it_comes_out_as_it_must(played: Played) -> None:
    assert "✗" not in played.said
    assert played.code == 0


def test_the_twelve_are_found_once_and_one_is_revised(played: Played) -> None:
    told = [(change.kind, change.notice.url) for change in played.changes if change.kind is not Kind.BASELINE]
    assert sorted(told) == sorted([*((Kind.NEW, e.url) for e in EXPECTED), (Kind.REVISED, REVISED.url)])


def test_the_row_that_left_its_list_is_a_baseline_and_nothing_more(played: Played) -> None:
    assert [change.kind for change in played.changes if change.notice.url == GONE_URL] == [Kind.BASELINE]
    assert sum(change.kind is Kind.BASELINE for change in played.changes) == 150


def test_every_change_is_told_exactly_once_to_each_channel(played: Played) -> None:
    urls = sorted([*(expected.url for expected in EXPECTED), REVISED.url])
    mails = [_plain(path) for path in (played.folder / "outbox").glob("*.eml")]
    messages = [path.read_text("utf-8") for path in (played.folder / "wecom").glob("*.md")]
    assert sorted(re.findall(r"^\s*(http://\S+)\s*$", "\n".join(mails), re.M)) == urls
    assert sorted(re.findall(r"\]\((http://[^)]+)\)", "\n".join(messages))) == urls


def test_everything_that_is_left_behind_says_that_it_is_a_demo(played: Played) -> None:
    written = [
        *played.folder.glob("wecom/*.md"),
        *played.folder.glob("outbox/*.md"),
        *played.folder.glob("bulletins/*.html"),
        *played.folder.glob("bulletins/*.md"),
    ]
    assert len(written) == 18
    assert [path.name for path in written if MARK not in path.read_text("utf-8")] == []
    assert all(MARK in _plain(path) for path in played.folder.glob("outbox/*.eml"))
    assert MARK in played.said


def test_it_says_where_things_are(played: Played) -> None:
    issues = [f"bulletins/2019-0901.{form}" for form in FORMATS if not missing(form)]
    assert {"bulletins/2019-0901.docx", "bulletins/2019-0901.html", "bulletins/2019-0901.md"} <= {*issues}
    for name in (*issues, "outbox", "wecom", "sources.yaml"):
        assert str(played.folder / name) in played.said
        assert (played.folder / name).exists()


def test_a_wrong_outcome_is_noticed(played: Played) -> None:
    told = [change for change in played.changes if change.kind is not Kind.BASELINE]
    assert differences(told, played.issue) == ()
    first = next(change for change in told if change.notice.url == EXPECTED[0].url)
    others = [change for change in told if change is not first]
    assert any("没有找到第 1 条" in line for line in differences(others, played.issue))
    assert any(
        "栏目不对" in line for line in differences([*others, replace(first, section="其他")], played.issue)
    )
    assert any(
        "多报" in line for line in differences([*told, replace(first, kind=Kind.WITHDRAWN)], played.issue)
    )
    assert any("不止一次" in line for line in differences([*told, first], played.issue))
    assert any("期号" in line for line in differences(told, replace(played.issue, number="1")))
    sick = UnreadSource(id="x", name="x", url="http://x/", reason="x", since=None)
    assert any(
        "未能读取" in line for line in differences(told, replace(played.issue, unread_sources=(sick,)))
    )
    assert any("内容" in line for line in differences(told, replace(played.issue, sections=())))


def _plain(path: Path) -> str:
    mail = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    body = mail.get_body(("plain",))
    assert body is not None
    content = body.get_content()
    assert isinstance(content, str)
    return content
