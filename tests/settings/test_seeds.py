"""seeds/ beside the configuration, and what a mistake in them says."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.errors import ConfigError
from monitor.settings.load import load_bodies, load_sections
from monitor.settings.places import shipped


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A configuration with seeds of its own beside it: the sections alone."""
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "sections.yaml").write_text((shipped("seeds") / "sections.yaml").read_text("utf-8"), "utf-8")
    return tmp_path / "sources.yaml"


def test_own_sections_leave_the_bodies_as_they_came_with_the_program(config: Path) -> None:
    assert load_sections(config).names
    assert load_bodies(config).canonical("科技部") == "科学技术部"


def test_own_bodies_take_their_place(config: Path) -> None:
    (config.parent / "seeds" / "issuers.yaml").write_text("bodies:\n  甲部: [乙部]\n", "utf-8")
    assert load_bodies(config).canonical("乙部办公厅") == "甲部"


@pytest.mark.parametrize(
    "text", ["bodies: []\n", "bodies: {甲部: 乙部}\n", "bodies: {甲部: [乙部]}\ncodes: {甲: 3}\n"]
)
def test_a_mistake_in_the_bodies_names_the_file_and_the_key(config: Path, text: str) -> None:
    (config.parent / "seeds" / "issuers.yaml").write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=r"seeds/issuers\.yaml.*(?:bodies|codes)"):
        load_bodies(config)
