"""A digest as a mail that carries everything: a text part with every link, an HTML part to look at.

Mail programs know little CSS: styles stand on the elements, one table holds the width (Outlook knows
no max-width), fonts are those of Chinese systems.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from monitor.digest.gather import Contents, Item
from monitor.escape import header as one_line
from monitor.escape import html as h
from monitor.model import Kind, UnreadSource
from monitor.reasons import in_chinese
from monitor.text import clean

_FONT = "-apple-system,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','WenQuanYi Micro Hei',sans-serif"
_WIDE = '<!--[if mso]><table role="presentation" width="640" align="center"><tr><td><![endif]-->'
_WIDE_END = "<!--[if mso]></td></tr></table><![endif]-->"

_LABEL_COLOURS: Mapping[Kind | None, str] = {
    None: "#b3261e;background:#fdecea",
    Kind.REVISED: "#9a5b00;background:#fff4de",
    Kind.DEADLINE_MOVED: "#b3261e;background:#fdecea",
    Kind.WITHDRAWN: "#5f6368;background:#eceef1",
    Kind.RESTORED: "#1e6b3a;background:#e6f4ea",
}
_HEADING = "padding:24px 24px 4px;font-size:22px;line-height:1.4;font-weight:700;color:#1f2329"
_COUNTS = "padding:0 24px 4px;font-size:14px;color:#4d5560"
_TITLE = (
    "font-size:16px;line-height:1.5;font-weight:600;color:#16478e;text-decoration:none;word-break:break-word"
)
_FACTS = "margin-top:4px;font-size:13px;line-height:1.6;color:#4d5560;word-break:break-word"
_LEAD = "margin-top:2px;font-size:13px;line-height:1.6;color:#1f2329;word-break:break-word"
_DUE = "margin-top:2px;font-size:13px;line-height:1.6;font-weight:600;color:#b3261e"
_SOURCE = "margin-top:2px;font-size:12px;line-height:1.6;color:#7b838d"
_ROW = "padding:0 24px"
_ITEM = "padding:14px 0;border-bottom:1px solid #edf0f3"
_SECTION = "padding:22px 0 8px;font-size:17px;font-weight:700;color:#1f2329;border-bottom:2px solid #b3261e"
_REGION = "padding:12px 24px 0;font-size:13px;font-weight:600;color:#7b838d;letter-spacing:1px"


def mail_text(contents: Contents) -> str:
    """The text part: lines of text, every address alone on its line."""
    parts = [f"{contents.heading}\n{contents.counts}\n"]
    before: Item | None = None
    for number, item in enumerate(contents.items, 1):
        parts.append(_text_headings(item, before) + _text_item(number, item))
        before = item
    parts.extend(_text_footer(contents))
    return "\n".join(parts)


def mail_html(contents: Contents) -> str:
    """The HTML part, a whole document."""
    rows: list[str] = []
    before: Item | None = None
    for item in contents.items:
        rows += [*_html_headings(item, before), _html_item(item)]
        before = item
    return _document(contents, "\n".join(rows))


def _text_headings(item: Item, before: Item | None) -> str:
    region = f"〔{clean(item.region)}〕\n\n" if item.region else ""
    if before is None or before.section != item.section:
        return f"【{clean(item.section)}】\n\n{region}"
    return region if before.region != item.region else ""


def _text_item(number: int, item: Item) -> str:
    label = f"【{item.label}】" if item.label else ""
    lines = (
        " · ".join(map(clean, item.facts)),
        clean(item.lead),
        clean(item.news),
        clean(item.due),
        f"来源：{'、'.join(map(clean, item.sources))}",
        item.link,
    )
    return f"{number}、{label}{clean(item.title)}\n" + "".join(f"   {line}\n" for line in lines if line)


def _text_footer(contents: Contents) -> Iterable[str]:
    if contents.troubles:
        yield f"{len(contents.troubles)} 个信息源异常：\n"
        yield from (
            f"   {clean(trouble.name)}：{clean(in_chinese(trouble.reason))}" for trouble in contents.troubles
        )
        yield ""
    if contents.link:
        yield f"审核台：\n   {contents.link}\n"


def _html_headings(item: Item, before: Item | None) -> Iterable[str]:
    new_section = before is None or before.section != item.section
    if new_section:
        yield f'<tr><td style="{_ROW}"><div style="{_SECTION}">{h(item.section)}</div></td></tr>'
    if item.region and (new_section or (before and before.region != item.region)):
        yield f'<tr><td style="{_REGION}">{h(item.region)}</td></tr>'


def _html_item(item: Item) -> str:
    details = (
        (_FACTS, " · ".join(item.facts)),
        (_LEAD, item.lead),
        (_LEAD, item.news),
        (_DUE, item.due),
        (_SOURCE, f"来源：{'、'.join(item.sources)}"),
    )
    lines = [f'<div style="{style}">{h(text)}</div>' for style, text in details if text]
    content = f"{_html_label(item)}{_html_title(item)}{''.join(lines)}"
    return f'<tr><td style="{_ROW}"><div style="{_ITEM}">{content}</div></td></tr>'


def _html_title(item: Item) -> str:
    if item.link:
        return f'<a href="{h(item.link)}" style="{_TITLE}" target="_blank">{h(item.title)}</a>'
    return f'<span style="{_TITLE}">{h(item.title)}</span>'


def _html_label(item: Item) -> str:
    if item.kind not in _LABEL_COLOURS:
        return ""
    style = f"font-size:12px;padding:2px 6px;border-radius:3px;color:{_LABEL_COLOURS[item.kind]}"
    return f'<span style="{style}">{item.label}</span> '


def _html_footer(contents: Contents) -> str:
    lines = []
    if contents.troubles:
        lines.append(f"{len(contents.troubles)} 个信息源异常：{_html_troubles(contents.troubles)}")
    if contents.link:
        lines.append(f'<a href="{h(contents.link)}" style="color:#16478e">在审核台查看</a>')
    lines.append(f"本邮件由快讯自动发送（{h(contents.name)}）")
    return "".join(f'<div style="{_SOURCE}">{line}</div>' for line in lines)


def _html_troubles(troubles: Iterable[UnreadSource]) -> str:
    return "；".join(f"{h(trouble.name)}（{h(in_chinese(trouble.reason))}）" for trouble in troubles)


def _document(contents: Contents, rows: str) -> str:
    heading, counts = h(one_line(contents.heading)), h(contents.counts)
    table = f"max-width:640px;margin:0 auto;background:#ffffff;border-collapse:collapse;font-family:{_FONT}"
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{heading}</title>
</head>
<body style="margin:0;padding:16px 0;background:#f3f5f7;font-family:{_FONT}">
{_WIDE}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" align="center" style="{table}">
<tr><td style="{_HEADING}">{heading}</td></tr>
<tr><td style="{_COUNTS}">{counts}</td></tr>
{rows}
<tr><td style="padding:20px 24px 24px">{_html_footer(contents)}</td></tr>
</table>
{_WIDE_END}
</body>
</html>
"""
