"""What the notices of the pairs say, and what differs between two visits to the same page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """An attachment: the name that is shown, and its place below the folder of the family."""

    name: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """An invented notice, part by part."""

    title: str = "示例省工业和信息化厅关于组织申报2026年度示例技术改造项目的通知"
    number: str = "示工信函〔2026〕46号"
    to: str = "各设区市工业和信息化局，各有关单位："
    paragraphs: tuple[str, ...] = (
        "为推动示例产业改造升级，现就组织申报2026年度示例技术改造项目有关事项通知如下。",
        "一、支持对象。在本省注册的工业企业（含民营企业），上年度研发投入不低于100万元，近三年无严重失信记录。",
        "二、支持标准。对符合条件的项目，按设备投资额的10%给予补助，单个项目最高不超过500万元。",
        "三、申报时间。请各设区市工业和信息化局于2026年10月15日前将推荐文件及汇总表报送我厅规划处。",
        "四、申报单位对材料真实性负责，材料不齐全的予以受理后一次性告知补正。",
        "五、联系方式。联系人：规划处，电话：0591-12345678，邮箱：guihua@example.org。",
    )
    table: tuple[tuple[str, ...], ...] = (
        ("序号", "地区", "推荐名额", "补助限额（万元）"),
        ("1", "甲市", "5", "1500"),
        ("2", "乙市", "3", "900"),
        ("3", "丙市", "3", "900"),
    )
    files: tuple[File, ...] = (
        File(name="项目申报书.docx", place="P020260909580011.docx"),
        File(name="推荐汇总表.xlsx", place="P020260909580012.xlsx"),
    )
    signers: tuple[str, ...] = ("示例省工业和信息化厅",)
    signed: str = "2026年9月9日"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a page shows of the moment at which it is asked for."""

    hits: int = 128
    today: str = "2026年9月16日 星期三"
    made: str = "2026-09-16 08:30:01"
    stamp: str = "1789518601123"
    token: str = "R3iKsKRPHPuNKxFLKyEb26oHPzUX7M5tatyTGVHx"
    weather: str = "晴 18～27℃"
    address: str = "203.0.113.7"
    build: str = "45c8968723868"
    published: str = "2026-09-10 09:12"


FIRST = Visit()
LATER = Visit(
    hits=4711,
    today="2026年9月18日 星期五",
    made="2026-09-18 14:05:59",
    stamp="1789711559987",
    token="q8ZbLw2TtYxN0sVdHcUj4mRkPfGa6EoI1lQyWz5B",
    weather="小雨转多云 15～21℃",
    address="198.51.100.23",
    build="45c8967053868",
)


def body(text: Text, folder: str) -> str:
    """The text as an editor's markup, its files in `folder`."""
    lines = ["【演示文本，非官方文件】", text.number, text.to, *(f"　　{line}" for line in text.paragraphs)]
    markup = "".join(f"<p>{line}</p>\n" for line in lines if line)
    return markup + _table(text.table) + files(text.files, folder) + _signature(text)


def files(named: tuple[File, ...], folder: str) -> str:
    """附件： with one file a line."""
    markup = ""
    for place, file in enumerate(named, 1):
        lead = f"附件：{place}." if place == 1 else f"　　　{place}."
        markup += f'<p>{lead}<a href="{folder}{file.place}">{file.name}</a></p>\n'
    return markup


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in rows)
    return f"<table>{lines}</table>\n" if rows else ""


def _signature(text: Text) -> str:
    lines = (*text.signers, text.signed)
    return "".join(f'<p style="text-align:right">{line}</p>\n' for line in lines)
