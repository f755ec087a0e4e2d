"""What differs on the page of a notice though the notice is the same: nobody is to be told."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.pairs.pair import ALL, HTML, edited, framed, holds, set_in, shows, swap
from tests.pairs.text import FIRST, LATER, Text, Visit

# The folder of each family on the page's own host, to be written out in full.
_OWN = {
    "./P0": "/zwgk/tzgg/202609/P0",
    "./files/P0": "/sme/xmsb/2026091015473155184/files/P0",
    "0123456789abcdef0123456789abcdef/files/P0": "/scjxt/wjfb/2026/9/10/0123456789abcdef0123456789abcdef/files/P0",
}


def _elsewhere(markup: str, host: str) -> str:
    for written, path in _OWN.items():
        markup = markup.replace(f'href="{written}', f'href="{host}{path}')
    markup = markup.replace('href="/', f'href="{host}/')
    return markup.replace('href="https://gxt.example.gov.cn', f'href="{host}')


@edited()
def falsepos_another_visit(text: Text) -> Text:
    return text


@edited(visit=replace(LATER, published="2026-09-18 14:05"))
def falsepos_republished_unchanged(text: Text) -> Text:
    return text


@framed("easysite", "nfcms", "trs")
def falsepos_hit_counter(page: str) -> str:
    return swap(page, "浏览次数：128", "浏览次数：4711")


@framed("ucap", "generic", "igs", "selectors")
def falsepos_hit_counter_in_other_words(page: str) -> str:
    return re.sub(r"(阅读次数: |阅读量：|点击量：|点击：)128", r"\g<1>13096", page)


@framed(*HTML)
def falsepos_asset_stamp(page: str) -> str:
    return swap(page, FIRST.stamp, LATER.stamp)


@framed("jcms", "jpaas", "trs", "easysite")
def falsepos_maketime_meta(page: str) -> str:
    return swap(page, FIRST.made, LATER.made)


@framed("trs", "jcms", "ucap", "generic")
def falsepos_ipv6best_gateway(page: str) -> str:
    return swap(page, FIRST.build, LATER.build)


@framed("gkmlpt", "generic")
def falsepos_csrf_token(page: str) -> str:
    return swap(page, FIRST.token, LATER.token)


@framed(*HTML)
def falsepos_today_is(page: str) -> str:
    return swap(page, FIRST.today, LATER.today)


@framed(*HTML)
def falsepos_weather(page: str) -> str:
    return swap(page, FIRST.weather, LATER.weather)


@framed(*HTML)
def falsepos_visitor_ip(page: str) -> str:
    return swap(page, FIRST.address, LATER.address)


@shows("trs", "jcms", "jpaas", "nfcms", "generic")
def falsepos_status_word_beside_the_title(page: str, visit: Visit) -> str:
    state = "征集中" if visit is FIRST else "已结束"
    return swap(
        page, '<div class="crumb">', f'<div class="state">状态：<span>{state}</span></div><div class="crumb">'
    )


@shows("trs", "jcms", "jpaas", "ncontent", "generic", "selectors")
def falsepos_status_word_flips(page: str, visit: Visit) -> str:
    title = Text().title
    return swap(page, title, f"（{'进行中' if visit is FIRST else '已结束'}）{title}")


@shows("trs", "jcms", "jpaas", "nfcms", "generic")
def falsepos_days_left(page: str, visit: Visit) -> str:
    left = 29 if visit is FIRST else 27
    return swap(
        page, '<div class="crumb">', f'<p class="left">距离申报截止还有 {left} 天</p><div class="crumb">'
    )


@framed("trs")
def falsepos_font_size_switch(page: str) -> str:
    return swap(page, "字体：【大 中 小】", "字号：<a>大</a> <a>中</a> <a>小</a> <a>打印</a> <a>关闭</a>")


@framed("trs", "jcms", "nfcms", "generic", "ucap", "easysite", "ncontent")
def falsepos_share_buttons(page: str) -> str:
    share = '<div class="share">分享到：<a href="#">微信</a><a href="#">微博</a><a href="#">QQ空间</a></div>'
    return swap(page, '<div class="footer">', f'{share}<div class="footer">')


@framed("trs", "jcms", "nfcms", "generic", "ucap", "easysite", "ncontent")
def falsepos_prev_next_links(page: str) -> str:
    links = """<div class="pn"><p>上一篇：<a href="./t1.html">关于公布第三批示例企业名单的通知</a></p>
<p>下一篇：<a href="./t2.html">关于召开2026年示例大会的通知</a></p></div>"""
    return swap(page, '<div class="footer">', f'{links}<div class="footer">')


@framed("trs", "jcms", "nfcms", "generic", "ucap", "easysite", "ncontent")
def falsepos_related_reading(page: str) -> str:
    related = """<div class="related"><h3>相关阅读</h3><ul><li><a href="../jd/1.html">《示例技术改造项目申报通知》解读</a><span>2026-09-12</span></li>
<li><a href="../jd/2.html">一图读懂示例技术改造</a><span>2026-09-14</span></li></ul></div>"""
    return swap(page, '<div class="footer">', f'{related}<div class="footer">')


@framed(*HTML)
def falsepos_site_name_in_the_window_title(page: str) -> str:
    return swap(page, "_示例省工业和信息化厅</title>", "-通知公告-示例省工业和信息化厅门户网站</title>")


@framed(*HTML)
def falsepos_footer_changed(page: str) -> str:
    return swap(page, "网站标识码：0000000000", "版权所有 © 2027 主办单位 网站标识码：0000000000 示ICP备1号")


@framed(*HTML)
def falsepos_menu_changed(page: str) -> str:
    return swap(page, "互动交流</a></li>", "互动交流</a></li><li><a href='/zt/'>专题：示例大会</a></li>")


@framed("trs", "jcms", "ucap", "generic", "selectors")
def falsepos_page_in_another_charset(page: str) -> bytes:
    return swap(page, '<meta charset="utf-8">', '<meta charset="gb2312">').encode("gb18030")


@framed(*HTML)
def falsepos_statistics_scripts(page: str) -> str:
    script = '<script>var _hmt=[];</script><noscript><img src="//hm.example.cn/h.gif?si=1"></noscript>'
    return swap(
        page, "</body>", f'<!-- served 14:05:59.321 -->{script}<iframe src="/tq.html"></iframe></body>'
    )


@framed("trs")
def falsepos_qr_code_caption(page: str) -> str:
    return swap(page, "扫一扫在手机打开当前页", '<img src="/qr/3001.png?t=1789711559987">用手机扫码浏览')


@set_in(*ALL)
def falsepos_full_half_width(markup: str) -> str:
    return swap(swap(markup, "（含民营企业）", "(含民营企业)"), "联系人：", "联系人:")


@set_in(*ALL)
def falsepos_digits_in_full_width(markup: str) -> str:
    return swap(markup, "500万元", "５００万元")


@set_in(*ALL)
def falsepos_nbsp(markup: str) -> str:
    return swap(markup, "　　", "&nbsp;&nbsp;&nbsp; ")


@set_in(*ALL)
def falsepos_blanks_in_days(markup: str) -> str:
    return swap(markup, "2026年10月15日", "2026 年 10 月 15 日")


@set_in(*ALL)
def falsepos_zero_width_characters(markup: str) -> str:
    return swap(markup, "示例产业", "示例\u200b产\ufeff业")


@set_in(*ALL)
def falsepos_empty_paragraphs(markup: str) -> str:
    return swap(markup, "</p>\n", "</p>\n<p>&nbsp;</p><p><br/></p>\n")


@set_in(*ALL)
def falsepos_paragraphs_as_divs(markup: str) -> str:
    return swap(swap(swap(markup, "<p>", "<div>"), "<p ", "<div "), "</p>", "</div>")


@set_in(*ALL)
def falsepos_paragraphs_by_line_breaks(markup: str) -> str:
    head, table, tail = markup.partition("<table>")
    return "<p>" + swap(swap(head, "<p>", ""), "</p>\n", "<br>\n") + "</p>" + table + tail


@set_in(*ALL)
def falsepos_pasted_from_word(markup: str) -> str:
    styled = swap(markup, "<p>", '<p class="MsoNormal" style="margin:0cm;text-indent:32.0pt">')
    day = '<span lang="EN-US" style="font-family:仿宋_GB2312">2026</span><font size="4">年</font><b>10</b>月15<o:p></o:p>日'
    return swap(styled, "2026年10月15日", day)


@set_in(*ALL)
def falsepos_one_paragraph_in_bold(markup: str) -> str:
    return swap(markup, "一、支持对象。", '<strong>一、支持对象。</strong><a name="_Toc1"></a>')


@set_in(*ALL)
def falsepos_scripts_and_comments_in_the_text(markup: str) -> str:
    return swap(
        markup,
        "<table>",
        "<!-- edited 2026-09-18 --><style>td{padding:0}</style><script>var a='已修改';</script><table>",
    )


@set_in(*ALL)
def falsepos_table_markup(markup: str) -> str:
    table = swap(markup, "<table>", '<table border="1" cellspacing="0"><tbody>')
    return swap(
        swap(swap(table, "</table>", "</tbody></table>"), "<td>", '<td width="120"><p align="center">'),
        "</td>",
        "</p></td>",
    )


@set_in(*ALL)
def falsepos_nested_editor_twice(markup: str) -> str:
    return f'<div class="TRS_Editor"><div class="TRS_Editor"><div class="Custom_UnionStyle">{markup}</div></div></div>'


@holds()
def falsepos_image_paths(markup: str, visit: Visit) -> str:
    image = (
        f'<p><img src="./W{visit.stamp}_ORIGIN.jpg?t={visit.stamp}" title="W{visit.stamp}.jpg" alt=""></p>'
    )
    return swap(markup, "<table>", f"{image}<table>")


@set_in(*ALL)
def falsepos_attachment_link_stamp(markup: str) -> str:
    return re.sub(
        r'href="([^"]+\.docx)"',
        lambda found: f'href="{found[1]}{"&" if "?" in found[1] else "?"}t=1789711559987"',
        markup,
    )


@set_in("trs", "easysite", "nfcms", "generic", "ucap", "jpaas")
def falsepos_attachments_over_http(markup: str) -> str:
    return _elsewhere(markup, "http://gxt.example.gov.cn")


@set_in("trs", "easysite", "nfcms", "generic", "ucap", "jpaas")
def falsepos_relative_links(markup: str) -> str:
    return _elsewhere(markup, "https://gxt.example.gov.cn")


@set_in("trs", "easysite", "nfcms", "generic", "ucap", "jpaas")
def falsepos_attachments_through_a_gateway(markup: str) -> str:
    return _elsewhere(markup, "https://gxt-example-gov-cnx45c8967053868xx.ipv6best.cn")


@set_in("trs", "easysite", "nfcms", "generic", "ucap", "jpaas")
def falsepos_host_alias(markup: str) -> str:
    return _elsewhere(markup, "https://www.gxt.example.gov.cn")


@set_in(*ALL)
def falsepos_links_marked_as_links(markup: str) -> str:
    return swap(markup, '<a href="', '<a target="_blank" style="color:#0066cc" textvalue="申报" href="')


@set_in("trs", "jcms", "ucap", "generic", "easysite", "gkmlpt")
def falsepos_attachment_icons(markup: str) -> str:
    return swap(markup, '<a href="', '<img class="icon" src="/images/icon_doc.gif"><a href="')


@holds("ucap", "generic", "easysite", "selectors", "trs")
def falsepos_hit_counter_below_the_text(markup: str, visit: Visit) -> str:
    return f'{markup}<p class="hits">阅读次数：{visit.hits} 次</p>'


@holds("ucap", "generic", "easysite", "selectors", "trs")
def falsepos_hit_counter_above_the_text(markup: str, visit: Visit) -> str:
    return f'<p class="info">来源：规划处　作者：　点击数：{visit.hits}　字体：大 中 小</p>{markup}'


@holds("ucap", "generic", "easysite", "nfcms", "trs")
def falsepos_download_counts(markup: str, visit: Visit) -> str:
    return swap(markup, "</a></p>", f"</a>（下载次数：{visit.hits}）</p>")


@holds("ucap", "generic", "easysite", "selectors", "trs")
def falsepos_today_is_within_the_text(markup: str, visit: Visit) -> str:
    return f"<div>今天是：{visit.today}</div>{markup}"


@holds("ucap", "generic", "easysite", "nfcms", "trs")
def falsepos_prev_next_links_within_the_text(markup: str, visit: Visit) -> str:
    following = "没有了" if visit is FIRST else '<a href="./9.html">关于召开2026年示例大会的通知</a>'
    return f'{markup}<p>上一篇：<a href="./1.html">关于公布示例名单的通知</a></p><p>下一篇：{following}</p>'


@holds("ucap", "generic", "easysite", "nfcms", "trs")
def falsepos_time_of_printing_below_the_text(markup: str, visit: Visit) -> str:
    return f"{markup}<p>页面生成时间：{visit.made}</p>"


@set_in("trs", "ucap", "generic", "easysite")
def falsepos_editor_below_the_text(markup: str) -> str:
    return markup + "<p>（责任编辑：李四）</p>"


@set_in("trs", "ucap", "generic", "nfcms")
def falsepos_share_buttons_in_the_text(markup: str) -> str:
    return (
        markup + '<div class="bdsharebuttonbox">分享到：<a href="#">微信</a> <a href="#">新浪微博</a></div>'
    )


@set_in("trs", "ucap", "generic", "nfcms")
def falsepos_print_and_close_in_the_text(markup: str) -> str:
    return (
        markup
        + '<p align="center"><a href="javascript:window.print()">【打印本页】</a><a href="javascript:window.close()">【关闭窗口】</a></p>'
    )
