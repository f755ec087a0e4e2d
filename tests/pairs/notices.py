"""The notice page of each family: a frame around the same text, in the shape that its sites have."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.pairs.text import Text, Visit, body

Frame = Callable[[Text, Visit, str], str]

SITE = "示例省工业和信息化厅"
URLS = {
    "trs": "https://gxt.example.gov.cn/zwgk/tzgg/202609/t20260910_3001.html",
    "jcms": "https://gxt.example.gov.cn/art/2026/9/10/art_75_2001.html",
    "jpaas": "https://gxt.example.gov.cn/zwgk/tz/art/2026/art_0123456789abcdef0123456789abcdef.html",
    "ucap": "https://gxt.example.gov.cn/scjxt/wjfb/2026/9/10/0123456789abcdef0123456789abcdef.shtml",
    "easysite": "https://gxt.example.gov.cn/xxht/xwzx32/tzgg83/2026091015473155184/index.html",
    "nfcms": "https://gxt.example.gov.cn/xxgk/tzgg/content/post_12764271.html",
    "gkmlpt": "https://gxt.example.gov.cn/gkmlpt/content/12/12764/post_12764271.html",
    "igs": "https://gxt.example.gov.cn/ZWGK4147/ZCWJ6355/wjwj/202609/t20260910_7001.html",
    "ncontent": "https://gxt.example.gov.cn/n2588035/n2588320/n2588335/c35128064/content.html",
    "json": "https://gxt.example.gov.cn/web/DocInfo/SelectByDocId?docId=11",
    "selectors": "https://gxt.example.gov.cn/kjjh_all/20260910/8001.html",
    "generic": "https://gxt.example.gov.cn/sme/xmsb/2026091015473155184/index.html",
}
FOLDERS = {
    "trs": "./",
    "jcms": "/module/download/downfile.jsp?classid=0&filename=",
    "jpaas": "/cms_files/filemanager/1226211233/attach/20269/",
    "ucap": "0123456789abcdef0123456789abcdef/files/",
    "easysite": "/xxht/xwzx32/tzgg83/2026091015473155184/",
    "nfcms": "https://gxt.example.gov.cn/xxgk/tzgg/content/12764/12764271/",
    "gkmlpt": "https://gxt.example.gov.cn/gkmlpt/content/12764/12764271/",
    "igs": "./",
    "ncontent": "./c35128064/files/",
    "json": "/files/",
    "selectors": "./",
    "generic": "./files/",
}
OPTIONS: dict[str, dict[str, object]] = {"selectors": {"body": ".nr", "heading": ".bt-main", "rows": ".card"}}


def notice(family: str, text: Text, visit: Visit, *, markup: str | None = None) -> str:
    """A whole page; `markup` stands in for the text's own where a pair is about the markup."""
    inner = body(text, FOLDERS[family]) if markup is None else markup
    return FRAMES[family](text, visit, inner)


def _page(text: Text, visit: Visit, inner: str, *, metas: str = "", tail: str = "") -> str:
    return f"""<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{text.title}_{SITE}</title>
{metas}<link rel="stylesheet" href="/images/style.css?t={visit.stamp}">
<script src="/js/jquery.min.js?v={visit.stamp}"></script>
</head>
<body>
<div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk/" title="政务公开">政务公开</a></li>
<li><a href="/hdjl/">互动交流</a></li></ul>
<p class="today">今天是：{visit.today}</p><p class="weather">{visit.weather}</p></div>
<div class="crumb">当前位置：<a href="/">首页</a>&nbsp;&gt;&nbsp;<a href="/zwgk/tzgg/">通知公告</a></div>
{inner}
{tail}<div class="footer"><ul><li><a href="https://www.gov.cn/">中国政府网</a></li>
<li><a href="http://beian-miit-gov-cnx{visit.build}xx.ipv6best.cn/">备案查询</a></li></ul>
<p>您是第 {visit.hits + 900000} 位访客，您的IP：{visit.address}</p><p>网站标识码：0000000000</p></div>
<script>var _hits = {visit.hits}; document.write(Math.random());</script>
</body>
</html>
"""


def _metas(text: Text, visit: Visit, *, source: str = SITE) -> str:
    return f"""<meta name="SiteName" content="{SITE}">
<meta name="SiteDomain"content="gxt.example.gov.cn" />
<meta name="ColumnName" content="通知公告">
<meta name="ColumnType" content="通知公告">
<meta name="ArticleTitle" content="{text.title}">
<meta name="PubDate" content="{visit.published}">
<meta name="ContentSource" content="{source}">
"""


def _day(visit: Visit) -> str:
    return visit.published[:10]


def _trs(text: Text, visit: Visit, inner: str) -> str:
    table = f"""<table class="xxgk_detail_table1"><tbody>
<tr><td><b>标　　题：</b></td><td colspan="3"> {text.title} </td></tr>
<tr><td><b>索 引 号：</b></td><td> 30643-2026-001 </td><td><b>发文字号：</b></td><td> {text.number} </td></tr>
<tr><td><b>成文日期：</b></td><td> {text.signed} </td><td><b>发布日期：</b></td><td> {_day(visit)} </td></tr></tbody></table>
"""
    content = f"""{table}<div class="xxgk_title"> {text.title} </div>
<div class="info"><span>字体：【大 中 小】</span><span>浏览次数：{visit.hits}</span></div>
<div id="Zoom"><meta name="ContentStart" /><div class="TRS_Editor"><div class="trs_editor_view TRS_UEDITOR">{inner}</div></div>
<meta name="ContentEnd" /></div>
<div class="ewm">扫一扫在手机打开当前页</div>"""
    metas = _metas(text, visit) + f'<meta name="HtmlGenerateTime" content="{visit.made}">\n'
    return _page(text, visit, content, metas=metas)


def _jcms(text: Text, visit: Visit, inner: str) -> str:
    content = f"""<table class="xxgk_article"><tbody><tr><td>索引号</td><td>113325000026455663/2026-43887</td><td>文号</td><td>{text.number}</td></tr>
<tr><td>成文日期</td><td>{text.signed}</td><td>发布机构</td><td>{"、".join(text.signers)}</td></tr></tbody></table>
<div class="xl_title">{text.title}</div>
<div class="xl_doc"><span>发布时间：{visit.published}
</span><span>浏览次数：<script src="/module/visitcount/articlehits.jsp?colid=75&artid=2001"></script></span><span>信息来源：
{SITE}</span></div>
<div class="article-content cont"><!--ZJEG_RSS.content.begin--><meta name="ContentStart">{inner}<meta name="ContentEnd"><!--ZJEG_RSS.content.end--></div>"""
    metas = f"<meta name='Maketime' content='{visit.made}_001'>\n" + _metas(text, visit)
    return _page(text, visit, content, metas=metas)


def _jpaas(text: Text, visit: Visit, inner: str) -> str:
    number = f"<p><span>发文字号：</span><span>{text.number}</span></p>" if text.number else ""
    content = f"""<h1 id="con_title">{text.title}</h1><span id="con_time">发布时间：{visit.published}</span><div class="cinfo"><span>来源：</span><span>规划处</span></div>
<div class="xxgk-box">{number}</div>
<div class="ccontent center" id="con_con">{inner}</div>
<script parseType="build" url="/api-gateway/jpaas-publish-server/front/page/build/unit" queryData="{{'parseType':'build','pageType':'article','tagId':'文章正文2'}}"></script>"""
    metas = _metas(text, visit, source="规划处") + f'<meta name="MakeTime" content="{visit.made}">\n'
    return _page(text, visit, content, metas=metas)


def _ucap(text: Text, visit: Visit, inner: str) -> str:
    content = f"""<div id="content"><div id="articlecontent"><h2><UCAPTITLE>{text.title}</UCAPTITLE></h2>
<ul id="articleattribute"><li>{_day(visit)}</li><li>来源: {SITE}</li><li>阅读次数: {visit.hits}</li></ul>
<div id="cmsArticleContent"><UCAPCONTENT>{inner}</UCAPCONTENT></div></div></div>"""
    return _page(text, visit, content, metas=_metas(text, visit))


def _easysite(text: Text, visit: Visit, inner: str) -> str:
    content = f"""<div class="portlet" pagemoduleid="5de7f40a11c94d0f8b6c"><div class="gxt-xilan-con"><h1>{text.title}</h1>
<div class="gxt-xilan-date"><span>发布时间：{_day(visit)}</span><span>来源：规划处</span><span>浏览次数：{visit.hits}</span></div>
<div class="gxt-xilan-content">{inner}</div></div></div>"""
    metas = f"""<meta name="version" content="7.9.52.20">
<meta name="createDate" content="{visit.made}">
<meta name="cacheclearDate" content="{visit.made}">
"""
    return _page(text, visit, content, metas=metas + _metas(text, visit))


def _nfcms(text: Text, visit: Visit, inner: str) -> str:
    content = f"""<p style="display:none"><span id="NFCMS-POST-VISIT-1">-</span></p>
<div class="news_cont_d"><h1 class="tit">{text.title}</h1><div class="tit_info"><span>来源：{SITE}</span> <span>发布时间：{_day(visit)}</span> <span>浏览次数：{visit.hits}</span></div>
<div class="news_cont_d_wrap">{inner}</div></div>"""
    metas = _metas(text, visit) + "<script>window.NFCMS_POST_ID=12764271;</script>\n"
    return _page(text, visit, content, metas=metas)


def _gkmlpt(text: Text, visit: Visit, inner: str) -> str:
    detail = {
        "id": 12764271,
        "title": text.title,
        "content": inner,
        "source": SITE,
        "display_publish_time": 1789002720,
        "attachment": [],
        "gkml_data": {"id": 12764271, "identifier": "11440000/2026-00271", "document_number": text.number},
    }
    written = json.dumps(detail).replace("<", "\\u003C").replace(">", "\\u003E")
    content = f"""<script>
    window._CONFIG = {{
        isMobile: false,
        CSRF: '{visit.token}',
        SID: '755031',
        DETAIL: {written},
        TREE: []
    }};
</script>
<div class="classify"><table><tr><td class="first">索引号：</td><td class="td-value-xl"><span>11440000/2026-00271</span></td><td class="second">分类：</td><td class="td-value"><span></span></td></tr>
<tr><td class="first">发布机构：</td><td><span>{SITE}</span></td><td class="second">成文日期：<i></i></td><td><span>{text.signed}</span></td></tr>
<tr><td class="first">文号：</td><td><span class="document-number">{text.number}</span></td><td class="second">发布日期：</td><td><span>{_day(visit)}</span></td></tr></table></div>
<h1 class="title document-number">{text.title}</h1>
<div class="article-content">{inner}</div><div class="policy-article-content"></div>"""
    return _page(text, visit, content, metas='<script src="/gkmlpt/gkml/pc/js/content.js"></script>\n')


def _igs(text: Text, visit: Visit, inner: str) -> str:
    content = f"""<h1 class="xl_title">{text.title}</h1><div class="info">发布日期：{_day(visit)} 来源：{SITE} 点击量：{visit.hits}</div>
<div class="view TRS_UEDITOR trs_paper_default">{inner}</div>"""
    return _page(text, visit, content, metas=_metas(text, visit))


def _ncontent(text: Text, visit: Visit, inner: str) -> str:
    content = f"""<img src="../../../../dbsource/7483922/7483923.png"><div class="zsy_content"><div class="zsy_cotitle">
{text.title}
<p>文章来源：规划处 　　发布时间：{_day(visit)}</p></div>
<div class="zsy_comain">{inner}</div></div>"""
    return _page(text, visit, content, metas='<meta name="publishedtype" content="1" />\n')


def _json(text: Text, visit: Visit, inner: str) -> str:
    answer = {
        "rptCode": 200,
        "msg": "成功",
        "traceId": visit.token,
        "time": int(visit.stamp),
        "data": {
            "docId": 11,
            "docTitle": text.title,
            "publishDate": f"{visit.published}:00",
            "indexNo": "000000000/2026-301",
            "documentNo": text.number,
            "docSource": "规划处",
            "hits": visit.hits,
            "docClob": f"<html><head><style>p{{margin:0}}</style></head><body><div>{inner}</div></body></html>",
        },
    }
    return json.dumps(answer, ensure_ascii=False)


def _selectors(text: Text, visit: Visit, inner: str) -> str:
    content = f"""<h1>示例服务平台</h1><div class="bt-main">{text.title}</div><div class="meta">发布日期：{_day(visit)} 点击：{visit.hits}</div>
<div class="side"><p>平台公告：系统维护期间，请提前保存材料，避免数据丢失，给您带来的不便敬请谅解。</p></div>
<div class="nr">{inner}</div>"""
    return _page(text, visit, content)


def _generic(text: Text, visit: Visit, inner: str) -> str:
    content = f"""<div class="gxt"><h1>{text.title}</h1><div class="when"><span>发布时间：{visit.published}</span><span>来源：规划处</span><span>阅读量：{visit.hits}</span></div>
<div class="mystery">{inner}</div></div>
<form id="f"><input type="hidden" name="token" value="{visit.token}"></form>"""
    return _page(text, visit, content)


FRAMES: dict[str, Frame] = {
    "trs": _trs,
    "jcms": _jcms,
    "jpaas": _jpaas,
    "ucap": _ucap,
    "easysite": _easysite,
    "nfcms": _nfcms,
    "gkmlpt": _gkmlpt,
    "igs": _igs,
    "ncontent": _ncontent,
    "json": _json,
    "selectors": _selectors,
    "generic": _generic,
}
