"""The table of contents of the web: every address and who answers it. GET changes nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from fastapi import FastAPI, Request, Response
from starlette.middleware.trustedhost import TrustedHostMiddleware

from monitor.decide.workdays import Works
from monitor.model import Source
from monitor.store import Store
from monitor.web import health
from monitor.web.feeds import Feeds
from monitor.web.pages import Pages

LOOPBACK = ("127.0.0.1", "::1", "localhost")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def build(
    store: Store,
    sources: Sequence[Source],
    *,
    now: Callable[[], datetime],
    works: Works,
    open_pages: bool,
    mark: str,
) -> FastAPI:
    """The application. Without `open_pages` only /healthz answers: there is no login yet, so pages
    are served on loopback alone, and only to a browser that asked for loopback by name.
    `mark` stands on every page (the demo says that it is one); `works` says which days are worked.
    """
    app = FastAPI(title="快讯", openapi_url=None, docs_url=None, redoc_url=None)
    app.middleware("http")(_headers)
    app.add_api_route(
        "/healthz", health.endpoint(store, now), methods=["GET", "HEAD"], include_in_schema=False
    )
    if open_pages:
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=[*LOOPBACK, "[::1]"])
        site = Pages(store=store, configured=sources, now=now, mark=mark)
        app.add_api_route("/", site.changes, methods=["GET"])
        app.add_api_route("/notices/{notice_id}", site.notice, methods=["GET"])
        app.add_api_route("/sources", site.sources, methods=["GET"])
        app.add_api_route("/deadlines", site.deadlines, methods=["GET"])
        feeds = Feeds(store=store, configured=sources, now=now, mark=mark, works=works)
        app.add_api_route("/deadlines.ics", feeds.deadlines, methods=["GET", "HEAD"])
        app.add_api_route("/feeds/all.atom", feeds.everything, methods=["GET", "HEAD"])
        app.add_api_route("/feeds/section/{section}.atom", feeds.section, methods=["GET", "HEAD"])
        app.add_api_route("/feeds/source/{source_id}.atom", feeds.source, methods=["GET", "HEAD"])
    return app


async def _headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await call_next(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
