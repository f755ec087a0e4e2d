"""Inflating: whatever the chunks, the same body; never more than the cap."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import FetchError
from monitor.fetch.inflate import Inflater

URL = "http://a.gov.cn/"


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


PACKERS = {"": bytes, "gzip": gzip.compress, "deflate": zlib.compress}


def poured(data: bytes, encoding: str, *, limit: int, size: int) -> Inflater:
    inflater = Inflater(URL, encoding, limit=limit)
    for start in range(0, len(data), size):
        inflater.feed(data[start : start + size])
        if inflater.done:
            break
    return inflater


@given(st.binary(max_size=400), st.sampled_from(sorted(PACKERS)), st.integers(1, 50))
def test_the_size_of_the_chunks_does_not_matter(body: bytes, encoding: str, size: int) -> None:
    body = b"<html>" + body
    assert poured(PACKERS[encoding](body), encoding, limit=10_000, size=size).finish() == body


@given(st.lists(st.binary(max_size=60), min_size=1, max_size=5), st.integers(1, 50))
def test_gzip_in_members_is_one_body(parts: list[bytes], size: int) -> None:
    data = b"".join(map(gzip.compress, parts))
    assert poured(data, "gzip", limit=10_000, size=size).finish() == b"".join(parts)


@given(st.binary(min_size=1, max_size=300), st.integers(1, 40))
def test_no_truncated_gzip_passes_for_a_body(body: bytes, cut: int) -> None:
    data = gzip.compress(body)
    with pytest.raises(FetchError, match="body cut off"):
        poured(data[: max(2, len(data) - cut)], "gzip", limit=10_000, size=7).finish()


@given(st.binary(max_size=400), st.sampled_from(["", "gzip", "deflate"]), st.integers(0, 100))
def test_any_bytes_end_in_a_body_within_the_cap_or_in_an_error(
    data: bytes, encoding: str, limit: int
) -> None:
    try:
        inflater = poured(data, encoding, limit=limit, size=9)
        body = inflater.so_far() if inflater.full else inflater.finish()
    except FetchError:
        return
    assert len(body) <= limit


@pytest.mark.parametrize("extra", [0, 1])
@pytest.mark.parametrize("encoding", sorted(PACKERS))
def test_full_means_more_than_the_limit(encoding: str, extra: int) -> None:
    body = b"x" * (1000 + extra)
    assert poured(PACKERS[encoding](body), encoding, limit=1000, size=64).full is bool(extra)


def test_bytes_that_inflate_to_nothing_do_not_go_on_for_ever() -> None:
    inflater = poured(gzip.compress(b"") * 10_000, "gzip", limit=1000, size=64)
    assert inflater.full


def test_what_follows_the_end_is_not_read() -> None:
    inflater = poured(zlib.compress(b"page") + b"junk" * 1000, "deflate", limit=100, size=64)
    assert (inflater.done, inflater.finish()) == (True, b"page")


@given(st.binary(max_size=200))
def test_raw_deflate_is_understood(body: bytes) -> None:
    packed = raw_deflate(b"<html>" + body)
    assert poured(packed, "deflate", limit=1000, size=11).finish() == b"<html>" + body
