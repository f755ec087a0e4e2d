"""The service as a process: it polls, it beats, it tells, and a stop loses nothing."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

LIST = "<html><body><ul><li><a href='./202609/t20260901_1.html' title='{}'>x</a><span>2026-09-01</span></li></ul></body></html>"
PAGE = "<html><body><h1>关于组织申报的通知</h1><div class='TRS_Editor'><p>现将有关事项通知如下，请认真贯彻执行。</p></div></body></html>"


@pytest.fixture
def config(tmp_path: Path, httpserver: HTTPServer) -> Path:
    place = f"{httpserver.host}:{httpserver.port}"
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/tzgg/").respond_with_data(
        LIST.format("关于组织申报的通知"), content_type="text/html; charset=utf-8"
    )
    httpserver.expect_request("/tzgg/202609/t20260901_1.html").respond_with_data(
        PAGE, content_type="text/html; charset=utf-8"
    )
    file = tmp_path / "sources.yaml"
    file.write_text(
        f'fetch: {{delay: 0, contact: a@example.org, allow_hosts: ["{place}"]}}\n'
        f"sources:\n- {{id: site, name: 某部, url: 'http://{place}/tzgg/', family: trs}}\n"
        "- {id: gone, name: 某厅, url: 'http://nothing.invalid/'}\n"
        'digests:\n- {name: daily, to: [], at: "30 8 * * *"}\n',
        "utf-8",
    )
    return file


def start(config: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "monitor", "--config", str(config), "run", *arguments]
    return subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1", **environment}
    )


def read_until(service: subprocess.Popen[str], pattern: str) -> re.Match[str]:
    """The first log line that matches. The service says what it does; nobody has to sleep."""
    assert service.stderr
    for line in service.stderr:
        found = re.search(pattern, line)
        if found:
            return found
    raise AssertionError(f"the service ended without saying {pattern}")


def test_it_polls_beats_and_stops_within_ten_seconds(config: Path) -> None:
    service = start(config, "--port", "0")
    try:
        address = read_until(service, r"service\.started .*web=(http://127\.0\.0\.1:\d+)")[1]
        with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:
            assert json.load(answer)["status"] == "ok"
        with urllib.request.urlopen(f"{address}/sources", timeout=5) as answer:
            assert "某部" in answer.read().decode()
    finally:
        began = time.monotonic()
        service.send_signal(signal.SIGTERM)
        _, said = service.communicate(timeout=10)
    assert time.monotonic() - began < 10
    assert service.returncode == 0, said
    assert "service.stopped" in said


def test_a_kill_between_seeing_and_reading_loses_nothing(config: Path) -> None:
    service = start(config, "--no-web")
    read_until(service, r"check\.(done|failed) ")
    service.kill()
    service.communicate(timeout=10)
    command = [sys.executable, "-m", "monitor", "--config", str(config)]
    subprocess.run([*command, "check", "site"], check=True, capture_output=True)
    listed = subprocess.run(
        [*command, "changes", "--kind", "baseline", "--json"], check=True, capture_output=True, text=True
    )
    assert [change["notice"]["title"] for change in json.loads(listed.stdout)["changes"]] == [
        "关于组织申报的通知"
    ]


def test_a_port_that_is_taken_is_a_sentence(config: Path, httpserver: HTTPServer) -> None:
    service = start(config, "--port", str(httpserver.port))
    _, said = service.communicate(timeout=20)
    assert service.returncode == 2
    assert "cannot listen there" in said
    assert "Traceback" not in said


def test_it_tells_the_service_manager_that_it_lives(config: Path, tmp_path: Path) -> None:
    address = str(tmp_path / "manager")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(address)
        manager.settimeout(20)
        service = start(config, "--no-web", NOTIFY_SOCKET=address, WATCHDOG_USEC="200000")
        try:
            said = [manager.recv(100) for _ in range(4)]
            service.terminate()
            while said[-1] != b"STOPPING=1":
                said.append(manager.recv(100))
        finally:
            service.terminate()
            service.communicate(timeout=20)
    assert said[0] == b"READY=1"
    assert set(said[1:-1]) == {b"WATCHDOG=1"}
