"""ROADMAP.md: what is written is read back, and foreign ones are read with what they leave out."""

from __future__ import annotations

from hypothesis import given, settings

from bot.documents.roadmap import Roadmap
from bot.documents.roadmap_reader import read_roadmap
from bot.documents.roadmap_writer import write_roadmap
from tests.documents.progress_strategies import roadmaps


@settings(max_examples=60, deadline=None)
@given(roadmaps())
def test_what_is_written_is_read_back(roadmap: Roadmap) -> None:
    text = write_roadmap(roadmap)
    assert read_roadmap(text).roadmap == roadmap
