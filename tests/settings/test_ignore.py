"""`ignore:` of a source: checked when the file is read, named by line and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.errors import ConfigError
from monitor.model import Ignore
from monitor.settings import load, read_file
from monitor.settings.file import FileKeys
from monitor.settings.places import find_places

FILE = Path("sources.yaml")
BLOCK = """\
sources:
  - id: mee
    name: 生态环境部
    url: https://www.mee.gov.cn/zcwj/
    ignore:
      - selector: .hits
      - {pattern: '阅读次数：\\d+'}
"""


def test_rules_are_part_of_a_source(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text(BLOCK, "utf-8")
    (source,) = load(find_places({}, config=tmp_path / "sources.yaml", storage=None, database=None)).sources
    assert source.ignore == (Ignore(selector=".hits"), Ignore(pattern=r"阅读次数：\d+"))


@pytest.mark.parametrize(
    ("change", "line", "key", "expected"),
    [
        (("selector: .hits", "selector: 'a['"), 6, "sources[0].ignore[0].selector", "not a CSS selector"),
        (
            ("selector: .hits", "selector: body"),
            6,
            "sources[0].ignore[0].selector",
            "less than the whole page",
        ),
        ((r"'阅读次数：\d+'", "'('"), 7, "sources[0].ignore[1].pattern", "not a regular expression"),
        ((r"'阅读次数：\d+'", "'.*'"), 7, "sources[0].ignore[1].pattern", "at least one character"),
        ((r"'阅读次数：\d+'", f"'{'x' * 301}'"), 7, "sources[0].ignore[1].pattern", "300"),
        ((r"'阅读次数：\d+'", "5"), 7, "sources[0].ignore[1].pattern", "a text"),
        (("selector: .hits", "css: .hits"), 6, "sources[0].ignore[0].css", "unknown key"),
        (("{pattern: ", "{selector: p, pattern: "), 7, "sources[0].ignore[1]", "one of the two"),
        (("- selector: .hits", "- .hits"), 6, "sources[0].ignore[0]", "a mapping"),
        (("\n      - selector: .hits", " {selector: p}"), 5, "sources[0].ignore", "a list"),
    ],
)
def test_a_bad_rule_is_named_by_line_and_key(
    change: tuple[str, str], line: int, key: str, expected: str
) -> None:
    text = BLOCK.replace(*change)
    if expected == "a list":
        text = text.replace("      - {pattern: '阅读次数：\\d+'}\n", "")
    assert text != BLOCK
    with pytest.raises(ConfigError) as caught:
        read_file(text, FILE, {})
    assert f"sources.yaml:{line}, {key}: " in str(caught.value)
    assert expected in str(caught.value)


def test_more_than_twenty_rules_are_a_family_of_their_own() -> None:
    many = BLOCK + "      - {selector: .x}\n" * 19
    with pytest.raises(ConfigError, match="20"):
        read_file(many, FILE, {})


def test_editors_of_the_file_are_told_of_the_keys() -> None:
    shapes = FileKeys.model_json_schema()["$defs"]
    assert set(shapes["IgnoreKeys"]["properties"]) == {"selector", "pattern"}
    assert shapes["IgnoreKeys"]["maxProperties"] == 1
    assert "ignore" in shapes["SourceKeys"]["properties"]
