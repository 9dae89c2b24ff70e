"""Takes back what a requirement stands for: "remove requirement 9" drops the rule that it was written for.

Requirements follow from things, rules and features, in this order. Their numbers are those of the first review, as far
as nothing was changed since; later ones may have kept older numbers, so people are asked for the words of the rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.documents.naming import plural, snake_case
from bot.generation.blueprint import load_blueprint
from bot.generation.feature_specs import features_in, with_features
from bot.patterns import regex
from bot.planning.built_in.changes.rule_changes import RuleChanges
from bot.planning.built_in.drafts.assembly import assemble
from bot.planning.built_in.drafts.draft import Draft
from bot.planning.built_in.rules.open_tasks import open_tasks
from bot.planning.built_in.words.vocabulary import spoken

__all__ = ["RequirementChanges", "ShownRequirement", "requirements_shown"]

REMOVED = regex(
    r"^(?:please\s+|no,?\s+)?(?:remove|drop|delete|forget(?:\s+about)?|take\s+out|leave\s+out|scrap|skip|ignore|lift|cancel|"
    r"get\s+rid\s+of)\s+(?:the\s+)?(?P<what>requirements?|criteri(?:on|a)|req|r|fr)[\s.#-]*"
    r"(?:(?:number|no\.?)\s*)?(?P<numbers>\d{1,3}(?:\.\d{1,3})?(?:\s*(?:,|and|&|or)+\s*\d{1,3}(?:\.\d{1,3})?)*)"
    r"(?:\s+(?:again|please|entirely|completely))?[.!]*$",
    re.IGNORECASE,
)
QUOTED = regex(r"“(?P<rule>.+)”")
BY_WORDS = "I know rules by their words, not by their numbers: say “drop the rule …” with its words in quotes"


@dataclass(frozen=True)
class ShownRequirement:
    """What a requirement of a review is about: a thing, a rule as it was said, or a feature."""

    thing: str = ""
    rule: str = ""
    feature: str = ""


def requirements_shown(draft: Draft, texts: Iterable[str]) -> tuple[ShownRequirement, ...]:
    """Return what each requirement of a settled draft is about, in their order; the draft takes the notes of it."""
    tasks, _ = open_tasks(draft, texts)
    blueprint = load_blueprint()
    specs = assemble(draft)
    features = features_in(specs, blueprint.usual_features)
    rules = [QUOTED.search(task.details[0]) for task in tasks]
    return (
        *(ShownRequirement(thing=entity.name) for entity in with_features(specs, features).entities),
        *(ShownRequirement(rule=found["rule"] if found else "") for found in rules),
        *(ShownRequirement(feature=one.name) for one in blueprint.chosen(features) if one.criteria),
    )


class RequirementChanges(RuleChanges):
    """Applies changes that name requirements by their numbers."""

    shown: Callable[[], tuple[ShownRequirement, ...]] | None = None
    """What the requirements are that people saw; None where their numbers may be other ones."""

    def remove_requirements(self, text: str, sentence: str) -> bool:
        """Take back the rules of requirements, or say what to say instead; tell whether it was about any."""
        match = REMOVED.match(text)
        if match is None:
            return False
        numbers = re.findall(r"[\d.]+", match["numbers"])
        if self.shown is None or any("." in number for number in numbers):
            self.draft.leave(f"{sentence} ({BY_WORDS})")
            return True
        shown = self.shown()
        for number in map(int, numbers):
            self.remove_requirement(number, shown[number - 1 : number] if number else (), len(shown), sentence)
        return True

    def remove_requirement(self, number: int, found: tuple[ShownRequirement, ...], count: int, sentence: str) -> None:
        """Take back the rule that one requirement stands for, or say what to say instead."""
        about = f"requirement {number}"
        if not found:
            self.draft.leave(f"{sentence} (there is no {about}, the last one is {count}. {BY_WORDS})")
            return
        one = found[0]
        if one.rule and self.forget_quoted(one.rule):
            self.draft.decide(f"“{sentence}”: the rule “{one.rule}” is taken back ({self.author})")
            return
        if one.thing:
            things = spoken(plural(snake_case(one.thing)))
            self.draft.leave(
                f"{sentence} ({about} is all that {things} do; say “remove {things}”, or which field or rule goes)"
            )
            return
        if one.feature:
            self.draft.leave(f"{sentence} ({about} comes with the feature {one.feature}, which no change takes out)")
            return
        self.draft.leave(f"{sentence} ({BY_WORDS})")
