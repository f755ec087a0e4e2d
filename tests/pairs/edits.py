"""Edits of a notice that readers must hear of, each in every family, with all the noise of another visit."""

from __future__ import annotations

from dataclasses import replace

from monitor.model import Kind
from tests.pairs.pair import edited
from tests.pairs.text import File, Text

REVISED, MOVED = Kind.REVISED, Kind.DEADLINE_MOVED


def said(text: Text, old: str, new: str) -> Text:
    """The text with other words in its paragraphs."""
    if not any(old in line for line in text.paragraphs):
        raise AssertionError(f"not in the text: {old}")
    return replace(text, paragraphs=tuple(line.replace(old, new) for line in text.paragraphs))


def cell(text: Text, row: int, column: int, value: str) -> Text:
    """The text with another value in one cell of its table."""
    cells = list(text.table[row])
    cells[column] = value
    return replace(text, table=(*text.table[:row], tuple(cells), *text.table[row + 1 :]))


@edited(MOVED, "deadlines", "body")
def truepos_deadline_moved(text: Text) -> Text:
    return said(text, "10月15日", "10月31日")


@edited(MOVED, "deadlines", "body")
def truepos_deadline_moved_by_a_day(text: Text) -> Text:
    return said(text, "10月15日", "10月16日")


@edited(MOVED, "deadlines", "body")
def truepos_deadline_time_added(text: Text) -> Text:
    return said(text, "10月15日前", "10月15日17:00前")


@edited(MOVED, "deadlines", "body")
def truepos_deadline_in_another_year(text: Text) -> Text:
    return said(text, "于2026年10月15日", "于2027年10月15日")


@edited(REVISED, "deadlines", "body")
def truepos_second_deadline_added(text: Text) -> Text:
    line = "六、电子版。请于2026年10月20日前将电子版发送至上述邮箱。"
    return replace(text, paragraphs=(*text.paragraphs, line))


@edited(REVISED, "deadlines", "body")
def truepos_deadline_taken_out(text: Text) -> Text:
    return said(text, "于2026年10月15日前", "及时")


@edited(REVISED, "body")
def truepos_amount_changed(text: Text) -> Text:
    return said(text, "100万元", "150万元")


@edited(REVISED, "body")
def truepos_unit_of_an_amount_changed(text: Text) -> Text:
    return said(text, "500万元", "500元")


@edited(REVISED, "body")
def truepos_percentage_changed(text: Text) -> Text:
    return said(text, "10%", "1.0%")


@edited(REVISED, "body")
def truepos_one_digit_in_table(text: Text) -> Text:
    return cell(text, 2, 2, "8")


@edited(REVISED, "body")
def truepos_two_cells_exchanged(text: Text) -> Text:
    return cell(cell(text, 2, 3, "1500"), 1, 3, "900")


@edited(REVISED, "body")
def truepos_table_row_added(text: Text) -> Text:
    return replace(text, table=(*text.table, ("4", "丁市", "2", "600")))


@edited(REVISED, "body")
def truepos_table_row_removed(text: Text) -> Text:
    return replace(text, table=text.table[:-1])


@edited(REVISED, "body")
def truepos_table_column_added(text: Text) -> Text:
    notes = ("备注", "含省属企业", "", "")
    return replace(text, table=tuple((*row, note) for row, note in zip(text.table, notes, strict=True)))


@edited(REVISED, "body")
def truepos_name_in_table_corrected(text: Text) -> Text:
    return cell(text, 3, 1, "戊市")


@edited(REVISED, "attachments", "body")
def truepos_attachment_added(text: Text) -> Text:
    added = File(name="信用承诺书.pdf", place="P020260909580013.pdf")
    return replace(text, files=(*text.files, added))


@edited(REVISED, "attachments", "body")
def truepos_attachment_removed(text: Text) -> Text:
    return replace(text, files=text.files[:1])


@edited(REVISED, "attachments", "body")
def truepos_attachment_renamed(text: Text) -> Text:
    renamed = replace(text.files[0], name="项目申报书（更正版）.docx")
    return replace(text, files=(renamed, *text.files[1:]))


@edited(REVISED, "attachments")
def truepos_attachment_at_another_address(text: Text) -> Text:
    uploaded = replace(text.files[0], place="P020260917101112.docx")
    return replace(text, files=(uploaded, *text.files[1:]))


@edited(REVISED, "title")
def truepos_title_corrected(text: Text) -> Text:
    return replace(text, title=text.title.replace("技术改造", "数字化改造"))


@edited(REVISED, "title")
def truepos_year_in_title_corrected(text: Text) -> Text:
    return replace(text, title=text.title.replace("2026年度", "2027年度"))


@edited(REVISED, "title")
def truepos_title_says_that_it_was_extended(text: Text) -> Text:
    return replace(text, title=text.title + "（延期）")


@edited(REVISED, "doc_number", first=Text(number=""))
def truepos_doc_number_added(text: Text) -> Text:
    return replace(text, number="示工信函〔2026〕46号")


@edited(REVISED, "doc_number")
def truepos_doc_number_corrected(text: Text) -> Text:
    return replace(text, number="示工信函〔2026〕48号")


@edited(REVISED, "body")
def truepos_contact_phone_changed(text: Text) -> Text:
    return said(text, "0591-12345678", "0591-12345679")


@edited(REVISED, "body")
def truepos_contact_mail_changed(text: Text) -> Text:
    return said(text, "guihua@", "guihua2@")


@edited(REVISED, "body")
def truepos_paragraph_removed(text: Text) -> Text:
    return replace(text, paragraphs=(*text.paragraphs[:4], text.paragraphs[5]))


@edited(REVISED, "body")
def truepos_paragraph_added(text: Text) -> Text:
    line = "六、本通知未尽事宜，按照上年度有关规定执行。"
    return replace(text, paragraphs=(*text.paragraphs, line))


@edited(REVISED, "body")
def truepos_paragraphs_exchanged(text: Text) -> Text:
    first, second, third, *rest = text.paragraphs
    return replace(text, paragraphs=(first, third, second, *rest))


@edited(REVISED, "body")
def truepos_correction_put_on_top(text: Text) -> Text:
    line = "更正：原文中推荐名额有误，以本页所列为准。"
    return replace(text, paragraphs=(line, *text.paragraphs))


@edited(REVISED, "body")
def truepos_one_word_turned_round(text: Text) -> Text:
    return said(text, "不低于", "不高于")


@edited(REVISED, "body")
def truepos_negation_inserted(text: Text) -> Text:
    return said(text, "予以受理", "不予受理")


@edited(REVISED, "body")
def truepos_number_in_characters_changed(text: Text) -> Text:
    return said(text, "近三年", "近五年")


@edited(REVISED, "body")
def truepos_words_in_brackets_changed(text: Text) -> Text:
    return said(text, "（含民营企业）", "（不含民营企业）")


@edited(REVISED, "body")
def truepos_addressee_added(text: Text) -> Text:
    return replace(text, to="各设区市工业和信息化局、平潭综合实验区经济发展局，各有关单位：")


@edited(REVISED, "signed_on", "body")
def truepos_signature_date_changed(text: Text) -> Text:
    return replace(text, signed="2026年9月8日")


@edited(REVISED, "issuers", "body")
def truepos_issuer_added(text: Text) -> Text:
    return replace(text, signers=(*text.signers, "示例省财政厅"))


IN_FORCE = replace(Text(), paragraphs=(*Text().paragraphs, "六、本办法自2026年10月1日起施行。"))


@edited(REVISED, "effective_on", "body", first=IN_FORCE)
def truepos_day_of_entry_into_force_changed(text: Text) -> Text:
    return said(text, "10月1日起施行", "11月1日起施行")


SITE_VISITS = replace(
    Text(),
    paragraphs=(
        *Text().paragraphs,
        "六、申报平台年度访问量不低于100万次，浏览次数：不少于30万次。",
        "七、上一年度项目处于进行中的，扫一扫下方二维码登记。",
    ),
)


@edited(REVISED, "body", first=SITE_VISITS)
def truepos_condition_that_looks_like_a_hit_counter(text: Text) -> Text:
    return said(text, "浏览次数：不少于30万次", "浏览次数：不少于50万次")


@edited(REVISED, "body", first=SITE_VISITS)
def truepos_condition_that_looks_like_a_status_word(text: Text) -> Text:
    return said(text, "处于进行中", "已结束")


@edited(REVISED, "body", first=SITE_VISITS)
def truepos_line_that_speaks_of_a_qr_code_taken_out(text: Text) -> Text:
    return replace(text, paragraphs=text.paragraphs[:-1])


VISITORS = replace(
    Text(),
    paragraphs=(
        "一、参评平台的年度数据应当达到下列指标：",
        "注册企业：500家",
        "访问量：30000次",
        "今年以来的培训：12次",
        "二、打印费、编辑费不予列支。",
        *Text().paragraphs,
    ),
)


@edited(REVISED, "body", first=VISITORS)
def truepos_target_that_is_written_like_a_hit_counter(text: Text) -> Text:
    return said(text, "访问量：30000次", "访问量：50000次")


@edited(REVISED, "body", first=VISITORS)
def truepos_costs_of_printing_and_editing(text: Text) -> Text:
    return said(text, "打印费、编辑费不予列支", "打印费、编辑费可以列支")


@edited(REVISED, "body")
def truepos_signature_line_with_a_telephone_added(text: Text) -> Text:
    return replace(text, signed="2026年9月9日（咨询电话：0591-87654321）")


PROGRAMME = replace(
    Text(),
    paragraphs=(
        *Text().paragraphs,
        "六、上一批项目的开工日期为2026年3月1日，今天是报名的第一天。",
        "相关阅读材料见示例省工业和信息化厅网站2026年公告第5号。",
    ),
)


@edited(REVISED, "body", first=PROGRAMME)
def truepos_day_in_a_sentence_that_says_today(text: Text) -> Text:
    return said(text, "2026年3月1日", "2026年4月1日")


@edited(REVISED, "body", first=PROGRAMME)
def truepos_reference_in_a_line_of_reading_matter(text: Text) -> Text:
    return said(text, "公告第5号", "公告第6号")
