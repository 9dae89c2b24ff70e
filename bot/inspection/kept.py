"""Facts in the form in which they are kept with a plan: bounded, on one line each, and without secrets."""

from __future__ import annotations

from bot.checks.repository_ways import KnownEntity
from bot.documents.findings import Finding, Place
from bot.documents.redaction import redact
from bot.inspection.facts import Fact, RepositoryFacts

__all__ = ["for_keeping"]

LONGEST = 300
"""Characters of one text."""
LONGEST_NAME = 80
MOST_FACTS = 60
MOST_FINDINGS = 10
MOST_LEFT_OUT = 20


def for_keeping(facts: RepositoryFacts) -> RepositoryFacts:
    """Return facts whose texts are short, plain and without secrets, however the repository is written."""
    ways, more = facts.ways, len(facts.left_out) - MOST_LEFT_OUT
    told = facts.left_out if more <= 0 else (*facts.left_out[: MOST_LEFT_OUT - 1], f"{more + 1} more were not read.")
    return RepositoryFacts(
        name=clean(facts.name)[:LONGEST_NAME],
        facts=tuple(map(clean_fact, facts.facts[:MOST_FACTS])),
        findings=tuple(map(clean_finding, facts.findings[:MOST_FINDINGS])),
        ways=ways.model_copy(
            update={
                "application": clean(ways.application),
                "entities": tuple(map(clean_entity, ways.entities)),
            }
        ),
        left_out=tuple(map(clean, told)),
    )


def clean_fact(fact: Fact) -> Fact:
    """Return a fact with clean texts."""
    return Fact(name=fact.name, value=clean(fact.value), evidence=tuple(map(clean, fact.evidence)))


def clean_entity(entity: KnownEntity) -> KnownEntity:
    """Return a stored class with clean texts."""
    return KnownEntity(
        name=clean(entity.name)[:LONGEST_NAME], table=clean(entity.table)[:LONGEST_NAME], place=clean(entity.place)
    )


def clean_finding(finding: Finding) -> Finding:
    """Return a finding with clean texts."""
    place = Place(file=clean(finding.place.file), line=finding.place.line, column=finding.place.column)
    return finding.model_copy(update={"message": clean(finding.message), "place": place})


def clean(text: str) -> str:
    """Return a text on one line, with secrets replaced, without signs that steer a screen, and not too long."""
    line = " ".join(redact(text).split())
    plain = "".join(char for char in line.encode("utf-8", "replace").decode("utf-8") if char.isprintable())
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1]}…"
