"""Tells whether words that stayed unread at first say a rule that is there by now."""

from __future__ import annotations

from copy import deepcopy

from bot.planning.built_in.drafts.draft import Draft
from bot.planning.built_in.readers.sentence_reader import SentenceReader
from bot.planning.built_in.rules.rule_settling import settle_rules

__all__ = ["is_there_by_now"]


def is_there_by_now(draft: Draft, piece: str) -> bool:
    """Tell whether a piece is read as a rule or as steps now, and adds nothing to what the draft has."""
    trial = deepcopy(draft)
    trial.unread, trial.steps = [], []
    wishes = len(trial.rule_wishes)
    SentenceReader(trial, frozenset(trial.entities)).read(piece, "")
    if trial.unread or not (trial.steps or trial.rule_wishes[wishes:]):
        return False
    if any(not one.steps.edges and not one.limits for one in trial.steps):
        return False
    settle_rules(trial)
    is_settled = all(wish.is_settled for wish in trial.rule_wishes[wishes:])
    return is_settled and trial.entities == draft.entities and trial.links == draft.links
