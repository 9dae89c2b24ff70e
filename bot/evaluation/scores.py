"""What a planner made of a brief, in numbers: what was found of what was wanted, asked, assumed and left silent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from bot.documents.findings import Severity
from bot.documents.frozen import Frozen
from bot.evaluation.briefs import Brief
from bot.evaluation.matching import Match, has_type, match
from bot.evaluation.person import Talk, says
from bot.evaluation.rule_matching import match_rules
from bot.generation.errors import UnsupportedSpecsError
from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import word_set
from bot.planning.conversation import Proposal
from bot.workflow.documents import derive_documents

__all__ = ["Score", "Share", "score", "total"]

QUOTED = regex(r"“[^”]*”")
COMMON_WORDS = word_set(
    "a an the of to for in on at by with from and or when who which that is are be it its their they them can may "
    "must every each one some as out more than no not only day"
)
"""Words that say nothing about which behaviour is meant."""


class Share(Frozen):
    """How many of those that were wanted were found."""

    found: int = 0
    wanted: int = 0

    def __add__(self, other: Share) -> Share:
        """Add two shares."""
        return Share(found=self.found + other.found, wanted=self.wanted + other.wanted)

    def __str__(self) -> str:
        """Write it as ``3 of 4``."""
        return f"{self.found} of {self.wanted}"


class Score(Frozen):
    """The numbers of one brief, or the sum of several. ``missed`` names what was not found; it is never recorded."""

    entities: Share = Share()
    fields: Share = Share()
    """Of the essential fields, also those of entities that are missing."""
    types: Share = Share()
    """Of the fields that were found, those with the right type."""
    optional: Share = Share()
    """Of the fields and references that were found, those that are rightly required or optional."""
    relations: Share = Share()
    rules: Share = Share()
    custom: Share = Share()
    """Behaviour beyond records and rules that is held as such, or quoted."""
    coverage: Share = Share()
    """Acceptance criteria that a task of the derived plan names."""
    extra_entities: int = 0
    extra_fields: int = 0
    extra_relations: int = 0
    extra_rules: int = 0
    errors: int = 0
    warnings: int = 0
    questions: int = 0
    rounds: int = 0
    ambiguities: int = 0
    asked: int = 0
    """Ambiguities that a question spoke of."""
    assumed: int = 0
    """Of the others, those that an assumption or a decision spoke of."""
    quoted: int = 0
    """Of the others, those that only a quoted piece spoke of."""
    silent: int = 0
    """Those that nothing spoke of: silent guesses."""
    failures: int = 0
    """Briefs that ended without a proposal."""
    input_tokens: int = 0
    output_tokens: int = 0
    missed: tuple[str, ...] = ()

    @property
    def extra(self) -> int:
        """Return how many entities, fields, relations and rules nobody wanted."""
        return self.extra_entities + self.extra_fields + self.extra_relations + self.extra_rules


def total(scores: Iterable[Score]) -> Score:
    """Return the sum of scores."""
    sums: dict[str, Any] = {}
    for one in scores:
        for name in Score.model_fields:
            value = getattr(one, name)
            sums[name] = sums[name] + value if name in sums else value
    return Score.model_validate(sums)


def score(brief: Brief, talk: Talk, *, input_tokens: int = 0, output_tokens: int = 0) -> Score:
    """Score a conversation that was held about a brief. Pure: the same talk gives the same numbers."""
    said = {"questions": len(talk.questions), "rounds": talk.rounds, "ambiguities": len(brief.ambiguities)}
    tokens = {"input_tokens": input_tokens, "output_tokens": output_tokens}
    wanted = Score.model_validate({**said, **tokens, **nothing_found(brief)})
    if talk.proposal is None:
        return wanted.model_copy(
            update={"failures": 1, "missed": (f"no proposal: {talk.failure}",), **spoken_of(brief, talk, None)}
        )
    found = match(brief, talk.proposal.specs)
    lost = [f"custom: {one.words}" for one in brief.custom if not is_kept(one.words, talk.proposal)]
    scores, missed = model_scores(brief, found)
    more, problems = plan_scores(talk.proposal)
    return wanted.model_copy(
        update={
            **scores,
            **more,
            **spoken_of(brief, talk, talk.proposal),
            "custom": Share(found=len(brief.custom) - len(lost), wanted=len(brief.custom)),
            "missed": (*found.missed, *missed, *problems, *lost),
        }
    )


def essential_fields(brief: Brief) -> int:
    """Return how many fields of a brief must be found."""
    return sum(one.essential for entity in brief.entities for one in entity.fields)


def nothing_found(brief: Brief) -> dict[str, Share]:
    """Return the shares of a brief of which nothing was found."""
    wanted = {
        "entities": len(brief.entities),
        "fields": essential_fields(brief),
        "relations": len(brief.relations),
        "rules": len(brief.rules),
        "custom": len(brief.custom),
    }
    return {name: Share(wanted=count) for name, count in wanted.items()}


def model_scores(brief: Brief, found: Match) -> tuple[dict[str, object], list[str]]:
    """Score entities, fields, types, relations and rules; return also what is wrong, in words."""
    pairs = [
        (entity, one, found.fields[entity.name, one.name])
        for entity in brief.entities
        for one in entity.fields
        if (entity.name, one.name) in found.fields
    ]
    typed = [(f"{entity.name}.{one.name}", has_type(one, there, found.specs)) for entity, one, there in pairs]
    optional = [one.optional == there.optional for _, one, there in pairs]
    optional += [
        brief.relations[number].optional == carried.key.optional
        for number, carried in found.relations.items()
        if carried.key is not None
    ]
    essential = [one for _, one, _ in pairs if one.essential]
    rules = match_rules(brief, found)
    wrong = [f"type of {name}" for name, is_right in typed if not is_right]
    wrong += [f"rule ({one.form}): {one.words}" for one in rules.missed]
    extra = (*found.extra_entities, *found.extra_fields, *found.extra_relations, *rules.extra)
    scores: dict[str, object] = {
        "entities": Share(found=len(found.entities), wanted=len(brief.entities)),
        "fields": Share(found=len(essential), wanted=essential_fields(brief)),
        "types": Share(found=sum(is_right for _, is_right in typed), wanted=len(typed)),
        "optional": Share(found=sum(optional), wanted=len(optional)),
        "relations": Share(found=len(found.relations), wanted=len(brief.relations)),
        "rules": Share(found=len(brief.rules) - len(rules.missed), wanted=len(brief.rules)),
        "extra_entities": len(found.extra_entities),
        "extra_fields": len(found.extra_fields),
        "extra_relations": len(found.extra_relations),
        "extra_rules": len(rules.extra),
    }
    return scores, [*wrong, *(f"extra {name}" for name in extra)]


def plan_scores(proposal: Proposal) -> tuple[dict[str, object], list[str]]:
    """Score what is derived from a proposal: findings (returned also in words), and criteria that tasks name."""
    try:
        documents, findings = derive_documents(proposal)
    except UnsupportedSpecsError as error:
        return {"errors": 1}, [f"no plan: {error}"]
    named = {number for task in documents.task_plan.tasks() for number in task.requirements}
    criteria = [criterion.number for criterion in documents.requirements.criteria()]
    scores: dict[str, object] = {
        "coverage": Share(found=sum(number in named for number in criteria), wanted=len(criteria)),
        "errors": sum(finding.severity is Severity.ERROR for finding in findings),
        "warnings": sum(finding.severity is Severity.WARNING for finding in findings),
    }
    return scores, [f"finding {one.rule}: {one.message}" for one in findings]


def spoken_of(brief: Brief, talk: Talk, proposal: Proposal | None) -> dict[str, object]:
    """Count by what each ambiguity can be seen: a question, an assumption or decision, a quoted piece, nothing.

    What a question only quotes was not asked: a planner that quotes whatever it can't read would ask everything.
    """
    questions = [QUOTED.sub(" ", " ".join((one.text, one.reason, *one.options))) for one in talk.questions]
    assumed = [*proposal.assumptions, *proposal.decisions] if proposal else []
    quoted = [piece for one in talk.questions for piece in QUOTED.findall(one.text)]
    quoted += [*proposal.unread, *spelled_custom(proposal)] if proposal else []
    ways = {"asked": questions, "assumed": assumed, "quoted": quoted}
    counts = dict.fromkeys([*ways, "silent"], 0)
    for one in brief.ambiguities:
        seen = (way for way, texts in ways.items() if any(says(text, word) for text in texts for word in one.words))
        counts[next(seen, "silent")] += 1
    return dict(counts)


def is_kept(words: str, proposal: Proposal) -> bool:
    """Tell whether a behaviour is held as custom, or quoted: half of the words that carry it occur in one place.

    What a declared rule keeps beside its own words is quoted in its decision.
    """
    carrying = [word for word in re.findall(r"[\w-]+", words.lower()) if word not in COMMON_WORDS]
    beside = (one.partition("keeps too:")[2] for one in proposal.decisions if ", keeps too: " in one)
    texts = (*spelled_custom(proposal), *proposal.unread, *beside)
    return any(2 * sum(says(text, word) for word in carrying) >= len(carrying) for text in texts)


def spelled_custom(proposal: Proposal) -> list[str]:
    """Return everything that each custom behaviour says, as one text each."""
    return [" ".join(str(value) for value in one.model_dump().values()) for one in proposal.custom]
