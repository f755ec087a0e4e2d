"""/healthz: whether the schedule beats. Answered from the database, not from the scheduler's own word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from fastapi import Response
from fastapi.responses import JSONResponse

from monitor.decide.health import beats
from monitor.store import Store


def endpoint(store: Store, now: Callable[[], datetime]) -> Callable[[], Response]:
    """200 while the heartbeat is fresh, 503 when it is stale or was never there."""

    def healthz() -> Response:
        beat = store.sources.last_beat()
        alive = beats(beat, now())
        said = {"status": "ok" if alive else "stale", "heartbeat": beat.isoformat() if beat else None}
        return JSONResponse(said, status_code=200 if alive else 503)

    return healthz
