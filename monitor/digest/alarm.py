"""What operators are told: which sources have broken and how, which can be read again. Once each.

One message for all that is to be said at an instant, in the form of each channel. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.conditions import ADVICE, WORDS
from monitor.dates import SHANGHAI
from monitor.digest.chat import TEXT, WECOM
from monitor.digest.cut import size
from monitor.escape import header, html, wecom
from monitor.model import Address, Alarm, Form, Piece, Source
from monitor.text import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class _News:
    """One source in words: a heading, then lines about it."""

    heading: str
    lines: tuple[str, ...]


def compose_alarm(
    began: Sequence[Alarm],
    ended: Sequence[Alarm],
    *,
    addresses: Sequence[Address],
    sources: Mapping[str, Source],
    link: str,
    mark: str,
) -> tuple[Piece, ...]:
    """One message an address about troubles that have lasted and troubles that are over; none without any.

    A chat message that would be too long names the first sources and counts the rest. `link` leads to
    the page of sources, "" if there is none.
    """
    if not began and not ended:
        return ()
    counts = _counts(len(began), len(ended))
    news = [_broken(alarm, sources) for alarm in began] + [_well_again(alarm, sources) for alarm in ended]
    subject = header(f"{mark}【快讯】{counts}")
    return tuple(_piece(address, subject, news, link) for address in addresses)


def _counts(began: int, ended: int) -> str:
    words = [f"{began} 个信息源异常" if began else "", f"{ended} 个信息源已恢复" if ended else ""]
    return "，".join(filter(None, words))


def _broken(alarm: Alarm, sources: Mapping[str, Source]) -> _News:
    name, url = _names(alarm, sources)
    return _News(
        heading=f"{name}：{WORDS[alarm.condition]}",
        lines=(
            f"自 {_moment(alarm.since)} 起",
            f"原因：{alarm.reason}" if alarm.reason else "",
            f"怎么办：{ADVICE[alarm.condition]}",
            url,
        ),
    )


def _well_again(alarm: Alarm, sources: Mapping[str, Source]) -> _News:
    name, _ = _names(alarm, sources)
    over = alarm.until or alarm.since
    lasted = f"{WORDS[alarm.condition]}，{_moment(alarm.since)} 至 {_moment(over)}"
    return _News(heading=f"{name}：已恢复正常", lines=(lasted,))


def _names(alarm: Alarm, sources: Mapping[str, Source]) -> tuple[str, str]:
    source = sources.get(alarm.source_id)
    return (f"{source.name}（{source.id}）", source.url) if source else (alarm.source_id, "")


def _moment(at: datetime) -> str:
    local = at.astimezone(SHANGHAI)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


def _piece(address: Address, subject: str, news: Sequence[_News], link: str) -> Piece:
    is_mail = address.form is Form.MAIL
    return Piece(
        channel=address.channel,
        recipient=address.recipient,
        number=1,
        of=1,
        subject=subject,
        text=_mail(subject, news, link) if is_mail else _chat(subject, news, link, address.form),
        html=_html(subject, news, link) if is_mail else "",
    )


def _mail(subject: str, news: Sequence[_News], link: str) -> str:
    blocks = [_block(each, clean, "   {}") for each in news]
    return "\n".join([f"{subject}\n", *blocks, f"信息源状况：{link}\n" if link else ""])


def _chat(subject: str, news: Sequence[_News], link: str, form: Form) -> str:
    """As many whole sources as fit, the rest counted."""
    dialect = WECOM if form is Form.WECOM else TEXT
    footer = f"\n{dialect.desk.format(url=link)}" if link else ""
    text = dialect.heading.format(wecom(subject)) + "\n"
    for place, each in enumerate(news):
        block = "\n" + _block(each, wecom, dialect.line)
        rest = f"\n另有 {len(news) - place} 个，见 kuaixun sources health\n"
        if size(text + block + rest + footer) > dialect.limit:
            return text + rest + footer
        text += block
    return text + footer


def _block(news: _News, escape: Callable[[str], str], line: str) -> str:
    lines = [line.format(escape(words)) for words in news.lines if words]
    return "\n".join([escape(news.heading), *lines]) + "\n"


def _html(subject: str, news: Sequence[_News], link: str) -> str:
    blocks = "\n".join(
        f"<h3>{html(each.heading)}</h3>\n<p>{'<br>'.join(html(line) for line in each.lines if line)}</p>"
        for each in news
    )
    desk = f'<p><a href="{html(link)}">信息源状况</a></p>' if link else ""
    style = "font-family:-apple-system,'PingFang SC','Microsoft YaHei',sans-serif;line-height:1.6"
    head = f'<meta charset="utf-8"><title>{html(subject)}</title>'
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head>{head}</head>'
        f'\n<body style="{style}">\n<h2>{html(subject)}</h2>\n{blocks}\n{desk}\n</body></html>\n'
    )
