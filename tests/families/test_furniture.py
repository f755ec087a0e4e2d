"""What a page says of itself at the edges of a text is no text; the same words elsewhere are."""

from __future__ import annotations

import pytest

from monitor.families._furniture import without

MIDDLE = [f"第{number}条 申报单位应当符合有关规定。" for number in range(12)]


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("阅读次数：128 次", ""),
        ("浏览次数： 次", ""),
        ("[点击量：4711]", ""),
        ("访问 12 次", ""),
        ("来源：规划处 作者： 点击数：128 字体：大 中 小", "来源：规划处 作者："),
        ("发布时间：2026-01-01 浏览：22次 来源：规划处", "发布时间：2026-01-01 来源：规划处"),
        ("来源：规划处 | 点击数：128", "来源：规划处 |"),
        ("【字体：大 中 小】 【打印】 【关闭窗口】", ""),
        ("打印本页 关闭窗口", ""),
        ("分享到： 微信 新浪微博", ""),
        ("上一篇：关于公布名单的通知", ""),
        ("下一条: 没有了", ""),
        ("（责任编辑：李四）", ""),
        ("今天是：2026年9月16日 星期三", ""),
        ("页面生成时间：2026-09-16 08:30:01", ""),
    ],
)
def test_furniture_at_either_edge_is_left_out(line: str, left: str) -> None:
    kept = [left] if left else []
    assert without([line, *MIDDLE]) == [*kept, *MIDDLE]
    assert without([*MIDDLE, line]) == [*MIDDLE, *kept]
    assert without([*MIDDLE, line, *MIDDLE]) == [*MIDDLE, line, *MIDDLE]


@pytest.mark.parametrize(
    "line",
    [
        "浏览次数：不少于30万次",
        "年度访问量：30000次以上的平台。",
        "阅读：规定材料",
        "打印费、编辑费不予列支。",
        "分享会于9月20日举行。",
        "今天是报名的第一天。",
        "上一篇文章所列材料不再提交。",
        "编辑：本项目的编辑人员不少于三人，其中高级职称一人。",
        "扫描二维码下载（附件2）",
    ],
)
def test_words_of_a_notice_stay(line: str) -> None:
    assert without([line]) == [line]
    assert without([*MIDDLE, line]) == [*MIDDLE, line]


def test_counts_behind_the_name_of_a_file_are_left_out_wherever_it_stands() -> None:
    lines = [*MIDDLE, "附件：1.申报书.docx（下载次数：12）", *MIDDLE]
    assert without(lines) == [*MIDDLE, "附件：1.申报书.docx", *MIDDLE]
