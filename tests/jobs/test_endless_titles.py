"""One row of a list that has swallowed half of its page costs neither the others nor its own notice."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path

import pytest

from monitor.model import Kind, Status
from tests.fetch.doing import aio
from tests.jobs.world import monitoring

DAY = date(2026, 9, 10)


@aio
async def test_the_list_is_read_the_log_is_loud_and_the_page_tells_the_title(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with monitoring(tmp_path) as monitor:
        monitor.publish("关于组织申报的通知", DAY, 1)
        monitor.rows.insert(0, ("关于" + "长" * 10_000, DAY, 2))
        monitor.write("关于印发工作方案的通知", DAY, 2)
        with caplog.at_level(logging.WARNING, "monitor"):
            checked = await monitor.poll()
        assert (checked.status, checked.items) == (Status.BASELINE, 2)
        assert set(monitor.titles(Kind.BASELINE)) == {"关于组织申报的通知", "关于印发工作方案的通知"}
        (said,) = [record for record in caplog.records if record.message == "list.titles_cut"]
        assert (vars(said)["source"], vars(said)["rows"]) == ("site", 1)
        assert (await monitor.poll()).status is Status.UNCHANGED
