"""A family is one module and one line; whoever forgets the line, the pages or the docs hears of it here."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from monitor import families
from monitor.families import FAMILIES
from tests.families.pages import saved, source

# json_ is called so only because `json` is a module of everybody's
MODULES = {
    path.stem.rstrip("_")
    for path in Path(families.__file__).parent.glob("*.py")
    if not path.stem.startswith("_")
}
DOCS = Path(__file__).resolve().parents[2] / "docs" / "adding-a-source.md"


def test_every_module_is_registered() -> None:
    assert set(FAMILIES) == MODULES


@pytest.mark.parametrize("name", sorted(MODULES))
def test_every_family_has_a_list_and_a_notice_and_is_in_the_docs(name: str) -> None:
    pages = [one for one in saved() if one.family == name]
    assert any(one.is_list for one in pages)
    assert any(not one.is_list for one in pages)
    assert f"`{name}`" in DOCS.read_text("utf-8")


@pytest.mark.parametrize("name", sorted(MODULES))
def test_every_option_is_in_the_docs(name: str) -> None:
    text = DOCS.read_text("utf-8")
    assert [option for option in FAMILIES[name].Options.model_fields if f"`{option}`" not in text] == []


@pytest.mark.parametrize("name", sorted(MODULES))
def test_an_unknown_option_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match="extra"):
        FAMILIES[name].Options.model_validate({"rows": "li", "colour": "red"})


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("selectors", {"rows": "li["}),
        ("selectors", {"rows": "li", "date": ":::"}),
        ("selectors", {}),
        ("trs", {"body": "div >"}),
        ("ucap", {"size": 0}),
        ("nfcms", {"column": "../4165"}),
        ("gkmlpt", {"category": -1}),
        ("gkmlpt", {"sid": "SID"}),
        ("json", {"paging": {"page": "p"}}),
        ("json", {"notice": {"title": "t", "text": "x", "author": "a"}}),
    ],
)
def test_a_bad_option_is_refused_when_it_is_read(name: str, options: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        FAMILIES[name].Options.model_validate(options)


@pytest.mark.parametrize("name", sorted(MODULES))
def test_the_first_request_is_the_list_page(name: str) -> None:
    url = "https://www.example.gov.cn/tzgg/"
    options: dict[str, object] = {"rows": "li"} if name == "selectors" else {}
    assert FAMILIES[name].first(source(url, options)).url == url


def test_generic_is_asked_last_and_takes_everything() -> None:
    assert list(FAMILIES)[-1] == "generic"
