"""The demo's sources.yaml is a configuration like any other."""

from __future__ import annotations

import yaml

from monitor.demo.columns import COLUMNS
from monitor.demo.config import sources_yaml
from monitor.settings.file import FileKeys

TEXT = sources_yaml(port=8099, wecom="wecombot://k?base=http://127.0.0.1:8099")


def test_it_passes_the_check_of_sources_yaml() -> None:
    keys = FileKeys.model_validate(yaml.safe_load(TEXT))
    assert [source.id for source in keys.sources] == [column.id for column in COLUMNS]
    assert {source.url.split(":")[0] for source in keys.sources} == {"http"}
    assert [channel.url for channel in keys.channels] == ["", "wecombot://k?base=http://127.0.0.1:8099"]


def test_every_source_can_be_reached_on_loopback_only() -> None:
    keys = FileKeys.model_validate(yaml.safe_load(TEXT))
    for source in keys.sources:
        assert keys.fetch.connect_to[f"{source.url.split('/')[2]}:80"] == "127.0.0.1:8099"


def test_it_reads_nothing_from_the_environment() -> None:
    assert "${" not in TEXT


def test_the_twelve_cited_addresses_are_succeeded() -> None:
    keys = FileKeys.model_validate(yaml.safe_load(TEXT))
    assert len({url for source in keys.sources for url in source.replaces}) == 12
