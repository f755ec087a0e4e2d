"""The eleven columns of ten sites that the demo simulates: real addresses of today, served over http.

Article addresses are patterns over the row (`{on}`, `{id}`, `{hex}`); numbers of the twelve are those
of the addresses cited in 2019, so that old and new can be matched by eye. Talks to nobody.
"""

from __future__ import annotations

from dataclasses import dataclass

from monitor.model import Level

FGK = "fgk.chinatax.gov.cn"
TAX = "www.chinatax.gov.cn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a simulated site. `shape` names its templates; `key` is what its CMS calls it."""

    id: str
    name: str
    site: str
    code: str
    topic: str
    host: str
    path: str
    article: str
    shape: str
    family: str
    replaces: tuple[str, ...]
    level: Level = Level.NATIONAL
    region: str = "全国"
    files: str = "./{file}"
    key: str = ""
    etag: bool = False
    gzip: bool = False

    @property
    def url(self) -> str:
        """The address of the list page."""
        return f"http://{self.host}{self.path}"


_MOST = "/xxgk/xinxifenlei/fdzdgknr/fgzc/gfxwj/"
_TRS = "{on:%Y%m}/t{on:%Y%m%d}_{id}"
_MIIT_FILES = "/cms_files/filemanager/1226211233/attach/{on:%Y}{on.month}/{file}"

COLUMNS = (
    Column(
        id="cnipa-tongzhi",
        name="国家知识产权局 · 通知",
        site="国家知识产权局",
        code="bm00000075",
        topic="通知",
        host="www.cnipa.gov.cn",
        path="/col/col75/index.html",
        article="/art/{on.year}/{on.month}/{on.day}/art_75_{id}.html",
        shape="jcms",
        family="jcms",
        key="75",
        gzip=True,
        replaces=("http://www.sipo.gov.cn/gztz/1141880.htm",),
    ),
    Column(
        id="miit-tongzhi",
        name="工业和信息化部 · 通知",
        site="中华人民共和国工业和信息化部",
        code="bm07000001",
        topic="通知",
        host="www.miit.gov.cn",
        path="/zwgk/zcwj/wjfb/tz/index.html",
        article="/zwgk/zcwj/wjfb/tz/art/{on.year}/art_{hex}.html",
        shape="jpaas",
        family="jpaas",
        files=_MIIT_FILES,
        key="3e3ad1a3bec74939890a0d3e54815141",
        replaces=("http://www.miit.gov.cn/n1146295/n1652858/n1652930/n3757016/c7396890/content.html",),
    ),
    Column(
        id="miit-yijian",
        name="工业和信息化部 · 意见征集",
        site="中华人民共和国工业和信息化部",
        code="bm07000001",
        topic="意见征集",
        host="www.miit.gov.cn",
        path="/gzcy/yjzj/index.html",
        article="/gzcy/yjzj/art/{on.year}/art_{hex}.html",
        shape="jpaas",
        family="jpaas",
        files=_MIIT_FILES,
        key="ff3aac0962cb45e48e8e4da69450e847",
        replaces=("http://www.miit.gov.cn/n1278117/n1648113/c7393004/content.html",),
    ),
    Column(
        id="chinatax-fagui",
        name="国家税务总局 · 税收法规规章",
        site="国家税务总局",
        code="bm29000002",
        topic="税收法规规章",
        host=FGK,
        path="/zcfgk/c100006/listflfg.html",
        article="/zcfgk/c102416/c{id}/content.html",
        shape="ucap",
        family="ucap",
        key="29a88b67e4b149cfa9fac7919dfb08a5",
        replaces=("http://www.chinatax.gov.cn/chinatax/n810341/n810755/c5136446/content.html",),
    ),
    Column(
        id="mee-gonggao",
        name="生态环境部 · 公告",
        site="中华人民共和国生态环境部",
        code="bm17000009",
        topic="公告",
        host="www.mee.gov.cn",
        path="/xxgk2018/xxgk/xxgk01/",
        article="/xxgk2018/xxgk/xxgk01/" + _TRS + ".html",
        shape="mee",
        family="trs",
        etag=True,
        replaces=("http://www.mee.gov.cn/xxgk2018/xxgk/xxgk01/201909/t20190904_732380.html",),
    ),
    Column(
        id="most-guifan",
        name="科学技术部 · 规范性文件",
        site="中华人民共和国科学技术部",
        code="bm06000001",
        topic="规范性文件",
        host="www.most.gov.cn",
        path=_MOST,
        article=_MOST + "gfxwj{on.year}/" + _TRS + ".html",
        shape="most",
        family="trs",
        etag=True,
        replaces=(
            "http://www.most.gov.cn/mostinfo/xinxifenlei/fgzc/gfxwj/gfxwj2019/201909/t20190905_148663.htm",
            "http://www.most.gov.cn/mostinfo/xinxifenlei/fgzc/gfxwj/gfxwj2019/201908/t20190830_148551.htm",
        ),
    ),
    Column(
        id="fujian-dongtai",
        name="福建省工业和信息化厅 · 工作动态",
        site="福建省工业和信息化厅",
        code="3500000001",
        topic="工作动态",
        host="gxt.fujian.gov.cn",
        path="/zwgk/zfxxgk/fdzdgknr/gzdt/",
        article="/zwgk/zfxxgk/fdzdgknr/gzdt/" + _TRS + ".htm",
        shape="fujian",
        family="trs",
        level=Level.PROVINCIAL,
        region="福建",
        key="32301",
        replaces=("http://gxt.fujian.gov.cn/gk/zfxxgk/zfxxgkml/gzdt/201909/t20190903_5016584.htm",),
    ),
    Column(
        id="beijing-tongzhi",
        name="北京市经济和信息化局 · 通知公告",
        site="北京市经济和信息化局",
        code="1100000001",
        topic="通知公告",
        host="jxj.beijing.gov.cn",
        path="/jxdt/tzgg/",
        article="/jxdt/tzgg/" + _TRS + ".html",
        shape="beijing",
        family="trs",
        level=Level.PROVINCIAL,
        region="北京",
        replaces=("http://jxj.beijing.gov.cn/jxdt/tzgg/300266.htm",),
    ),
    Column(
        id="tianjin-wenjian",
        name="天津市工业和信息化局 · 委局文件",
        site="天津市工业和信息化局",
        code="1200000001",
        topic="委局文件",
        host="gyxxh.tj.gov.cn",
        path="/ZWGK4147/ZCWJ6355/wjwj/",
        article="/ZWGK4147/ZCWJ6355/wjwj/" + _TRS + ".html",
        shape="tianjin",
        family="trs",
        level=Level.PROVINCIAL,
        region="天津",
        replaces=("http://gyxxh.tj.gov.cn/tzgg/68535.htm",),
    ),
    Column(
        id="hebei-tongzhi",
        name="河北省工业和信息化厅 · 通知公告",
        site="河北省工业和信息化厅",
        code="1300000001",
        topic="通知公告",
        host="gxt.hebei.gov.cn",
        path="/hbgyhxxht/xwzx32/tzgg83/index.html",
        article="/hbgyhxxht/xwzx32/tzgg83/{id}/index.html",
        shape="easysite",
        family="easysite",
        level=Level.PROVINCIAL,
        region="河北",
        replaces=("http://gxt.hebei.gov.cn/hbgyhxxht/xwzx32/tzgg83/659166/index.html",),
    ),
    Column(
        id="shenzhen-tongzhi",
        name="深圳市科技创新局 · 通知公告",
        site="深圳市科技创新委员会",
        code="4403000001",
        topic="通知公告",
        host="stic.sz.gov.cn",
        path="/xxgk/tzgg/",
        article="/xxgk/tzgg/content/post_{id}.html",
        shape="nfcms",
        family="nfcms",
        level=Level.MUNICIPAL,
        region="深圳",
        key="4165",
        replaces=("http://stic.sz.gov.cn/xxgk/tzgg/201909/t20190901_18190012.htm",),
    ),
)

HOSTS = tuple(sorted({column.host for column in COLUMNS} | {TAX}))


def column(column_id: str) -> Column:
    """The column of that id."""
    return next(column for column in COLUMNS if column.id == column_id)
