"""The house rules of a workspace: the shipped ones until somebody changes them; a change is a revision with its author.

What a person gives is read and checked first, and refused with what is wrong. The text is kept as it was given.
"""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.checks import check_house_rules
from bot.checks.registry import all_rules
from bot.documents.findings import Finding, Place, has_errors
from bot.documents.fingerprint import fingerprint
from bot.documents.frozen import Frozen
from bot.documents.house_rules.house_rules import HouseRules
from bot.documents.house_rules.house_rules_reader import read_house_rules
from bot.documents.redaction import redact
from bot.generation.blueprint import USUAL
from bot.patterns import regex
from bot.planning.model.written_files import CODE_CHECKS
from bot.planning.shipped_rules import shipped_text
from bot.resources import resource
from bot.store.tables import HouseRulesRevision
from bot.verification.judge_words import BY_HAND
from bot.verification.ruff_rules import ruff_rules
from bot.workflow.refusals import Refused

__all__ = [
    "CurrentHouseRules",
    "HouseRulesRefused",
    "change_house_rules",
    "current_house_rules",
    "describe_checks",
    "house_rules_revisions",
    "is_check",
    "judge_house_rules",
]

RUFF = "ruff "
CODE = regex(r"[A-Z]{1,8}\d{0,4}")
ANY_CODE = f"{RUFF}CODE"
RUFF_SETTINGS = f"templates/{USUAL}/ruff.toml"


class CurrentHouseRules(Frozen):
    """The house rules that hold in a workspace; revision 0 are the shipped ones, which nobody changed."""

    revision: int
    fingerprint: str
    text: str
    document: HouseRules
    changed_by: str = ""
    at: datetime | None = None


class HouseRulesRefused(Refused):
    """House rules can't be taken as they are. ``findings`` say what is wrong, and where; nothing has changed."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        """Say the first thing that is wrong, and how many more there are."""
        wrong = [finding for finding in findings if has_errors([finding])]
        first = f"{wrong[0].message} {wrong[0].next_step}"
        more = f" And {len(wrong) - 1} more." if len(wrong) > 1 else ""
        super().__init__(f"The house rules are as they were. {first}{more}")
        self.findings = findings


async def current_house_rules(session: AsyncSession, workspace: str) -> CurrentHouseRules:
    """Return the rules that hold in a workspace now."""
    newest = next(iter(await house_rules_revisions(session, workspace, most=1)), None)
    text = newest.text if newest else shipped_text()
    return CurrentHouseRules(
        revision=newest.revision if newest else 0,
        fingerprint=fingerprint(text),
        text=text,
        document=read_house_rules(text).document,
        changed_by=newest.changed_by if newest else "",
        at=newest.at if newest else None,
    )


async def house_rules_revisions(
    session: AsyncSession, workspace: str, most: int | None = None
) -> Sequence[HouseRulesRevision]:
    """Return the revisions of a workspace, newest first; none where the shipped rules hold."""
    query = select(HouseRulesRevision).where(col(HouseRulesRevision.workspace) == workspace)
    return (await session.scalars(query.order_by(col(HouseRulesRevision.revision).desc()).limit(most))).all()


async def change_house_rules(
    session: AsyncSession, workspace: str, text: str, person: str, upon: int | None = None
) -> CurrentHouseRules:
    """Keep a new revision, which the next build's prompts carry; the same text as now makes none.

    ``upon`` is the revision that the person saw. Raises HouseRulesRefused where the text is wrong, and Refused where
    somebody else changed the rules since.
    """
    given = redact(text.encode("utf-8", "replace").decode().replace("\0", "\ufffd"))
    findings = await asyncio.to_thread(judge_house_rules, given)
    if has_errors(findings):
        raise HouseRulesRefused(findings)
    current = await current_house_rules(session, workspace)
    if upon is not None and upon != current.revision:
        raise Refused(
            f"<@{current.changed_by}> changed the house rules meanwhile: they are at revision {current.revision}, and "
            f"you saw {upon}. Nothing is lost: look at them, then give yours again."
        )
    if fingerprint(given) == current.fingerprint:
        return current
    session.add(
        HouseRulesRevision(
            workspace=workspace,
            revision=current.revision + 1,
            fingerprint=fingerprint(given),
            text=given,
            changed_by=person,
        )
    )
    await session.flush()
    return await current_house_rules(session, workspace)


def judge_house_rules(text: str, file: str = "house_rules.md") -> tuple[Finding, ...]:
    """Return everything there is to say about a text of house rules."""
    reading = read_house_rules(text, file)
    if has_errors(reading.findings):
        return reading.findings
    return (*reading.findings, *check_house_rules(reading.document, is_check, {"": Place(file=file), **reading.places}))


def is_check(name: str) -> bool:
    """Tell whether a check exists by its name in a rule: a judge, `ruff CODE`, a check of code, a PT rule."""
    if name in describe_checks():
        return name != ANY_CODE
    code = name.removeprefix(RUFF)
    if code == name or not CODE.fullmatch(code) or not code.startswith(codes_that_are_on()):
        return False
    return any(rule.startswith(code) for rule in ruff_rules())


@cache
def describe_checks() -> dict[str, str]:
    """Return the checks that a rule may name, and what each sees to; `ruff CODE` stands for any code that is on."""
    return {
        **BY_HAND,
        **CODE_CHECKS,
        ANY_CODE: f"a rule of ruff that is on in generated services: {', '.join(codes_that_are_on())}",
        **{rule.id: rule.title for rule in all_rules() if rule.id.startswith(("PT3", "PT6"))},
    }


@cache
def codes_that_are_on() -> tuple[str, ...]:
    """Return the codes of ruff, or beginnings of codes, that are on in generated services."""
    settings = tomllib.loads(resource(RUFF_SETTINGS).read_text(encoding="utf-8"))
    return tuple(settings["lint"]["select"])
