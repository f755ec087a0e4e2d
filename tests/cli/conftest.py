"""The command as a user runs it, against a small site on loopback."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from monitor.cli import run

NOW = "2026-09-16T09:00"


@dataclass(slots=True)
class Answer:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, list[dict[str, object]]]:
        """The one JSON document on stdout."""
        return json.loads(self.out)


@dataclass(slots=True)
class Site:
    """A TRS column whose rows a story sets."""

    server: HTTPServer

    def shows(self, *rows: tuple[str, str, int], path: str = "/tzgg/") -> None:
        """The list shows these rows (title, date, number), and each has a page."""
        self.server.clear()
        self.server.expect_request("/robots.txt").respond_with_data("", status=404)
        lines = "".join(
            f'<li><a href="./{on[:7].replace("-", "")}/t{on.replace("-", "")}_{number}.html" title="{title}">{title}</a>'
            f"<span>{on}</span></li>"
            for title, on, number in rows
        )
        self._page(path, f"<html><title>通知公告</title><body><ul class='list'>{lines}</ul></body></html>")
        for title, on, number in rows:
            self._page(
                f"{path}{on[:7].replace('-', '')}/t{on.replace('-', '')}_{number}.html",
                f"<html><meta name='ArticleTitle' content='{title}'><meta name='PubDate' content='{on} 09:00'><body>"
                f"<h1>{title}</h1><div class='TRS_Editor'><p>现将《{title}》有关事项通知如下，请认真做好相关工作。</p>"
                f"</div></body></html>",
            )

    def _page(self, path: str, html: str) -> None:
        self.server.expect_request(path).respond_with_data(html, content_type="text/html; charset=utf-8")


@pytest.fixture
def site(httpserver: HTTPServer) -> Site:
    return Site(httpserver)


@pytest.fixture
def folder(tmp_path: Path, site: Site) -> Path:
    """A folder with a sources.yaml for that site and for one that does not exist."""
    host = f"{site.server.host}:{site.server.port}"
    (tmp_path / "sources.yaml").write_text(
        f"""\
fetch: {{delay: 0, contact: a@example.org, allow_hosts: ["{host}"], timeout: 5}}
publisher: {{name: 某咨询公司}}
sources:
  - {{id: site, name: 某部 · 通知, url: "http://{host}/tzgg/", family: trs, level: national}}
  - {{id: gone, name: 某厅 · 通知, url: "http://nothing.invalid/", enabled: false}}
channels: [{{name: editors, url: ""}}]
digests: [{{name: daily, to: [editors], at: "30 8 * * *"}}]
""",
        "utf-8",
    )
    return tmp_path


@pytest.fixture
def kuaixun(folder: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Run a command on that folder at a fixed instant."""

    def command(*arguments: str, now: str = NOW) -> Answer:
        code = run(["--config", str(folder / "sources.yaml"), "--now", now, *arguments])
        said = capfd.readouterr()
        return Answer(code, said.out, said.err)

    return command
