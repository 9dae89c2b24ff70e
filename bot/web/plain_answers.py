"""What a service answers, as the page shows it: a rule in a plain sentence, not in the notation of the documents."""

from __future__ import annotations

import json

from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.entities.rule_lines import write_rule
from bot.documents.entities.rule_words import rule_in_words

__all__ = ["RULE", "in_plain_words"]

RULE = "rule"
"""Under which name an answer tells the rule that was broken."""


def in_plain_words(body: str, path: str, specs: EntitySpecs | None) -> str:
    """Return an answer with the rule that it names said plainly; one that nobody here knows is left out."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return body
    if not isinstance(told, dict) or not isinstance(told.get(RULE), str):
        return body
    sentence = sentence_of(told[RULE], path, specs) if specs else ""
    said = {name: value for name, value in told.items() if name != RULE}
    return json.dumps(said | ({RULE: sentence} if sentence else {}), ensure_ascii=False)


def sentence_of(notation: str, path: str, specs: EntitySpecs) -> str:
    """Return a rule as a sentence; where two entities have the same one, that of the entity the path is about."""
    found = [
        (path.partition("?")[0].startswith(entity.api_path), rule_in_words(entity.name, rule))
        for entity in specs.entities
        for rule in entity.rules
        if write_rule(rule) == notation
    ]
    return f"{max(found)[1]}." if found else ""
