"""The shape of sources.yaml, key by key (CONTRACT). Unknown keys are errors; nothing is guessed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from monitor.model import Level
from monitor.settings.cron import check_cron
from monitor.urls import host

_EVERY = re.compile(r"(\d+)\s*([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
SHORTEST = timedelta(minutes=1)


def _every(value: object) -> timedelta:
    match = _EVERY.fullmatch(str(value).strip())
    if not match:
        raise ValueError("a number and a unit: 30m, 2h or 1d")
    every = timedelta(**{_UNITS[match[2]]: int(match[1])})
    if every < SHORTEST:
        raise ValueError("not more often than every 1m")
    return every


def _web_address(value: str) -> str:
    if (
        not value.startswith(("http://", "https://"))
        or not host(value)
        or re.search(r"[\s\\\x00-\x1f]", value)
    ):
        raise ValueError("an address that begins with http:// or https:// and has a host")
    return value


def _cron(value: str) -> str:
    check_cron(value)
    return value


def _number_template(value: str) -> str:
    try:
        value.format(year=2019, month=9, n=1)
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        raise ValueError("a template over {year}, {month} and {n}") from error
    return value


Every = Annotated[timedelta, BeforeValidator(_every)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Cron = Annotated[str, AfterValidator(_cron)]
NumberTemplate = Annotated[str, AfterValidator(_number_template)]
Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=60)]


class Strict(BaseModel):
    """A mapping of the file: no key but these."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class FetchKeys(Strict):
    """`fetch:` how politely, from where, and which addresses besides the public ones."""

    contact: str | None = None
    concurrency: int = Field(default=8, ge=1, le=200)
    per_host: int = Field(default=1, ge=1, le=50)
    delay: float = Field(default=2.0, ge=0, le=600)
    per_day: int = Field(default=300, ge=1)
    timeout: float = Field(default=30, gt=0, le=600)
    allow_hosts: tuple[str, ...] = ()
    connect_to: dict[str, str] = {}


class HttpKeys(Strict):
    """`http:` of a source, where it differs from the rest."""

    headers: dict[str, str] = {}
    user_agent: str | None = None


class SourceKeys(Strict):
    """One block of `sources:`."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
    name: Annotated[str, Field(min_length=1, max_length=100)]
    url: WebAddress
    replaces: tuple[str, ...] = ()
    family: str | None = None
    every: Every = timedelta(hours=2)
    level: Level = Level.NATIONAL
    region: str = "全国"
    options: dict[str, object] = {}
    http: HttpKeys = HttpKeys()
    may_be_empty: bool = False
    enabled: bool = True
    note: str = ""


class OperatorKeys(Strict):
    """`operators:` who hears of broken sources and dead letters."""

    to: tuple[str, ...] = ()


class PublisherKeys(Strict):
    """`publisher:` whose bulletin it is."""

    name: str = ""
    phone: str = ""
    site: str = ""
    number: NumberTemplate = "({year}) {month:02d}{n:02d}期"
    closing: str = ""
    template: str | None = None


class ChannelKeys(Strict):
    """One of `channels:`. An empty url writes the channel's pieces into the storage folder."""

    name: Name
    url: str = Field(default="", repr=False)


class DigestKeys(Strict):
    """One of `digests:`."""

    name: Name
    to: tuple[str, ...] = ()
    at: Cron = "30 8 * * *"
    workdays: bool = True
    sections: tuple[str, ...] = ("政策文件", "绿色制造", "申报通知")
    only: Literal["all", "reviewed"] = "all"
    pieces: int = Field(default=3, ge=0)


class FileKeys(Strict):
    """sources.yaml as a whole."""

    fetch: FetchKeys = FetchKeys()
    operators: OperatorKeys = OperatorKeys()
    publisher: PublisherKeys = PublisherKeys()
    sources: tuple[SourceKeys, ...] = ()
    channels: tuple[ChannelKeys, ...] = ()
    digests: tuple[DigestKeys, ...] = ()
