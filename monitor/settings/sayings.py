"""What pydantic found wrong, in words for whoever writes sources.yaml. Never the value itself."""

from __future__ import annotations

from pydantic import ValidationError

from monitor.settings.yaml_ import KeyPath

_LIST, _MAPPING = "a list: [a, b], or lines that begin with -", "a mapping: lines of key: value"
_TEXT, _WHOLE, _SWITCH = "a text (numbers, dates and yes/no in quotes)", "a whole number", "true or false"
_SAYINGS = {
    "extra_forbidden": "unknown key",
    "missing": "this key is required",
    "tuple_type": _LIST,
    "list_type": _LIST,
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "string_type": _TEXT,
    "bool_type": _SWITCH,
    "bool_parsing": _SWITCH,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing_size": _WHOLE,
    "float_type": "a number",
    "float_parsing": "a number",
}


def saying(error: ValidationError) -> tuple[KeyPath, str]:
    """The place of the first thing that is wrong, and what was expected there."""
    first = error.errors(include_url=False, include_context=False)[0]
    said = _SAYINGS.get(first["type"]) or first["msg"].removeprefix("Value error, ")
    said = said[:1].lower() + said[1:] if said[1:2].islower() else said
    is_empty = first["input"] is None and first["type"] != "missing"
    return first["loc"], f"{said}; it is empty" if is_empty else said
