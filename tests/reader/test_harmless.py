"""Harmless is a promise: whatever page passes, in whatever shape, the parser is done with it at once."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from monitor.reader import harmless as rules
from monitor.reader.harmless import harmless

SECONDS = 0.6  # of processor time; 0.1 measured on an idle machine
NODES = rules.MOST_COPIES + 4 * rules.MOST_TAGS + 10
Make = Callable[[int], str]


def run(tag: str) -> Make:
    return lambda size: tag * size


def half(opened: str, closed: str) -> Make:
    return lambda size: opened * size + closed * size


def attributes(form: str) -> Make:
    return lambda size: "<a " + "".join(form.format(f"{n:x}") for n in range(size)) + ">"


def left_open(tag: str, block: str, around: str = "", share: int = 20) -> Make:
    """Formatting elements, all different and never closed, then blocks in which they are made anew."""
    return lambda size: (
        around + "".join(f"<{tag} {n:x}>" for n in range(size // share + 1)) + block * (size - size // share)
    )


SHAPES: dict[str, Make] = {
    "nested blocks": run("<div>"),
    "nested lists": run("<ul><li>x"),
    "nested tables": run("<table><tr><td>"),
    "tables in tables": run("<table>"),
    "nested selects": run("<select><option>"),
    "option groups": lambda size: "<select>" + "<optgroup>" * size,
    "templates": run("<template>"),
    "foreign elements": run("<svg><g><foreignObject>"),
    "buttons": run("<button>"),
    "headings": run("<h1><p>"),
    "forms": run("<form><div>"),
    "frames": run("<frameset>"),
    "text before a table": run("<table>x<tr>y"),
    "definition lists": run("<dd><dt>"),
    "ruby": run("<ruby><rt>"),
    "blocks that end otherwise": half("<div>", "</p>"),
    "unknown elements that end otherwise": half("<x>", "</y>"),
    "links in blocks": run("<a><div>"),
    "links in cells": run("<table><td><a href=x>"),
    "attributes": attributes("{} "),
    "attributes with slashes": attributes("{}/"),
    "attributes without blanks": attributes("{}=''"),
    "attributes over lines": attributes("{}\n"),
    "attributes after quoted marks": attributes("{}='<>' "),
    "attributes on many bodies": lambda size: "".join(f"<body {n:x}>" for n in range(size)),
    "formatting elements": run("<b>"),
    "formatting in a table": left_open("b", "<tr>x", "<table>"),
    "formatting in paragraphs": left_open("font", "</p>x<p>y", "<p>", share=40),
    "formatting in blocks": left_open("i", "<div>x</div>", share=20),
    "formatting, half of it": left_open("strong", "<tr>x", "<table>", share=2),
    "formatting across blocks": lambda size: "<b>" * size + "<div></b>" * size,
    "blocks across formatting": lambda size: (
        "".join(f"<b {n:x}>" for n in range(size // 20)) + "<div>" * size + "</b>" * (size // 20)
    ),
    "entities": run("&amp;&nbsp;&#x4e00;"),
    "entities without an end": run("&am"),
    "comments": run("<!-- - -->"),
    "a comment without an end": lambda size: "<!--" + "-" * size,
    "character data": run("<![CDATA[x]]>"),
    "processing instructions": run("<?x"),
    "document types": run("<!doctype html>"),
    "text": run("文"),
    "null tags": run("<>"),
    "a tag without an end": run("<a b"),
}


def largest(make: Make) -> str:
    """The largest page of a shape that still passes."""
    size = 1
    while harmless(make(size * 2).encode()):
        size *= 2
    for step in (size >> bit for bit in range(1, size.bit_length())):
        if harmless(make(size + step).encode()):
            size += step
    return make(size)


def parse(markup: str) -> tuple[float, int]:
    """Seconds of processor time, and how many elements came of it."""
    begin = time.process_time()
    tree = LexborHTMLParser(markup)
    took = time.process_time() - begin
    return took, len(tree.css("*"))


@pytest.mark.parametrize("shape", SHAPES)
def test_the_worst_page_of_a_shape_that_passes_is_parsed_at_once(shape: str) -> None:
    markup = largest(SHAPES[shape])
    took, nodes = parse(markup)
    assert took < SECONDS, f"{len(markup)} characters took {took:.2f} s"
    assert nodes < NODES


FRAGMENTS = [
    *(
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<select>",
        "<option>",
        "<li>",
    ),
    *(
        "<b>",
        "</b>",
        "<i a=b>",
        "<font color=c>",
        "</font>",
        "<a>",
        "</a>",
        "<nobr>",
        "<svg>",
        "<math>",
        "<mi>",
    ),
    *(
        "<template>",
        "<button>",
        "<object>",
        "</object>",
        "<form>",
        "<h1>",
        "x",
        " ",
        "<x y",
        "<!--",
        "-->",
        "&lt;",
    ),
]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.text(), st.lists(st.sampled_from(FRAGMENTS), min_size=1)), min_size=1, max_size=4)
)
def test_no_mixture_that_passes_holds_the_parser(parts: list[tuple[str, list[str]]]) -> None:
    def mixture(size: int) -> str:
        return "".join(("".join(fragments) + text.replace("\0", "")) * size for text, fragments in parts)

    if harmless(mixture(1).encode("utf-8", "replace")):
        took, nodes = parse(largest(mixture))
        assert took < SECONDS
        assert nodes < NODES


BOMB = SHAPES["formatting, half of it"](2_900)


@pytest.mark.parametrize(
    "body",
    [
        b" " * (rules.MOST_BYTES + 1),
        b"<p>" * (rules.MOST_TAGS + 1),
        b"<a " + b"x " * 20_000 + b">",
        b'<a b="' + b'>" c="' * 4_000 + b'">',
        b"<!-- --><a" + b"/x" * 12_000,
        BOMB.encode(),
        BOMB.upper().encode(),
        BOMB.encode("utf-16"),
        BOMB.replace("<", "&lt;").encode(),
        BOMB.replace("<", "&#60;").encode(),
        json.dumps({"html": BOMB}).replace("<", "\\u003c").encode(),
        json.dumps({"html": "<a " + "x\n" * 12_000}).encode(),
    ],
    ids=[
        *("large", "many tags", "many attributes", "attributes behind marks", "attributes behind slashes"),
        *(
            "formatting",
            "in capitals",
            "in UTF-16",
            "in entities",
            "in numbers",
            "in JSON",
            "attributes in JSON",
        ),
    ],
)
def test_what_could_hold_the_parser_does_not_pass(body: bytes) -> None:
    assert not harmless(body)


def test_most_real_pages_pass(shared: Callable[[str], Path]) -> None:
    pages = [path.read_bytes() for path in shared("realpages").rglob("*.htm*")]
    assert sum(map(harmless, pages)) > 0.8 * len(pages)
