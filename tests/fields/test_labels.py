"""What stands under a label above the text."""

from __future__ import annotations

import pytest

from monitor.fields import labels
from monitor.fields.lines import lines
from monitor.model import Fact

TITLE = "关于开展演示项目推荐工作的通知"


def stamp(head: str) -> list[str]:
    """What the head of a page says of the day of publication."""
    return [fact.value for fact in labels.read(lines(head)) if fact.label in ("发布时间", "发布日期")]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("发布时间：2019-09-02 10:19 来源：某局", ["2019-09-02 10:19"]),
        ("时间：2019-09-02 10:19 来源：某局", ["2019-09-02 10:19"]),
        ("时间：2019-09-02 作者：科研处 点击数：326", ["2019-09-02"]),
        ("时间：2019-09-02 10:19\n来源：某局", ["2019-09-02 10:19"]),
        ("日期：2019年9月2日 浏览次数：12", ["2019年9月2日"]),
    ],
)
def test_a_time_among_the_labels_of_a_page_head_is_that_of_publication(
    head: str, expected: list[str]
) -> None:
    assert stamp(f"{TITLE}\n{head}") == expected


@pytest.mark.parametrize(
    "head",
    [
        "时间：2019-09-02",
        "时间：2019-09-02 14:00\n地点：某市会议中心",
        "时间：2019-09-02 至 2019-09-06 来源：某局",
        "培训时间：2019-09-02 作者：某某",
    ],
)
def test_the_time_of_an_event_is_not(head: str) -> None:
    assert stamp(f"{TITLE}\n{head}") == []


def test_an_index_table_may_stand_in_the_text() -> None:
    found = labels.read(lines("索引号：A-1 发文机关：某部 成文日期：2019年8月30日"))
    assert Fact(label="成文日期", value="2019年8月30日") in found
