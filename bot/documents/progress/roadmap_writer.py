"""Writes ROADMAP.md in its canonical form: phases with boxes, their details, a table of progress."""

from __future__ import annotations

from bot.documents.progress.roadmap import PhasePlanLine, Roadmap, RoadmapPhase
from bot.documents.progress.roadmap_reader import PLAN_LINE, plain_plan
from bot.documents.text.markdown import inline, paragraphs, span
from bot.documents.text.notes import front_matter_block, write_notes
from bot.documents.text.prose import heading_text, label_line, strong
from bot.documents.text.tables import write_table

__all__ = ["write_roadmap"]


def write_roadmap(roadmap: Roadmap) -> str:
    """Return the canonical text."""
    title = heading_text(f"Roadmap: {roadmap.title}") if roadmap.title else "Roadmap"
    blocks = [*front_matter_block(roadmap.front_matter), f"# {title}"]
    if roadmap.overview:
        blocks += ["## Overview", paragraphs(roadmap.overview)]
    if roadmap.phases:
        blocks += ["## Phases", "\n".join(phase_line(phase) for phase in roadmap.phases)]
    details = [block for phase in roadmap.phases for block in phase_details(phase)]
    if details:
        blocks += ["## Phase Details", *details]
    if roadmap.progress:
        rows = [(row.phase, row.done, row.state, row.completed) for row in roadmap.progress]
        head = ("Phase", roadmap.counted, "State", "Completed")
        blocks += ["## Progress", write_table(head, rows, [row.more for row in roadmap.progress])]
    blocks += write_notes(roadmap.notes)
    return "\n\n".join(blocks) + "\n"


def phase_line(phase: RoadmapPhase) -> str:
    """Return a phase's line in the list."""
    box = "" if phase.state is None else f"[{phase.state}] "
    summary = f" - {span(phase.summary)}" if phase.summary else ""
    return f"- {box}{strong(phase_title(phase))}{summary}"


def phase_title(phase: RoadmapPhase) -> str:
    """Return a phase's number and name."""
    return f"Phase {phase.number}: {phase.name}" if phase.name else f"Phase {phase.number}"


def phase_details(phase: RoadmapPhase) -> list[str]:
    """Return the details of a phase; nothing where there are none."""
    fields = (("Goal", phase.goal), ("Depends on", phase.depends_on), ("Requirements", phase.requirements))
    lines = [label_line(name, text) for name, text in fields if text]
    lines += [label_line(label.name, label.text) for label in phase.labels]
    blocks = ["  \n".join(lines)] if lines else []
    if phase.success_criteria:
        criteria = (f"{index}. {inline(text)}" for index, text in enumerate(phase.success_criteria, start=1))
        blocks += ["**Success Criteria**:", "\n".join(criteria)]
    if phase.plans_text or phase.plans:
        blocks.append(label_line("Plans", phase.plans_text))
    if phase.plans:
        blocks.append("\n".join(plan_line(plan) for plan in phase.plans))
    return [f"### {heading_text(phase_title(phase))}", *blocks] if blocks else []


def plan_line(plan: PhasePlanLine) -> str:
    """Return a plan's line."""
    box = "" if plan.state is None else f"[{plan.state}] "
    if plan.name:
        return f"- {box}{plan.name}: {span(plan.text)}".rstrip()
    return f"- {box}{nameless(inline(plan.text))}"


def nameless(text: str) -> str:
    """Return a text so that it isn't taken for a plan's name."""
    if not PLAN_LINE.fullmatch(plain_plan(text)):
        return text
    return text.replace("`", "\\`") if text.startswith("`") else text.replace("-", "\\-", 1)
