"""The seeds of the program, read once for every test that reads a notice."""

from __future__ import annotations

from pathlib import Path

from monitor.settings.load import load_bodies

BODIES = load_bodies(Path(__file__).resolve().parents[1] / "sources.yaml")
