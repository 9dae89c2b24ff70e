"""A file's format is told by its name, then by its first telling line; what only looks like one is none."""

from __future__ import annotations

import pytest

from bot.documents.formats import Format, detect_format

SUMMARY_OF_RESEARCH = "\n# Project Research Summary\n\n**Researched:** on Monday\n"


@pytest.mark.parametrize(
    ("name", "text", "known"),
    [
        ("SUMMARY.md", SUMMARY_OF_RESEARCH, None),
        ("01-02-SUMMARY.md", "---\nphase: 01-research\n---\n\n# Research Summary\n", Format.SUMMARY),
        ("SUMMARY.md", "# Phase 1 Plan 2: Ovens Summary\n", Format.SUMMARY),
        ("01-02-PLAN.md", SUMMARY_OF_RESEARCH, Format.PLAN),
    ],
)
def test_a_summary_of_research_is_no_summary_of_a_plan(name: str, text: str, known: Format | None) -> None:
    assert detect_format(name, text) is known
