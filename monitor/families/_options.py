"""What every family may be told about a site in sources.yaml: checked when the file is read."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

_PROBE = LexborHTMLParser("<p></p>")


def _css(selector: str) -> str:
    try:
        _PROBE.css(selector)
    except SelectolaxError as error:
        raise ValueError(f"not a CSS selector: {selector!r}") from error
    return selector


Css = Annotated[str, AfterValidator(_css)]


class PageOptions(BaseModel):
    """Options that every family has. `body`: where a notice's text stands, if it is not found by itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    body: Css | None = None
