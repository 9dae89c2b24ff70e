"""A record that people or other versions wrote is read as a whole, or refused with a sentence."""

from __future__ import annotations

import json

import pytest

from bot.building.record import UnreadableRecord, read_record, record_of
from tests.generation.samples import build_inputs, library

RECORD = record_of(build_inputs(library()), {"README.md": b"hello"}, is_derived=True)


def test_a_record_comes_back_as_it_was_written() -> None:
    assert read_record(RECORD.text()) == RECORD


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "has the format None"),
        (b"\xff\xfe", "has the format None"),
        (b"[" * 200_000, "has the format None"),
        (b"[1]", "has the format None"),
        (b'{"format": 99}', "has the format 99"),
        (b'{"format": 1}', "can't be read"),
        (json.dumps({**json.loads(RECORD.text()), "more": 1}).encode(), "can't be read"),
    ],
    ids=["nothing", "bytes", "deep", "list", "later", "half", "more"],
)
def test_what_is_no_record_is_refused_with_what_is_wrong(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableRecord, match=words):
        read_record(content)
