"""Recognises rules in the bot's own notation, as RULES sections of entity_specs have them, in what people write."""

from __future__ import annotations

import re

from bot.documents.entities.declared_rules import (
    ACTIONS,
    WRITES,
    ActionByOwner,
    ActionByRole,
    AtMost,
    DeclaredRule,
    NoOverlap,
    OneOpen,
    OnlyWhile,
    Transition,
)
from bot.documents.entities.entity_lines import Names
from bot.documents.entities.rule_lines import read_rule_line
from bot.patterns import regex
from bot.planning.built_in.phrases.rule_phrases import Form, Wish

__all__ = ["read_notation", "without_notation"]

LONGEST_LINE = 400
LEAD = regex(
    r"^\s*(?:[-*•]\s+)?(?:(?:and|also|please)\s+)*(?:(?:add|set|include)\s+)?(?:(?:an?|the|this)\s+)?(?:new\s+)?"
    r"(?:rules?\s*:\s*)?`?",
    re.IGNORECASE,
)
OF_ENTITY = regex(r"^(?P<entity>[A-Za-z][\w ]{0,60}?)\s*:\s*(?P<rule>.+)$")
"""A rule with what it is about before it: "Batch: transition status: …"."""
HOST = regex(r"^\s*(?:ENTITY\s*:\s*)?(?P<entity>[A-Z]\w*)\s*:?\s*$")
"""A line that only names what the rules under it are about."""
HEAD = regex(r"^\s*\**rules?\**\s*:?\**\s*$", re.IGNORECASE)
PLAIN_COUNT = regex(r"^[Aa]t most \d+ [a-z][\w -]* per\b")
"""Plain words that look like the notation, whose entities begin with a capital: "at most 15 walkers per hike"."""
NOTHING_KNOWN = Names()


def read_notation(line: str) -> Wish | None:
    """Return the rule of a line in the notation, with what it says it is about; None for any other line."""
    if len(line) > LONGEST_LINE:
        return None
    text = LEAD.sub("", line, count=1).strip().strip("`")
    if PLAIN_COUNT.match(text):
        return None
    if is_notation(read_rule_line(text, NOTHING_KNOWN).rule):
        return Wish(Form.NOTATION, text, {"rule": text, "entity": ""})
    about = OF_ENTITY.match(text)
    if about is None or not is_notation(read_rule_line(about["rule"], NOTHING_KNOWN).rule):
        return None
    return Wish(Form.NOTATION, text, {"rule": about["rule"], "entity": about["entity"]})


def is_notation(rule: DeclaredRule | None) -> bool:
    """Tell whether a rule is of a form that plain sentences don't have; the others are read as these are."""
    if isinstance(rule, ActionByOwner | ActionByRole):
        return rule.action in ACTIONS
    if isinstance(rule, OnlyWhile):
        return rule.action in WRITES
    return isinstance(rule, Transition | OneOpen | NoOverlap | AtMost)


def without_notation(text: str) -> tuple[str, list[Wish]]:
    """Return a text without its lines in the notation, and the rules of these; their headings go with them."""
    rest: list[str] = []
    wishes: list[Wish] = []
    heads: list[str] = []
    host = ""
    for line in text.splitlines():
        wish = read_notation(line)
        if wish is not None:
            wishes.append(wish if wish.parts["entity"] else Wish(wish.form, wish.quote, wish.parts | {"entity": host}))
            heads = []
        elif HEAD.match(line):
            heads.append(line)
        elif named := HOST.match(line):
            host = named["entity"]
            heads.append(line)
        else:
            rest += [*heads, line]
            heads, host = [], host if not line.strip() else ""
    return ("\n".join([*rest, *heads]), wishes) if wishes else (text, [])
