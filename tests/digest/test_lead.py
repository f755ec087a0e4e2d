"""The sentence by which a notice introduces itself."""

from __future__ import annotations

import pytest

from monitor.digest.cut import size
from monitor.digest.lead import LONGEST, lead
from tests.digest.make import a_notice

TITLE = "关于开展绿色工厂推荐工作的通知"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", ""),
        (
            f"{TITLE}\n演示函〔2019〕1号\n各省、自治区主管部门：\n　　为贯彻落实规划，现开展推荐工作。其余从略。",
            "为贯彻落实规划，现开展推荐工作。",
        ),
        (f"演示部门{TITLE}。\n为贯彻落实规划，现组织开展推荐工作。", "为贯彻落实规划，现组织开展推荐工作。"),
        ("一、总体要求。\n为贯彻落实规划，现组织开展推荐工作。", ""),
        ("（一）在本地依法登记注册满一年以上的居民企业。", ""),
        ("1.申报单位应当具有独立法人资格，运营满一年。", ""),
        ("名称 | 数量 | 备注 | 联系人 | 电话 | 地址", ""),
        ("2019年8月30日。", ""),
        ("没有句号的一行文字不是一句完整的话，也不取", ""),
        ("\n" * 20 + "为贯彻落实规划，现组织开展推荐工作。", ""),
    ],
)
def test_it_is_the_first_whole_sentence_before_any_numbered_rule(body: str, said: str) -> None:
    assert lead(a_notice(1, title=TITLE, body=body)) == said


def test_a_long_sentence_is_cut_at_a_character() -> None:
    said = lead(a_notice(1, body="为推动绿色发展" * 40 + "。"))
    assert said.endswith("…")
    assert size(said) <= LONGEST


def test_a_notice_without_title_has_a_first_sentence_too() -> None:
    assert lead(a_notice(1, title="", body="为贯彻落实规划，现组织开展推荐工作。")) != ""
