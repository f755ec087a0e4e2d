"""Whose site it is: level and region, from its identification code or from its host name. Talks to nobody.

The code is `SiteIDCode` of the government meta block (《政府网站发展指引》): `bm…` is a body of the State
Council, otherwise the first six digits are a division of GB/T 2260.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.model import Level
from monitor.urls import host

NATION = "全国"

# GB/T 2260: the first two digits of a division.
_PROVINCES = (
    "11北京 12天津 13河北 14山西 15内蒙古 21辽宁 22吉林 23黑龙江 31上海 32江苏 33浙江 34安徽 35福建 "
    "36江西 37山东 41河南 42湖北 43湖南 44广东 45广西 46海南 50重庆 51四川 52贵州 53云南 54西藏 "
    "61陕西 62甘肃 63青海 64宁夏 65新疆"
)
PROVINCES = {word[:2]: word[2:] for word in _PROVINCES.split()}
# The label before .gov.cn, as the provinces' and the cities' own sites have it.
_PROVINCE_HOSTS = (
    "beijing北京 tj天津 hebei河北 shanxi山西 nmg内蒙古 ln辽宁 jl吉林 hlj黑龙江 shanghai上海 sh上海 "
    "jiangsu江苏 zj浙江 ah安徽 fujian福建 fj福建 jiangxi江西 shandong山东 henan河南 hubei湖北 hunan湖南 "
    "gd广东 gxzf广西 hainan海南 cq重庆 sc四川 guizhou贵州 yn云南 xizang西藏 "
    "shaanxi陕西 gansu甘肃 qinghai青海 nx宁夏 xinjiang新疆"
)
_CITY_HOSTS = (
    "sz深圳 gz广州 hangzhou杭州 ningbo宁波 nanjing南京 suzhou苏州 xa西安 wuhan武汉 chengdu成都 qingdao青岛 "
    "jinan济南 xm厦门"
)
_LABEL = re.compile(r"([a-z]+)([一-鿿]+)")
_PROVINCE_OF = dict(_LABEL.findall(_PROVINCE_HOSTS))
_CITY_OF = dict(_LABEL.findall(_CITY_HOSTS))
_CODE = re.compile(r"(\d{2})(\d{4})\d{4}", re.A)
_CITY = re.compile(r"(?:[一-鿿]{2,4}?(?:省|自治区))?([一-鿿]{2,4}?)(?:市|自治州|地区)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Level and region of a site. `sure` is False where they are only the usual ones."""

    level: Level
    region: str
    sure: bool


def where(code: str, *, site: str, url: str) -> Where:
    """From the site's code, else from its host; `site` is its name, which tells the city."""
    return _by_code(code.strip().lower(), site) or _by_host(host(url))


def _by_code(code: str, site: str) -> Where | None:
    if code.startswith("bm"):
        return Where(level=Level.NATIONAL, region=NATION, sure=True)
    found = _CODE.fullmatch(code)
    province = PROVINCES.get(found[1]) if found else None
    if not found or not province:
        return None
    if found[2] == "0000":
        return Where(level=Level.PROVINCIAL, region=province, sure=True)
    city = _CITY.match(site)
    region = city[1] if city and city[1] != province else province
    return Where(level=Level.MUNICIPAL, region=region, sure=True)


def _by_host(name: str) -> Where:
    label = name.removesuffix(".gov.cn").rpartition(".")[2] if name.endswith(".gov.cn") else ""
    if label in _PROVINCE_OF:
        return Where(level=Level.PROVINCIAL, region=_PROVINCE_OF[label], sure=True)
    if label in _CITY_OF:
        return Where(level=Level.MUNICIPAL, region=_CITY_OF[label], sure=True)
    return Where(level=Level.NATIONAL, region=NATION, sure=False)
