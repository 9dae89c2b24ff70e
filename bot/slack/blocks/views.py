"""Views that only show something: the whole documents of a plan, and as much of anything as Slack takes in one view."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from bot.documents.findings import Severity
from bot.slack.blocks.review_lists import findings, with_mentions
from bot.slack.texts import SECTION_LIMIT, clip, fenced_sections, render, section, sections, wrapped
from bot.store.tables import Plan
from bot.workflow.documents import TITLES
from bot.workflow.reviews import ReviewContent

__all__ = ["document_view", "notes", "shown_only", "within_a_view"]

MOST_VIEW_BLOCKS = 95
MOST_VIEW_CHARACTERS = 200_000
"""Slack takes views of up to 250 KB."""


def notes(content: ReviewContent) -> str:
    """Return all that a review says beside its documents, a line each; nothing is cut."""
    kinds = [
        ("Decided", content.decisions),
        ("Assumed", content.assumptions),
        ("Risks", content.risks),
        ("Not part of this plan: I could not make anything of", content.unread),
        ("Not read, and not in what was delivered either", content.unread_before),
        ("Worth a look", findings(content, Severity.WARNING)),
        ("Left out, as people said", content.left_out),
    ]
    return "\n\n".join("\n".join([f"{title}:", *(f"- {one}" for one in said)]) for title, said in kinds if said)


def document_view(plan: Plan, texts: dict[str, str], beside: str = "", people: Sequence[str] = ()) -> dict[str, Any]:
    """Return a modal that shows the three documents in full (cut where Slack takes no more).

    ``beside`` is what the review says beside them; of those who said it, ``people`` are named.
    """
    blocks = [heading("What was decided and left out"), *named_sections(beside, people)] if beside else []
    for name, text in texts.items():
        blocks += [heading(TITLES[name]), *fenced_sections(text)]
    kept = within_a_view(blocks)
    if len(kept) < len(blocks):
        blocks = [*kept, *sections(render("document_cut"))]
    return shown_only(plan.title, blocks)


def shown_only(title: str, blocks: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return a modal that only shows something."""
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": clip(title, 24)},
        "close": {"type": "plain_text", "text": "Close"},
        "blocks": list(blocks),
    }


def heading(text: str) -> dict[str, Any]:
    """Return a title of a modal."""
    return {"type": "header", "text": {"type": "plain_text", "text": text}}


def named_sections(text: str, people: Sequence[str]) -> list[dict[str, Any]]:
    """Return a text of any length as sections, in which these people are mentions."""
    pieces = [""]
    for line in (with_mentions(part, people) for whole in text.split("\n") for part in wrapped(whole)):
        if len(pieces[-1]) + len(line) + 1 > SECTION_LIMIT:
            pieces.append("")
        pieces[-1] += f"\n{line}"
    return [section(piece.strip()) for piece in pieces if piece.strip()]


def within_a_view(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return as many of the first blocks as Slack takes in one view."""
    room = MOST_VIEW_CHARACTERS
    for number, block in enumerate(blocks[:MOST_VIEW_BLOCKS]):
        room -= len(json.dumps(block))
        if room < 0:
            return blocks[:number]
    return blocks[:MOST_VIEW_BLOCKS]
