"""Lets an order hold several things, each so many times: "cafés order bags" may mean more than one bag in an order."""

from __future__ import annotations

import re

from bot.documents.entities.entity_specs import EntityField, FieldType
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft, FieldDraft, Link
from bot.planning.built_in.drafts.resolution import add_reference
from bot.planning.built_in.questions.answers import plural_of
from bot.planning.built_in.words.vocabulary import spoken

__all__ = ["add_lines", "lines_meant", "lines_option"]

GATHERED = frozenset({"order", "purchase"})
"""Records that hold several things at once, where several are spoken of."""
SEVERAL = regex(
    r"\b(?:(?:several|many|more than one|different|multiple|various) (?:[a-z-]+ )?(?:[a-z-]+ )?"
    r"(?:in|per|at|on|for|with) (?:one|an?|each|every|the same|once)|how many of (?:each|them)|"
    r"(?:orders?|purchases?|it|they) (?:(?:can|may|could|should) )?(?:has|have|holds?|contains?|lists?) "
    r"(?:several|many|more than one|different|multiple|various))\b",
    re.IGNORECASE,
)
"""Several of them in one order, in people's own words."""
LONGEST = 200


def lines_option(link: Link) -> str:
    """Return how an order that holds several things is offered; nothing where only one is ordered at a time."""
    if link.noun not in GATHERED or not link.object_is_many:
        return ""
    return f"Every {link.noun}, with several {plural_of(spoken(link.object))} in it and how many of each"


def lines_meant(text: str) -> bool:
    """Tell whether an answer in people's own words means several things in one order."""
    return len(text) <= LONGEST and SEVERAL.search(text) is not None and re.search(r"\bnot?\b", text) is None


def add_lines(draft: Draft, link: Link, name: str, dates: tuple[tuple[str, bool], ...]) -> None:
    """Add the order, and what is in it: one row for each thing, with how many of it."""
    order, line = draft.entity(name, link.said), f"{name}{link.object}"
    add_reference(draft, name, link.subject, link.said, optional=False)
    for field, optional in dates:
        moment = EntityField(name=field, type=FieldType(name="datetime"), optional=optional)
        order.fields.setdefault(field, FieldDraft(moment, link.said))
    order.is_settled = True
    row = draft.entity(line, link.said)
    add_reference(draft, line, name, link.said, optional=False)
    add_reference(draft, line, link.object, link.said, optional=False)
    amount = EntityField(name="quantity", type=FieldType(name="int"))
    row.fields.setdefault("quantity", FieldDraft(amount, link.said, type_said=True))
    row.is_settled = True
