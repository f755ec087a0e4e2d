"""The shape of sources.yaml, key by key (CONTRACT). Unknown keys are errors; nothing is guessed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from monitor.errors import Refused
from monitor.families import LONGEST_RULE, check_pattern, check_selector
from monitor.fetch.guard import Guard
from monitor.model import Kind, Level
from monitor.settings.cron import check_cron
from monitor.urls import host

_EVERY = re.compile(r"([0-9]{1,6})\s*([smhd])")
_PLACE = r"(?:[a-z0-9_.-]+|\[[0-9a-f:.]+\])"
_HOST = re.compile(rf"{_PLACE}(?::[0-9]{{1,5}})?", re.I)
_HOST_AND_PORT = re.compile(rf"{_PLACE}:([0-9]{{1,5}})", re.I)
_NUMBER = re.compile(r"(?:[^{}]|\{(?:year|month|n)(?::0?[1-9]?d?)?\})+")
_PROXY = re.compile(
    r"http://([\w.~%-]+(:[\w.~%-]*)?@)?([\w.-]+|\[[0-9a-fA-F:.]+\]):(?P<port>[0-9]{1,5})/?", re.A
)
_DAYS = re.compile(r"([0-9]{1,3})\s*d")
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_QUIET = re.compile(rf"{_CLOCK}-{_CLOCK}")
_SPAN_OF_DAYS = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:\.\.([0-9]{4}-[0-9]{2}-[0-9]{2}))?")
_ADDRESS = "an address that begins with http:// or https:// and has a plain host: no password, no blank"
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=366)


def _every(value: object) -> timedelta:
    match = _EVERY.fullmatch(str(value).strip())
    if not match:
        raise ValueError("a number and a unit: 30m, 2h or 1d")
    every = timedelta(**{_UNITS[match[2]]: int(match[1])})
    if every < SHORTEST:
        raise ValueError("not more often than every 1m")
    if every > LONGEST:
        raise ValueError("at least once a year: 366d")
    return every


def _web_address(value: str) -> str:
    try:
        # A private host is a matter for allow_hosts; here only the shape counts.
        Guard(allow_hosts=frozenset({host(value)})).check(value)
    except Refused as refused:
        raise ValueError(_ADDRESS) from refused
    if re.search(r"[\s\\]", value):
        raise ValueError(_ADDRESS)
    return value


def _header(value: str) -> str:
    if not (value.isascii() and value.isprintable()):
        raise ValueError("plain ASCII on one line, as a header can carry it")
    return value


def _named_host(value: str) -> str:
    if not _HOST.fullmatch(value):
        raise ValueError("a host or host:port, such as intranet.example:8080")
    return value


def _gateways(value: dict[str, str]) -> dict[str, str]:
    for place in (*value, *value.values()):
        found = _HOST_AND_PORT.fullmatch(place)
        if not found or not 0 < int(found[1]) < 65536:
            raise ValueError('"name:port": "host:port"')
    return value


def _proxy(value: str) -> str:
    found = _PROXY.fullmatch(value)
    if not found or not 0 < int(found["port"]) < 65536:
        raise ValueError("http://host:port, or http://user:password@host:port with plain characters")
    return value


def _reason(value: str) -> str:
    if not value.strip():
        raise ValueError("why robots.txt may be ignored here, in words")
    return value.strip()


def _cron(value: str) -> str:
    check_cron(value)
    return value


def _number_template(value: str) -> str:
    if not _NUMBER.fullmatch(value):
        raise ValueError("a template over {year}, {month} and {n}, such as ({year}) {month:02d}{n:02d}期")
    return value


def _days(value: object) -> int:
    match = _DAYS.fullmatch(str(value).strip())
    if not match:
        raise ValueError("a number of days: 3d")
    return int(match[1])


def _quiet(value: str) -> str:
    since, _, until = value.partition("-")
    if not _QUIET.fullmatch(value) or since == until:
        raise ValueError('two times of the day, such as "22:00-07:00"')
    return value


def _word(value: str) -> str:
    if not value.strip():
        raise ValueError("a word, not a blank")
    return value.strip()


def _dates(value: object) -> str:
    # YAML reads 2027-02-15 as a date.
    text = value.isoformat() if isinstance(value, date) else str(value).strip()
    days_of(text)
    return text


def days_of(text: str) -> tuple[date, ...]:
    """Every day of `2027-02-15` or `2027-02-08..2027-02-14`; ValueError where it is neither."""
    found = _SPAN_OF_DAYS.fullmatch(text)
    expected = ValueError("a day or days of one holiday: 2027-02-15 or 2027-02-08..2027-02-14")
    try:
        first, last = (
            (date.fromisoformat(each or found[1]) for each in found.groups()) if found else (None, None)
        )
    except ValueError:
        raise expected from None
    if first is None or last is None or not timedelta() <= last - first <= timedelta(days=31):
        raise expected
    return tuple(first + timedelta(days=step) for step in range((last - first).days + 1))


Every = Annotated[timedelta, BeforeValidator(_every)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
ProxyAddress = Annotated[str, AfterValidator(_proxy)]
Reason = Annotated[str, AfterValidator(_reason)]
HeaderText = Annotated[str, AfterValidator(_header)]
Host = Annotated[str, AfterValidator(_named_host)]
Gateways = Annotated[dict[str, str], AfterValidator(_gateways)]
Cron = Annotated[str, AfterValidator(_cron)]
NumberTemplate = Annotated[str, AfterValidator(_number_template)]
IgnoredNodes = Annotated[str, Field(max_length=LONGEST_RULE), AfterValidator(check_selector)]
IgnoredText = Annotated[str, Field(max_length=LONGEST_RULE), AfterValidator(check_pattern)]
Days = Annotated[int, BeforeValidator(_days)]
QuietHours = Annotated[str, AfterValidator(_quiet)]
Word = Annotated[str, Field(max_length=60), AfterValidator(_word)]
Dates = Annotated[str, BeforeValidator(_dates)]
Distance = Annotated[int, Field(ge=0, le=60)]
ChangeKind = Literal[Kind.NEW, Kind.REVISED, Kind.DEADLINE_MOVED, Kind.WITHDRAWN, Kind.RESTORED]
Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=60)]


class Strict(BaseModel):
    """A mapping of the file: no key but these."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class AttachmentKeys(Strict):
    """`attachments:` of `fetch:`, of one notice at most so many and each at most so large; 0 fetches none."""

    most: int = Field(default=20, ge=0, le=100)
    megabytes: int = Field(default=20, ge=1, le=100)


class FetchKeys(Strict):
    """`fetch:` how politely, from where, and which addresses besides the public ones."""

    contact: HeaderText | None = None
    concurrency: int = Field(default=8, ge=1, le=200)
    per_host: int = Field(default=1, ge=1, le=50)
    delay: float = Field(default=2.0, ge=0, le=600)
    per_day: int = Field(default=300, ge=1)
    timeout: float = Field(default=30, gt=0, le=600)
    allow_hosts: tuple[Host, ...] = ()
    connect_to: Gateways = {}
    attachments: AttachmentKeys = AttachmentKeys()


class RobotsKeys(Strict):
    """`robots:` of `http:`, robots.txt set aside by the owner's recorded choice."""

    ignore: Reason


class HttpKeys(Strict):
    """`http:` of a source, where it differs from the rest.

    `tls: legacy` is for the host of the source's url alone. `transport: stdlib` is for servers whose
    headers the usual library refuses.
    """

    headers: dict[HeaderText, HeaderText] = {}
    user_agent: HeaderText | None = None
    proxy: ProxyAddress | None = Field(default=None, repr=False)
    tls: Literal["legacy"] | None = None
    transport: Literal["stdlib"] | None = None
    robots: RobotsKeys | None = None
    echo_cookie: bool = False


class IgnoreKeys(Strict):
    """One rule of `ignore:`: `selector` (nodes of a notice's page) or `pattern` (text in its lines)."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1, "maxProperties": 1})

    selector: IgnoredNodes | None = None
    pattern: IgnoredText | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.selector is None) == (self.pattern is None):
            raise ValueError("either selector or pattern: one of the two")
        return self


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
    ignore: Annotated[tuple[IgnoreKeys, ...], Field(max_length=20)] = ()
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


class TellingKeys(Strict):
    """What digests and alerts have in common: who is told of what. A list that is left out chooses nothing.

    `keywords` may stand anywhere in a notice, `exclude` are words that its title, number and issuers
    must not have; `remind` are working days before a deadline; `quiet` are hours in Asia/Shanghai.
    """

    name: Name
    to: tuple[str, ...] = ()
    sections: tuple[str, ...] = ("政策文件", "绿色制造", "申报通知")
    regions: tuple[str, ...] = Field(default=(), min_length=1)
    levels: tuple[Level, ...] = Field(default=(), min_length=1)
    kinds: tuple[ChangeKind, ...] = Field(default=(), min_length=1)
    keywords: tuple[Word, ...] = Field(default=(), min_length=1)
    exclude: tuple[Word, ...] = Field(default=(), min_length=1)
    only: Literal["all", "reviewed"] = "all"
    pieces: int = Field(default=3, ge=0)
    quiet: QuietHours | None = None
    remind: tuple[Distance, ...] = Field(default=(), max_length=10)
    remind_only: Literal["all", "kept"] = "all"


class DigestKeys(TellingKeys):
    """One of `digests:` told at times of the day; `empty: heartbeat` sends word when there is no news.

    `ics: true` has its mails carry the open deadlines as a calendar file.
    """

    at: Cron = "30 8 * * *"
    workdays: bool = True
    empty: Literal["nothing", "heartbeat"] = "nothing"
    ics: bool = False


class AlertKeys(TellingKeys):
    """One of `alerts:` told as soon as something matches. `deadline_within`: with so little time left."""

    deadline_within: Days | None = None


class CalendarKeys(Strict):
    """`calendar:` days off and days worked that the official table does not have, or has otherwise."""

    holidays: tuple[Dates, ...] = ()
    workdays: tuple[Dates, ...] = ()


class FileKeys(Strict):
    """sources.yaml as a whole."""

    fetch: FetchKeys = FetchKeys()
    operators: OperatorKeys = OperatorKeys()
    publisher: PublisherKeys = PublisherKeys()
    calendar: CalendarKeys = CalendarKeys()
    sources: tuple[SourceKeys, ...] = ()
    channels: tuple[ChannelKeys, ...] = ()
    digests: tuple[DigestKeys, ...] = ()
    alerts: tuple[AlertKeys, ...] = ()
