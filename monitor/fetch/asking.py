"""What is sent: the first request, and the one after a redirect. Pure; talks to nobody."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote, urlencode, urljoin, urlsplit

from monitor import __version__
from monitor.errors import Blocked, ConfigError, FetchError
from monitor.fetch.blocked import blocked
from monitor.fetch.exchange import Answer, Ask
from monitor.model import Http, Request, Validators

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_KEEP_METHOD = frozenset({307, 308})
_PRIVATE = frozenset({"authorization", "cookie"})
_BODY = frozenset({"content-type", "content-length"})
# Printable ASCII stays as the server wrote it, escapes too; a backslash never becomes a slash.
_SAFE = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"<>\\^`{|}')


def user_agent(contact: str | None) -> str:
    """An honest name, and whom to write to; ConfigError for a contact that no header can carry."""
    if contact and not _is_plain(contact):
        raise ConfigError("fetch.contact", "plain ASCII, an e-mail address or a URL")
    return f"kuaixun/{__version__}" + (f" (+{contact})" if contact else "")


def first_ask(request: Request, *, agent: str, http: Http, validators: Validators | None) -> Ask:
    """The request on the wire: our name, then the source's headers, then the request's own."""
    headers = {"user-agent": http.user_agent or agent, "accept": "*/*"}
    headers |= {name.lower(): value for name, value in http.headers.items()}
    headers |= {name.lower(): value for name, value in request.headers}
    headers |= _conditions(validators)
    headers["accept-encoding"] = "gzip, deflate"  # what we can inflate under a cap
    method, form = request.method.upper(), urlencode(request.form)
    if form and method == "GET":
        raise FetchError(request.url, "cannot be asked: a form goes with POST")
    if form:
        headers.setdefault("content-type", "application/x-www-form-urlencoded; charset=UTF-8")
    _check(request.url, headers)
    url = request.url.partition("#")[0]
    return Ask(url=url, method=method, headers=headers, content=form.encode())


def is_redirect(answer: Answer) -> bool:
    """Whether the answer sends us on."""
    return answer.status in _REDIRECTS and "location" in answer.headers


def follow(ask: Ask, answer: Answer, *, may_repeat: bool) -> Ask:
    """The request that a redirect asks for; the target has still to pass the guard.

    Location's bytes are kept as they are: some sites send raw GBK, which any decoding would spoil.
    `may_repeat`: the same request makes sense once more, because it now has a cookie to show.
    """
    wall = blocked(answer.status, answer.headers, answer.body)
    if wall is not None:
        raise Blocked(ask.url, wall, status=answer.status)
    raw = answer.headers["location"].encode("latin-1").strip()
    try:
        url = urljoin(ask.url, quote(raw, safe=_SAFE)).partition("#")[0]
        headers = _for_host(ask, url)
    except ValueError as error:
        reason = "redirects to something that is no address"
        raise FetchError(ask.url, reason, status=answer.status) from error
    onward = replace(ask, url=url, headers=headers)
    if answer.status in _KEEP_METHOD or ask.method == "GET":
        return onward if url != ask.url or may_repeat else _in_circles(ask, answer)
    headers = {name: value for name, value in onward.headers.items() if name not in _BODY}
    return replace(onward, method="GET", headers=headers, content=b"")


def _in_circles(ask: Ask, answer: Answer) -> Ask:
    if answer.cookies:  # it wants another cookie back each time: nobody gets in who runs no script
        raise Blocked(ask.url, "browser challenge (cookie and redirect to itself)", status=answer.status)
    raise FetchError(ask.url, "redirects to itself", status=answer.status)


def _for_host(ask: Ask, url: str) -> dict[str, str]:
    """A source's cookie or password is for its own host, and not for everyone on the way."""
    (old_scheme, old_place), (scheme, place) = _place(ask.url), _place(url)
    keeps = place == old_place and scheme in (old_scheme, "https")
    return {name: value for name, value in ask.headers.items() if keeps or name not in _PRIVATE}


def _place(url: str) -> tuple[str, str]:
    parts = urlsplit(url.lower())
    return parts.scheme, parts.netloc


def _conditions(validators: Validators | None) -> dict[str, str]:
    if validators is None:
        return {}
    pairs = (("if-none-match", validators.etag), ("if-modified-since", validators.last_modified))
    return {name: value for name, value in pairs if value and _is_plain(value)}


def _check(url: str, headers: dict[str, str]) -> None:
    for name, value in headers.items():
        if not (_is_plain(name) and _is_plain(value)):
            raise FetchError(url, f"cannot be asked: header {name!r} is not plain ASCII")


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable()
