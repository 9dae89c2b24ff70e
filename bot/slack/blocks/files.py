"""The report on files that somebody dropped: what each is, what became of it, and what the checks found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.documents.entities.declared_rules import RULE_FORMS
from bot.documents.findings import Finding
from bot.documents.formats import FORMAT_FILES, Format
from bot.slack.blocks.rendered import Rendered
from bot.slack.texts import clip, count, escape, render, sections
from bot.store.tables import Plan, PlanFile
from bot.workflow.exports import Export

__all__ = ["exported", "report_on_files"]

MOST_FILES = 20
MOST_FOUND = 8
LONGEST_SENTENCE = 300


def report_on_files(plan: Plan, files: Sequence[PlanFile]) -> Rendered | None:
    """Return the report on the files of one message; None where there are none."""
    if not files:
        return None
    found = [Finding.model_validate(one) for file in files for one in file.findings]
    across = [Finding.model_validate(one) for one in files[0].across]
    text = render(
        "files",
        author=files[0].author,
        files=files[:MOST_FILES],
        more_files=len(files) - MOST_FILES,
        found=[told(one) for one in worst_first(found)[:MOST_FOUND]],
        more_found=len(found) - MOST_FOUND,
        across=[told(one) for one in worst_first(across)[:MOST_FOUND]],
        more_across=len(across) - MOST_FOUND,
        checked=sum(bool(file.told) for file in files),
    )
    return Rendered(text=escape(f"{plan.title}: {count(len(files), 'file')} read"), blocks=sections(text))


def exported(plan: Plan, subject: Mapping[str, Any], export: Export) -> Rendered:
    """Return the files of an export, with what they have no place for."""
    lost = [clip(sentence, LONGEST_SENTENCE) for sentence in export.lost[:MOST_FOUND]]
    forms = RULE_FORMS if FORMAT_FILES[Format.ENTITY_SPECS] in export.files else ()
    more = len(export.lost) - MOST_FOUND
    text = render("export", plan=plan, **subject, lost=lost, more_lost=more, rule_forms=forms)
    return Rendered(text=escape(f"{plan.title}: exported"), blocks=[], words=text, files=export.files)


def worst_first(findings: Sequence[Finding]) -> list[Finding]:
    """Return errors before warnings, otherwise in their order."""
    return sorted(findings, key=lambda finding: finding.severity)


def told(finding: Finding) -> tuple[str, str]:
    """Return where something was found, and what."""
    where = finding.place.file + (f", line {finding.place.line}" if finding.place.line else "")
    return where, clip(f"{finding.message} {finding.next_step}", LONGEST_SENTENCE)
