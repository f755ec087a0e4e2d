"""The commands of CONTRACT: what they print, what they leave, how they end."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.cli import COMMANDS
from tests.cli.conftest import Answer, Site

Command = Callable[..., Answer]
OLD = ("关于开展年度统计工作的通知", "2026-09-01", 1)
OLDER = ("关于印发管理办法的通知", "2026-08-20", 2)
NEW = ("关于组织申报绿色工厂的通知", "2026-09-15", 3)


def test_from_baseline_to_digest_and_bulletin(kuaixun: Command, site: Site, folder: Path) -> None:
    site.shows(OLD, OLDER)
    first = kuaixun("check", "--json")
    assert first.code == 0
    assert first.data["sources"] == [
        {"id": "site", "status": "baseline", "items": 2, "new": 0, "error": None}
    ]
    assert first.data["changes"] == []
    site.shows(NEW, OLD, OLDER)
    second = kuaixun("check", "--json", now="2026-09-16T12:00")
    assert (second.code, second.data["sources"][0]["status"]) == (0, "ok")
    (change,) = second.data["changes"]
    assert (change["kind"], change["section"], change["source"]) == ("new", "绿色制造", "site")
    third = kuaixun("check", "--json", now="2026-09-16T14:00")
    assert third.data == {
        "sources": [{"id": "site", "status": "unchanged", "items": 3, "new": 0, "error": None}],
        "changes": [],
    }
    assert NEW[0] in kuaixun("digest", "preview").out
    assert kuaixun("digest", "send", now="2026-09-17T08:30").code == 0
    written = sorted(path.suffix for path in (folder / "storage" / "outbox").iterdir())
    assert written == [".eml", ".md"]
    assert "没有未告知的变更" in kuaixun("digest", "preview", now="2026-09-17T09:00").out
    draft = kuaixun("bulletin", "draft", "--json", now="2026-09-17T10:00")
    assert draft.data["number"] == "(2026) 0901期"
    target = folder / "快讯.html"
    assert kuaixun("bulletin", "export", "2026-0901", "--format", "html", "-o", str(target)).code == 0
    assert NEW[0] in target.read_text("utf-8")
    assert kuaixun("bulletin", "list", "--json").data["bulletins"][0]["number"] == "(2026) 0901期"


def test_a_review_counts_before_the_verdict(kuaixun: Command, site: Site) -> None:
    site.shows(OLD)
    kuaixun("check")
    site.shows(NEW, OLD)
    kuaixun("check", now="2026-09-16T12:00")
    (change,) = kuaixun("changes", "--json").data["changes"]
    notice = str(change["notice"]["id"])  # type: ignore[index]
    assert kuaixun("review", notice, "move", "申报通知", "--why", "实为申报").code == 0
    (change,) = kuaixun("changes", "--json", "--section", "申报通知").data["changes"]
    assert change["review"]["why"] == "实为申报"  # type: ignore[index]
    assert kuaixun("review", notice, "drop").code == 0
    assert kuaixun("bulletin", "draft", "--json", now="2026-09-17T10:00").data["items"] == 0
    shown = kuaixun("show", notice, "--json").data
    assert [review["decision"] for review in shown["reviews"]] == ["move", "drop"]


def test_a_source_that_fails_is_exit_three_and_the_others_are_unharmed(
    kuaixun: Command, site: Site, folder: Path
) -> None:
    config = folder / "sources.yaml"
    config.write_text(config.read_text("utf-8").replace(", enabled: false", ""), "utf-8")
    site.shows(OLD)
    answer = kuaixun("check", "--json")
    by_id = {source["id"]: source for source in answer.data["sources"]}
    assert answer.code == 3
    assert by_id["site"]["status"] == "baseline"
    assert by_id["gone"]["status"] == "failed"
    assert by_id["gone"]["error"]
    assert kuaixun("sources", "health").code == 3
    listed = kuaixun("sources", "health", "--json").data["sources"]
    assert {source["id"]: source["status"] for source in listed} == {"site": "baseline", "gone": "failed"}


def test_parse_reads_a_saved_page_without_a_configuration(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    from monitor.cli import run

    page = tmp_path / "page.html"
    page.write_text(
        "<html><title>通知</title><ul><li><a href='./202609/t20260901_1.html'>关于甲事项的通知</a>2026-09-01</li>"
        "<li><a href='./202608/t20260801_2.html'>关于乙事项的通知</a>2026-08-01</li>"
        "<li><a href='./202607/t20260701_3.html'>关于丙事项的通知</a>2026-07-01</li></ul></html>",
        "utf-8",
    )
    code = run(
        [
            "--config",
            str(tmp_path / "none.yaml"),
            "parse",
            "list",
            str(page),
            "--url",
            "https://a.gov.cn/x/",
            "--json",
        ]
    )
    read = json.loads(capfd.readouterr().out)
    assert (code, read["family"], read["next"]) == (0, "trs", None)
    assert read["items"][0] == {
        "url": "https://a.gov.cn/x/202609/t20260901_1.html",
        "title": "关于甲事项的通知",
        "published_on": "2026-09-01",
    }
    page.write_bytes(
        b"<html><script>var a='__jsl_clearance=x';document.cookie=a;location.reload()</script></html>"
    )
    code = run(["parse", "list", str(page), "--url", "https://a.gov.cn/x/", "--json"])
    assert (code, json.loads(capfd.readouterr().out)["error"]["kind"]) == (3, "blocked")


def test_classify_answers_line_by_line(kuaixun: Command, folder: Path) -> None:
    rows = folder / "rows.jsonl"
    rows.write_text(
        '{"title": "关于组织申报绿色工厂的通知"}\n\n{"title": "张三任前公示", "source": "某厅"}\n', "utf-8"
    )
    answer = kuaixun("classify", str(rows))
    lines = [json.loads(line) for line in answer.out.splitlines()]
    assert [line["section"] for line in lines] == ["绿色制造", "其他"]
    assert all(set(line) == {"section", "confidence", "because"} for line in lines)
    rows.write_text("nonsense\n", "utf-8")
    assert kuaixun("classify", str(rows)).code == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sources: [{id: a}]", "sources.yaml:1, sources[0].name"),
        ("nonsense: 1", "sources.yaml:1, nonsense: unknown key"),
        ("channels: [{name: a, url: '${KEY_OF_MINE}'}]", "KEY_OF_MINE"),
        ("a: [", "sources.yaml:2"),
    ],
)
def test_a_wrong_configuration_is_exit_two_with_its_place(
    kuaixun: Command, folder: Path, text: str, said: str
) -> None:
    (folder / "sources.yaml").write_text(text, "utf-8")
    answer = kuaixun("check", "--json")
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


@pytest.mark.parametrize(
    "arguments",
    [("check", "nobody"), ("show", "99"), ("review", "1", "move"), ("bulletin", "show", "1999-0101"), ("nonsense",),
     ("--now", "yesterday", "check"), ("changes", "--since", "x"), ("channels", "test", "nobody"), ("digest", "send", "x")],
)  # fmt: skip
def test_wrong_usage_is_exit_two(kuaixun: Command, arguments: tuple[str, ...]) -> None:
    assert kuaixun(*arguments).code == 2


def test_a_storage_that_cannot_be_written_is_a_sentence(kuaixun: Command, folder: Path) -> None:
    (folder / "storage").write_bytes(b"in the way")
    answer = kuaixun("check")
    assert answer.code == 1
    assert re.search(r"storage folder .* not writable", answer.err)
    assert "Traceback" not in answer.err


def test_init_never_overwrites(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    from monitor.cli import run

    assert run(["init", str(tmp_path / "new")]) == 0
    config = tmp_path / "new" / "sources.yaml"
    assert "cnipa-tongzhi" in config.read_text("utf-8")
    config.write_text("sources: []\n", "utf-8")
    assert run(["init", str(tmp_path / "new")]) == 0
    assert config.read_text("utf-8") == "sources: []\n"
    assert run(["--config", str(config), "sources", "list", "--json"]) == 0
    assert '{"sources": []}' in capfd.readouterr().out


def test_doctor_says_what_is_missing(kuaixun: Command) -> None:
    answer = kuaixun("doctor", "--json")
    assert answer.code == 3
    assert any("渠道未设置" in str(finding["text"]) for finding in answer.data["findings"])


def test_backup_and_restore(kuaixun: Command, site: Site, folder: Path) -> None:
    site.shows(OLD, OLDER)
    kuaixun("check")
    copy = folder / "copy.db"
    assert kuaixun("db", "backup", str(copy)).code == 0
    site.shows(NEW, OLD, OLDER)
    kuaixun("check", now="2026-09-16T12:00")
    assert len(kuaixun("changes", "--json").data["changes"]) == 1
    assert kuaixun("db", "restore", str(copy)).code == 0
    assert kuaixun("changes", "--json").data["changes"] == []
    assert kuaixun("db", "stats", "--json").code == 0


def test_the_schema_of_sources_yaml_is_printed(kuaixun: Command) -> None:
    assert "sources" in kuaixun("sources", "schema").data["properties"]


def test_try_stores_nothing(kuaixun: Command, site: Site) -> None:
    site.shows(OLD, OLDER)
    answer = kuaixun("sources", "try", "site", "--json")
    assert (answer.code, len(answer.data["items"])) == (0, 2)
    assert kuaixun("changes", "--kind", "baseline", "--json").data["changes"] == []
    site.server.clear()
    assert kuaixun("sources", "try", "site").code == 3


@pytest.mark.parametrize("name", [*COMMANDS, ""])
def test_every_command_explains_itself(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    from monitor.cli import run

    assert run([*([name] if name else []), "--help"]) == 0
    assert re.search(r"[一-鿿]", capfd.readouterr().out)


def test_help_imports_no_heavy_room() -> None:
    code = (
        "import sys; from monitor.cli import run; run(['--help']); "
        "print(sorted(m for m in ('httpx', 'aiohttp', 'sqlmodel', 'sqlalchemy', 'apprise', 'fastapi', 'pydantic', "
        "'alembic', 'apscheduler', 'selectolax') if m in sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.splitlines()[-1] == "[]"
