"""Lets an order hold several things, each so many times: "cafés order bags" may mean more than one bag in an order."""

from __future__ import annotations

import re

from bot.documents.entities.entity_specs import EntityField, FieldType
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft, FieldDraft, Link
from bot.planning.built_in.drafts.resolution import GATHERED, add_reference, name_both, record_named
from bot.planning.built_in.questions.answers import OpenPoint, chosen, note, plural_of, yes_or_no
from bot.planning.built_in.questions.choices_in_own_words import one_or_several
from bot.planning.built_in.words.vocabulary import a, spoken
from bot.planning.conversation import Question

__all__ = ["add_lines", "lines_meant", "lines_option", "lines_point"]

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


def lines_point(draft: Draft, link: Link) -> OpenPoint:
    """Ask whether an order that was told of holds one thing, or several."""
    noun, object_ = link.noun, spoken(link.object)
    options = (f"One {object_} in each {noun}", f"Several {plural_of(object_)} in one {noun}, and how many of each")
    question = Question(
        id=f"link:{link.verb}:{link.subject}:{link.object}".lower(),
        text=f"“{link.said.quote}”: can one {noun} hold several {plural_of(object_)}?",
        reason=f"It decides whether {a(noun)} shows one {object_}, or a list of them.",
        options=options, default=options[0],
        examples=(f"{noun} 5 shows {object_} 1, and no other",
                  f"{noun} 5 shows 3 of {object_} 1 and 2 of {object_} 4"),
    )  # fmt: skip

    def settle(text: str, author: str) -> None:
        link.is_settled = True
        option = chosen(text, options)
        answer = option == options[1] if option else lines_meant(text) or yes_or_no(text)
        answer = one_or_several(text) if answer is None else answer
        record = record_named(draft, link)
        if answer:
            add_lines(draft, link, record, ())
        else:
            name_both(draft, link, record)
        held = f"several {plural_of(object_)}, and how many of each" if answer else f"one {object_}"
        note(draft, f"{a(noun).capitalize()} has {held}", text, author, is_answered=answer is not None)

    return OpenPoint("how they are linked", question, settle)
