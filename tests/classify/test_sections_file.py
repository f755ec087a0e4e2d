"""seeds/sections.yaml as editors write it, and what a wrong one is answered."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from monitor.classify import Sections, parse_sections

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def test_the_seeds_name_the_three_sections_in_printing_order() -> None:
    sections = parse_sections(yaml.safe_load((SEEDS / "sections.yaml").read_text("utf-8")))
    assert sections.names == ("政策文件", "绿色制造", "申报通知")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", r"sections.yaml: a mapping"),
        ("sections: 3", r"sections: a list"),
        ("sections: []", r"sections: at least one"),
        ("sections: [{about: x}]", r"sections\[0\]\.name"),
        ("sections: [{name: 甲}, {name: 甲}]", r"names unique"),
        ("sections: [{name: 其他}]", r"none of them 其他"),
        ("sections: [{name: 甲, titel: {}}]", r"sections\[0\]\.titel: unknown key"),
        ("sections: [{name: 甲, title: [x]}]", r"甲\.title: a mapping"),
        ("sections: [{name: 甲, title: {5: 申报}}]", r"甲\.title\.5: a list"),
        ("sections: [{name: 甲, title: {5: [申报, 7]}}]", r"甲\.title\.5\[1\]: a word"),
        ("sections: [{name: 甲, title: {viel: [申报]}}]", r"甲\.title\.viel: whole points"),
        ("sections: [{name: 甲, level: {county: 1}}]", r"甲\.level\.county: unknown key"),
        ("{sections: [{name: 甲}], other: {formless: x}}", r"other\.formless: whole points"),
        ("{sections: [{name: 甲}], forms: 通知}", r"forms: a list"),
        ("{sections: [{name: 甲}], wrods: []}", r"sections\.yaml\.wrods: unknown key"),
    ],
)
def test_a_wrong_file_is_refused_with_the_key_and_what_was_expected(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_sections(yaml.safe_load(text))


def test_a_file_may_have_sections_of_its_own() -> None:
    sections = parse_sections({"sections": [{"name": "通报", "title": {5: ["通报"]}}]})
    assert isinstance(sections, Sections)
    assert sections.names == ("通报",)
