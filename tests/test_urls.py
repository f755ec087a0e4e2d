"""Addresses for people, and addresses as identity."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.urls import absolute, canonical, host

LIST = "https://www.most.gov.cn/xxgk/fgzc/index.html"


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("./202602/t20260228_1.html", "https://www.most.gov.cn/xxgk/fgzc/202602/t20260228_1.html"),
        ("202602/t20260228_1.html", "https://www.most.gov.cn/xxgk/fgzc/202602/t20260228_1.html"),
        ("../../a/b.html", "https://www.most.gov.cn/a/b.html"),
        ("/a/b.html?x=1#y", "https://www.most.gov.cn/a/b.html?x=1#y"),
        ("//www.gov.cn/a", "https://www.gov.cn/a"),
        ("http://www.gov.cn/a", "http://www.gov.cn/a"),
        ("\n\t/files/e9 a1.docx\n\n", "https://www.most.gov.cn/files/e9%20a1.docx"),
        ("?page=2", "https://www.most.gov.cn/xxgk/fgzc/index.html?page=2"),
        ("javascript:void(0)", None),
        ("mailto:a@b.cn", None),
        ("#top", None),
        ("", None),
        (None, None),
        ("http://", None),
        ("http://[x", None),
        ("ftp://a.cn/b", None),
    ],
)
def test_absolute(href: str | None, url: str | None) -> None:
    assert absolute(LIST, href) == url


def test_a_query_of_the_list_is_not_part_of_its_folder() -> None:
    assert absolute("http://a.cn/b/list.jsp?path=/x/y", "c.html") == "http://a.cn/b/c.html"


@pytest.mark.parametrize(
    ("base", "url"),
    [
        ("http://10.1.2.3:8080/b/index.html", "http://10.1.2.3:8080/b/c.html"),
        ("http://a.cn/b/index.html#/x/y", "http://a.cn/b/c.html"),
        ("http://a.cn/x/../b/", "http://a.cn/b/c.html"),
        ("http://a.cn", "http://a.cn/c.html"),
        ("http://a.cn/公告/index.html", "http://a.cn/公告/c.html"),
    ],
)
def test_a_relative_address_stays_in_the_folder_of_its_page(base: str, url: str) -> None:
    assert absolute(base, "./c.html") == url


def test_a_port_belongs_to_the_key_unless_everybody_uses_it() -> None:
    assert canonical("https://a.cn:8443/b") == canonical("http://a.cn:8443/b") != canonical("http://a.cn/b")
    assert canonical("http://10.1.2.3:80/b") == canonical("https://10.1.2.3:443/b") == "http://10.1.2.3/b"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.gov.cn/a.html", "http://WWW.gov.cn:80/a.html#top"),
        ("https://www.gov.cn:443/a.html", "http://www.gov.cn/a.html"),
        ("http://a.cn", "http://a.cn/"),
        ("http://a.cn/x.html?t=1790000000123", "http://a.cn/x.html"),
        ("http://a.cn/x.html?_=0.5531&id=3", "http://a.cn/x.html?id=3"),
        ("http://stic.cn/post_1.html?jump=true#4165", "http://stic.cn/post_1.html"),
        ("http://a.cn/x.do;jsessionid=AB12CD?id=3", "http://a.cn/x.do?id=3"),
        ("http://a.cn/%b9%ab.html", "http://a.cn/%B9%AB.html"),
        ("http://a.cn/公告.html", "http://a.cn/%E5%85%AC%E5%91%8A.html"),
        ("http://www.acas.org.cnx7a72968723868.ipv6best.cn/n", "http://www.acas.org.cn/n"),
        (
            "https://fjrb-fjdaily-comx2d93968723868xx.ipv6best.cn/n",
            "https://fjrb-fjdaily-comx2d93967053868xx.ipv6best.cn/n",
        ),
        ("https://www.gxt.cn/a.html", "http://gxt.cn/a.html"),
        ("https://www.gxt.cn:8443/a.html?id=3", "http://gxt.cn:8443/a.html?id=3"),
        ("https://www-gxt-cnx45c8968723868xx.ipv6best.cn/a", "http://gxt.cn/a"),
        ("http://tj.gov.cn/WZWSRELL1pXR0s0MTQ3L3QuaHRtbA==", "http://tj.gov.cn/ZWGK4147/t.html"),
    ],
)
def test_the_same_page_has_one_key(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.cn/x.html?id=3", "http://a.cn/x.html?id=4"),
        ("http://a.cn/x.html?a=1&b=2", "http://a.cn/x.html?b=2&a=1"),
        ("http://a.cn/x.html?t=12", "http://a.cn/x.html?t=13"),
        ("http://a.cn/a/", "http://a.cn/a/index.html"),
        ("http://a.cn/A.html", "http://a.cn/a.html"),
        ("http://a.cn:8080/a", "http://a.cn/a"),
        ("http://a.cn/a%2Fb", "http://a.cn/a/b"),
        ("http://b.a.cn/a", "http://a.cn/a"),
        ("http://www2.a.cn/a", "http://a.cn/a"),
        ("http://www.cn/a", "http://cn/a"),
    ],
)
def test_different_pages_have_different_keys(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@given(st.text())
def test_any_text_has_a_key_and_the_key_is_its_own(said: str) -> None:
    for url in (said, f"http://a.cn/{said}", f"https://{said}/x?{said}"):
        assert canonical(canonical(url)) == canonical(url)


@given(st.text())
def test_any_href_is_an_address_or_nothing(said: str) -> None:
    url = absolute(LIST, said)
    assert url is None or url.startswith(("http://", "https://"))


def test_host() -> None:
    assert host("https://WWW.Gov.cn:8080/a") == "www.gov.cn"
    assert host("nothing") == ""
    assert host("http://[x") == ""
