"""An imported plan from a PLAN.md: its tasks and checkpoints in the file's order, and the summary that it asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.documents.formats import Format
from bot.documents.phases.phase_plan import (
    AutoTask,
    Decision,
    Feature,
    HumanAction,
    HumanVerification,
    PhasePlan,
    PlanTask,
)
from bot.patterns import regex
from bot.planning.imported.plan import (
    ImportedKind,
    ImportedPhase,
    ImportedPlan,
    ImportedTask,
    Option,
    SummaryAsked,
    Verification,
)
from bot.planning.imported.verifications import verifications_in

__all__ = ["imported_phase_plan"]

NUMBER = regex(r"\d{1,4}")
SUMMARY_PATH = regex(r"`?((?:\.planning/)?[\w./-]{1,300}SUMMARY\.md)`?", re.ASCII)
HEADING = regex(r"^#[ \t]+(.+)$", re.MULTILINE)
WHERE = regex(r"^Phase \d[\d.]*(?:,?[ ]Plan \d[\d.]*)?:?[ ]+", re.IGNORECASE)
SUMMARY_WORD = regex(r"[ ]+Summary$", re.IGNORECASE)
BOLD_LINE = regex(r"^\*\*(.+)\*\*$", re.MULTILINE)
NEXT_STEP = regex(r"^##[ \t]+Next (?:Step|Steps|Phase Readiness)[ \t]*\n+(.+)$", re.MULTILINE | re.IGNORECASE)
LEADING_DIGITS = regex(r"^[\d.]+[-_ ]*[a-z]?[-_ ]+")
LONGEST_TITLE = 60


def imported_phase_plan(plan: PhasePlan, text: str, file: str) -> ImportedPlan:
    """Return what a PLAN.md asks for."""
    parts: Sequence[PlanTask | Feature] = plan.tasks or plan.features
    numbers = numbers_of(parts)
    phase = phase_number(plan.phase)
    tasks = tuple(task_of(part, number, phase) for part, number in zip(parts, numbers, strict=True))
    title = title_of(plan, file)
    folder = plan.phase or "phase"
    return ImportedPlan(
        format=Format.PLAN,
        file=file,
        text=text,
        title=title,
        phase=plan.phase,
        plan=plan.plan,
        objective=joined(plan.objective, labelled("Purpose", plan.purpose), labelled("Output", plan.objective_output)),
        context=plan.context.text,
        phases=(ImportedPhase(number=phase, name=title),),
        tasks=tasks,
        verifications=at_the_end(plan),
        must_haves=plan.must_haves,
        summary=summary_of(plan.output, f".planning/phases/{folder}/{plan_id(plan)}-SUMMARY.md"),
    )


def numbers_of(parts: Sequence[PlanTask | Feature]) -> list[str]:
    """Return the tasks' own numbers where each has one of its own, else their places."""
    own = [part.number for part in parts if isinstance(part, PlanTask) and part.number]
    if len(own) == len(parts) and len(set(own)) == len(own):
        return own
    return [str(place) for place in range(1, len(parts) + 1)]


def phase_number(phase: str) -> int:
    """Return the number that a phase's name begins with, or 1."""
    found = NUMBER.match(phase)
    return int(found[0]) if found else 1


def plan_id(plan: PhasePlan) -> str:
    """Return the name that a plan's files begin with, such as ``01-03``."""
    found = NUMBER.match(plan.phase)
    return "-".join(part for part in (found[0] if found else "", plan.plan) if part) or "01"


def title_of(plan: PhasePlan, file: str) -> str:
    """Return a title: that of the summary it asks for, else the words of its phase, else the file's name."""
    heading = HEADING.search(plan.output)
    if heading:
        title = SUMMARY_WORD.sub("", WHERE.sub("", heading[1].strip()))
        if title and "[" not in title:
            return title[:LONGEST_TITLE]
    words = LEADING_DIGITS.sub("", plan.phase).replace("-", " ").replace("_", " ").strip()
    name = words or file.rpartition("/")[2].removesuffix(".md").removesuffix("-PLAN") or "Imported plan"
    return (name[:1].upper() + name[1:])[:LONGEST_TITLE]


def task_of(part: PlanTask | Feature, number: str, phase: int) -> ImportedTask:
    """Return one task, whatever its kind."""
    title = part.name or f"Task {number}"
    match part:
        case AutoTask():
            return code_task(part, number, phase, title)
        case HumanVerification():
            kind, ask = ImportedKind.LOOK, joined(part.what_built, part.how_to_verify, part.resume_signal)
            return ImportedTask(
                number=number, phase=phase, kind=kind, ask=ask, title=part.name or first_line(part.what_built, title)
            )
        case Decision():
            options = tuple(
                Option(
                    name=option.name or option.id,
                    about=joined(labelled("for", option.pros), labelled("against", option.cons)),
                )
                for option in part.options
            )
            kind, ask = ImportedKind.DECISION, joined(part.decision, part.context)
            name = part.name or first_line(part.decision, title)
            return ImportedTask(number=number, phase=phase, kind=kind, ask=ask, title=name, options=options)
        case HumanAction():
            ask = joined(part.action, part.instructions, part.verification, part.resume_signal)
            name = part.name or first_line(part.action, title)
            return ImportedTask(number=number, phase=phase, kind=ImportedKind.ACTION, ask=ask, title=name)
        case Feature():
            action = joined(labelled("Behaviour", part.behavior), part.implementation)
            return ImportedTask(number=number, phase=phase, title=title, files=part.files, action=action)
        case _:
            return ImportedTask(number=number, phase=phase, title=title)


def code_task(part: AutoTask, number: str, phase: int, title: str) -> ImportedTask:
    """Return a task whose code is written."""
    return ImportedTask(
        number=number,
        title=title,
        phase=phase,
        files=part.files,
        action=joined(part.action, labelled("Behaviour", part.behavior)),
        done=part.done,
        verifications=verifications_in((*part.automated, part.verify, part.acceptance_criteria)),
        depends=part.depends,
    )


def at_the_end(plan: PhasePlan) -> tuple[Verification, ...]:
    """Return the verifications of the whole: boxes and truths; criteria of success where there are neither."""
    boxes = verifications_in(box.text for box in plan.verification)
    truths = tuple(Verification(text=truth) for truth in plan.must_haves.truths)
    return boxes + truths or verifications_in((plan.success_criteria,))


def summary_of(output: str, usual: str) -> SummaryAsked | None:
    """Return the summary that the output section asks for; None where it asks for none."""
    if "summary" not in output.lower():
        return None
    named = SUMMARY_PATH.search(output)
    path = named[1] if named else usual
    heading, bold, following = HEADING.search(output), BOLD_LINE.search(output), NEXT_STEP.search(output)
    return SummaryAsked(
        path=path if path.startswith(".planning/") else f".planning/{path}",
        title=filled(heading),
        one_line=filled(bold),
        next_steps=(filled(following),) if filled(following) else (),
    )


def filled(found: re.Match[str] | None) -> str:
    """Return what a template says, unless it is a place that is still to be filled in."""
    said = found[1].strip() if found else ""
    return "" if said.startswith(("[", "{")) else said


def first_line(text: str, otherwise: str) -> str:
    """Return the first line of a text, cut to the length of a title."""
    line = text.strip().partition("\n")[0].strip()
    return line[:LONGEST_TITLE] or otherwise


def labelled(label: str, text: str) -> str:
    """Return a text behind its label; nothing for an empty one."""
    return f"{label}: {text}" if text else ""


def joined(*texts: str) -> str:
    """Return texts as paragraphs, without empty ones."""
    return "\n\n".join(text for text in texts if text.strip())
