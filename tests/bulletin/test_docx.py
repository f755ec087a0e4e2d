"""An issue in Word: what Word, WPS and LibreOffice will find in the file."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.bulletin import FORMATS, docx_, render
from monitor.bulletin.docx_ import looks
from monitor.errors import ConfigError
from monitor.files import docx as reader
from monitor.model import Bulletin, Notice
from tests.bulletin.founding import contents, founding
from tests.bulletin.make import NOTICE, PUBLISHER, issue, record
from tests.bulletin.test_formats import HOSTILE, UNREAD


def opened(made: Bulletin, *, template: bytes | None = None) -> Document:
    return docx.Document(BytesIO(render(made, "docx", template=template)))


def lines(data: bytes) -> list[str]:
    return reader.lines(data, "made.docx")


def part(data: bytes, name: str) -> str:
    with ZipFile(BytesIO(data)) as archive:
        return archive.read(name).decode()


def styled(paper: Document, *names: str) -> list[str]:
    return [each.text for each in paper.paragraphs if each.style and each.style.name in names]


def contents_of(paper: Document) -> list[str]:
    """The lines of the contents field, without page numbers."""
    rows = paper.element.body.xpath("w:sdt//w:p[w:pPr/w:pStyle[starts-with(@w:val, 'TOC')]]")
    return ["".join(row.xpath(".//w:t/text()")) for row in rows]


def test_it_shows_what_every_form_shows() -> None:
    data = FORMATS["docx"](issue(record(1), record(2, section="申报通知"), unread=(UNREAD,)))
    text = "\n".join(lines(data))
    for words in (
        "演示科技有限公司",
        "快 讯",
        "(2019) 0901期（草稿）",
        "[政策文件]",
        "[申报通知]",
        "关于开展演示工作的通知（2）",
        "演〔2019〕1号",
        "一、总体要求",
        "序号 | 名称 | 数量",
        "特此通知。",
        "相关链接：",
        "2019年9月1日读取",
        "本期未能读取的信息源",
        "欢迎访问 www.example.cn",
    ):
        assert words in text, words
    relations = part(data, "word/_rels/document.xml.rels")
    for url in (
        "http://www.example.cn/art/1.html",
        "http://www.example.cn/f/1.doc",
        "http://dead.example.cn/list",
    ):
        assert f'Target="{url}" TargetMode="External"' in relations


def test_the_contents_are_those_of_the_founding_issue() -> None:
    paper = opened(founding())
    assert contents_of(paper) == ["目 录", *contents()]
    assert styled(paper, "Heading 1", "Heading 2") == contents()


def test_the_contents_are_a_field_whose_lines_lead_to_the_headings() -> None:
    body = opened(founding()).element.body
    codes = [code.strip() for code in body.xpath(".//w:instrText/text()")]
    assert codes[0] == r'TOC \o "1-2" \h \z \u'
    marks = body.xpath(".//w:bookmarkStart/@w:name")
    assert body.xpath(".//w:hyperlink/@w:anchor") == marks == list(docx_.bookmarks(founding()))
    assert codes[1:] == [rf"PAGEREF {mark} \h" for mark in marks]
    kinds = body.xpath(".//w:fldChar/@w:fldCharType")
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == len(codes)


def test_without_pages_word_is_asked_for_them_and_with_pages_they_are_there() -> None:
    made = founding()
    asked = docx_.write(made)
    assert "<w:updateFields" in part(asked, "word/settings.xml")
    pages = {mark: number for number, mark in enumerate(docx_.bookmarks(made), 2)}
    told = docx_.write(made, pages=pages)
    assert "<w:updateFields" not in part(told, "word/settings.xml")
    assert contents_of(docx.Document(BytesIO(told)))[1:4] == [
        f"{title}{number}" for number, title in enumerate(contents()[:3], 2)
    ]


def test_a_notice_has_its_headings_a_real_table_and_a_signature_to_the_right() -> None:
    paper = opened(issue(record(1)))
    assert styled(paper, "Heading 3", "Heading 4", "Heading 5") == [
        "一、总体要求",
        "（一）基本原则",
        "1.坚持自愿",
    ]
    (table,) = paper.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["序号", "名称", "数量"],
        ["1", "甲", "2"],
    ]
    assert styled(paper, looks.SIGNATURE.name) == ["演示部", "2019年9月2日"]
    assert paper.styles[looks.SIGNATURE.name].element.xpath("w:pPr/w:jc/@w:val") == ["right"]
    assert paper.styles[looks.BODY.name].element.xpath("w:pPr/w:ind/@w:firstLineChars") == ["200"]


def test_every_notice_but_the_first_of_a_section_begins_a_page() -> None:
    paper = opened(issue(record(1), record(2), record(3, section="申报通知")))
    titles = [each for each in paper.paragraphs if each.style and each.style.name == "Heading 2"]
    assert [each.paragraph_format.page_break_before for each in titles] == [None, True, None]
    assert paper.styles["Heading 1"].paragraph_format.page_break_before


def test_the_page_is_a4_in_chinese_with_chinese_fonts_and_margins_that_count_pages() -> None:
    paper = opened(issue(record(1)))
    page = paper.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    defaults = paper.styles.element.xpath("w:docDefaults//w:rPr")[0]
    assert defaults.xpath("w:lang/@w:eastAsia") == ["zh-CN"]
    chinese = paper.styles.element.xpath("w:style[@w:type='paragraph']/w:rPr/w:rFonts/@w:eastAsia")
    assert set(chinese) == {"宋体", "黑体", "楷体", "仿宋"}
    assert [each.text for each in page.header.paragraphs] == ["演示科技有限公司 快 讯\t(2019) 0901期"]
    for foot in (page.footer, page.first_page_footer):
        said = "\n".join(each.text for each in foot.paragraphs)
        assert said == "演示科技有限公司 电话：010-00000000 欢迎咨询\t第1页，共1页\n网址：www.example.cn"
        assert [code.strip() for code in foot._element.xpath(".//w:instrText/text()")] == ["PAGE", "NUMPAGES"]


def test_it_says_who_made_it_and_when_the_issue_was_closed() -> None:
    about = opened(issue(record(1))).core_properties
    assert (about.title, about.author, about.language) == ("快 讯 (2019) 0901期", "演示科技有限公司", "zh-CN")
    assert about.created == about.modified == issue().until


def test_the_same_issue_gives_the_same_bytes_without_an_instant_in_them() -> None:
    data = FORMATS["docx"](issue(record(1)))
    assert data == FORMATS["docx"](issue(record(1)))
    with ZipFile(BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_an_empty_issue_and_a_notice_that_could_not_be_read_say_so() -> None:
    assert "本期没有收录通知公告。" in lines(FORMATS["docx"](issue()))
    unread = replace(record(1), notice=Notice(url="http://a.example.cn/1.pdf", title="甲", unread=True))
    assert "正文未能读取，请查看原文。" in lines(FORMATS["docx"](issue(unread)))


def test_a_persons_numbers_are_masked() -> None:
    text = "\n".join(lines(FORMATS["docx"](issue(record(1)))))
    assert "13800138000" not in text
    assert "138****8000" in text


def test_what_a_page_said_is_text_and_only_web_addresses_are_links() -> None:
    bad = '控\x00制\x0b\ud800\ufffe‮符=1+1 { HYPERLINK "http://evil.example" }'
    notice = replace(HOSTILE, title=f"{HOSTILE.title}{bad}", body=f"{HOSTILE.body}\n{bad}\n{bad} | {bad}")
    made = issue(
        replace(record(1), notice=notice),
        publisher=replace(PUBLISHER, name=bad, closing=bad),
        unread=(replace(UNREAD, name=bad, url="javascript:1", reason=bad),),
    )
    data = FORMATS["docx"](made)
    assert "<script>alert(1)</script>" in "\n".join(lines(data))
    targets = re.findall(
        r'Target="([^"]*)" TargetMode="External"', part(data, "word/_rels/document.xml.rels")
    )
    assert targets == ["http://a.cn/%22%3E%3Cb%3E"]
    codes = docx.Document(BytesIO(data)).element.body.xpath(".//w:instrText/text()")
    assert not [code for code in codes if "HYPERLINK" in code]


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60), st.text(max_size=200), st.text(max_size=40))
def test_any_text_makes_a_document_that_opens(title: str, body: str, url: str) -> None:
    notice = replace(NOTICE, title=title, body=body, url=f"http://{url}", doc_number=title)
    assert lines(FORMATS["docx"](issue(replace(record(1), notice=notice))))


def template() -> bytes:
    """A publisher's own: A5, a green first heading by its Word name, a footer of its own, some text."""
    paper = docx.Document()
    paper.sections[0].page_width, paper.sections[0].page_height = Mm(148), Mm(210)
    paper.sections[0].footer.paragraphs[0].text = "自己的页脚"
    paper.styles["Heading 1"].font.name = "Georgia"
    paper.styles.add_style(looks.BODY.name, 1).font.name = "Verdana"
    paper.add_paragraph("模板里的说明文字")
    made = BytesIO()
    paper.save(made)
    return made.getvalue()


def test_of_a_template_page_margins_and_styles_count_but_not_its_text() -> None:
    paper = opened(issue(record(1)), template=template())
    assert round(paper.sections[-1].page_width.mm) == 148
    assert [each.text for each in paper.sections[-1].footer.paragraphs] == ["自己的页脚"]
    assert paper.styles["Heading 1"].font.name == "Georgia"
    assert paper.styles[looks.BODY.name].font.name == "Verdana"
    assert styled(paper, "Heading 1") == ["[政策文件]"]
    assert "特此通知。" in styled(paper, looks.BODY.name)
    assert styled(paper, looks.SIGNATURE.name) == ["演示部", "2019年9月2日"]
    assert "模板里的说明文字" not in [each.text for each in paper.paragraphs]
    stops = paper.styles.element.xpath(f"w:style[w:name/@w:val='{looks.TOC_TITLE.name}']//w:tab/@w:pos")
    page = paper.sections[-1]
    assert stops == [str((page.page_width - page.left_margin - page.right_margin) // 635)]


def test_no_style_is_named_twice_or_shares_its_id() -> None:
    for given_ in (None, template()):
        styles = opened(issue(record(1)), template=given_).styles.element
        ids = styles.xpath("w:style/@w:styleId")
        names = [name.casefold() for name in styles.xpath("w:style/w:name/@w:val")]
        assert len(ids) == len(set(ids))
        assert len(names) == len(set(names))
        body = opened(issue(record(1)), template=given_).element.body
        used = {node.get(qn("w:val")) for node in body.xpath(".//w:pStyle|.//w:rStyle|.//w:tblStyle")}
        assert used <= set(ids)


def _without(name: str) -> bytes:
    made = BytesIO()
    with ZipFile(BytesIO(template())) as old, ZipFile(made, "w") as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
    return made.getvalue()


@pytest.mark.parametrize(
    "broken", [b"", b"PK\x03\x04", b"<html>", _without("word/document.xml"), _without("[Content_Types].xml")]
)
def test_a_template_that_is_no_document_is_the_operators_to_mend(broken: bytes) -> None:
    with pytest.raises(ConfigError, match=r"publisher\.template"):
        render(issue(record(1)), "docx", template=broken)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(template()) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_template_is_used_or_named_as_the_trouble(place: int, damage: bytes) -> None:
    whole = template()
    damaged = whole[:place] + damage + whole[place + len(damage) :]
    wheres = []
    try:
        assert lines(render(issue(record(1)), "docx", template=damaged))
    except ConfigError as error:
        wheres.append(error.where)
    assert wheres in ([], ["publisher.template"])
