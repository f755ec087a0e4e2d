"""Which body stands behind a name and behind a number: seeds/issuers.yaml."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fields import organs
from monitor.fields.bodies import parse_bodies
from tests.seeds import BODIES


@pytest.mark.parametrize(
    ("printed", "body"),
    [
        ("科技部", "科学技术部"),
        ("科技部办公厅", "科学技术部"),
        ("中华人民共和国科学技术部", "科学技术部"),
        ("工信部", "工业和信息化部"),
        ("国家发展改革委办公厅", "国家发展和改革委员会"),
        ("SIPO", "国家知识产权局"),
        ("CNIPA", "国家知识产权局"),
        ("国家知识产权局办公室", "国家知识产权局"),
        ("环境保护部办公厅", "生态环境部"),
        ("中国银保监会", "国家金融监督管理总局"),
        ("中央网络安全和信息化委员会办公室", "国家互联网信息办公室"),
        ("国家互联网信息办公室", "国家互联网信息办公室"),
        ("国务院办公厅", "国务院"),
        ("科技部火炬中心", "科学技术部火炬高技术产业开发中心"),
        ("深圳市科技创新委员会", "深圳市科技创新局"),
        ("深圳市科创委", "深圳市科技创新局"),
        ("北京市经济和信息化委员会", "北京市经济和信息化局"),
        ("福建省科技厅", "福建省科学技术厅"),
        ("山东省发展改革委", "山东省发展和改革委员会"),
        ("清远市环保局", "清远市生态环境局"),
        ("福建省人民政府办公厅", "福建省人民政府"),
        ("福建省政府", "福建省人民政府"),
        ("丽水市人民政府", "丽水市人民政府"),
        ("市人力资源社会保障局", "市人力资源和社会保障局"),
        ("某某协会", "某某协会"),
        ("", ""),
    ],
)
def test_a_printed_name_leads_to_todays_body(printed: str, body: str) -> None:
    assert BODIES.canonical(printed) == body


def test_joint_issuers_are_each_followed_and_named_once() -> None:
    assert BODIES.canonicals(["科技部", "财政部", "科技部办公厅"]) == ("科学技术部", "财政部")


@given(st.sampled_from(sorted(BODIES.bodies)))
def test_todays_body_is_its_own(name: str) -> None:
    body = BODIES.canonical(name)
    assert BODIES.canonical(body) == body


def test_every_name_in_the_seeds_reads_as_a_body() -> None:
    speakers = [name for since in BODIES.codes.values() for _, names in since for name in names]
    provincial = [
        place + name
        for place in BODIES.provinces.values()
        for since in BODIES.departments.values()
        for _, (name,) in since
    ]
    assert [name for name in (*speakers, *provincial) if not organs.is_organ(name)] == []
    assert sorted({BODIES.canonical(name) for name in BODIES.national} - BODIES.national) == []


def test_two_places_never_share_their_letters() -> None:
    assert not {letter for letter in BODIES.provinces if letter in "苏宁青鄂晋新吉海云"}
    assert not set(BODIES.provinces) & {
        code[0] for code in BODIES.codes if BODIES.codes[code][-1][1][0].startswith(("北京", "上海"))
    }


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (None, "bodies"),
        ({}, "bodies"),
        ({"bodies": {"甲部": "乙"}}, "bodies.甲部"),
        ({"bodies": {"甲部": ["丙"], "乙部": ["丙"]}}, "bodies.乙部"),
        ({"bodies": {}, "national": "甲部"}, "national"),
        ({"bodies": {}, "short": []}, "short"),
        ({"bodies": {}, "codes": []}, "codes"),
        ({"bodies": {}, "codes": {"甲": 3}}, "codes.甲"),
        ({"bodies": {}, "codes": {"甲": {"2019": "甲部"}}}, "codes.甲"),
        ({"bodies": {}, "codes": {"甲": {2019: None}}}, "codes.甲.2019"),
        ({"bodies": {}, "provinces": {"甲": ["甲省"]}}, "provinces.甲"),
    ],
)
def test_a_wrong_list_of_bodies_is_refused_with_its_key(data: object, key: str) -> None:
    with pytest.raises(ValueError, match=key):
        parse_bodies(data)


@given(st.text(max_size=40))
def test_any_name_has_a_body_and_any_number_speakers_or_none(text: str) -> None:
    assert isinstance(BODIES.canonical(text), str)
    assert isinstance(BODIES.speakers(text), tuple)
