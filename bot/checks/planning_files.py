"""Rules across the files of a planning tree: what one file calls done, the others must not know otherwise.

A plan is done exactly when its summary exists. Nothing is held against a file that wasn't given: a roadmap alone is
judged by its own reader.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from bot.checks.across import COVERAGE_RULES, Coverage
from bot.checks.entity_tasks import check_entity_tasks
from bot.checks.field_names import NAMING_RULES, Passage, SharedNames, passages_of_requirements
from bot.checks.phase_plan import shown
from bot.checks.plan_keys import PlanKey, named_plan, phase_number
from bot.checks.planning_tree import PlanningTree, SpecFolder, Undertaking, spec_folders, undertakings
from bot.checks.registry import Problem, Rule, RuleSet, quote
from bot.documents.findings import Finding, Place, Severity
from bot.documents.progress.progress_words import state_of_words
from bot.documents.progress.project_state import ProjectState
from bot.documents.progress.requirements_list import ListedRequirement, RequirementsList
from bot.documents.progress.roadmap import RoadmapPhase, phase_numbers
from bot.documents.text.boxes import TaskState

__all__ = ["UNDERTAKING_RULES", "check_planning_tree"]

UNDERTAKING_RULES: RuleSet[Undertaking] = RuleSet("ROADMAP.md")
rule = UNDERTAKING_RULES.rule

SEPARATOR = "\0"
"""Between a path and a subject in it; no path holds it."""

COVERED_CRITERIA = "PT401"
"""The rule whose findings stand in the requirements, not in the tasks."""

ALL = 100
"""Percent."""

LATER = ("v2", "v3", "later", "future", "deferred", "out of scope", "backlog", "nice to have")
"""How headings of groups begin whose requirements wait for another version."""


def at(path: str, subject: str = "") -> str:
    """Return the subject of a problem in a file."""
    return f"{path}{SEPARATOR}{subject}"


@rule(
    "PT420",
    "Every summary belongs to a plan that is there",
    Severity.WARNING,
    "A summary without its plan reports work that nobody planned, or the plan was lost.",
)
def has_its_plan(undertaking: Undertaking) -> Iterator[Problem]:
    """Find summaries whose plan isn't among the files; a summary that is read alone misses none."""
    if not (undertaking.phase_plans or undertaking.roadmap_path):
        return
    for key, path in undertaking.summary_keys.items():
        if key not in undertaking.plan_keys:
            message = f"There is a summary of {key}, and no such plan."
            yield Problem(at(path, "plan"), message, "Put the plan beside it.")


@rule(
    "PT421",
    "What the roadmap ticks as done has a summary that leaves nothing open",
    Severity.ERROR,
    "A plan is done exactly when its summary exists; a ticked box without one is done without doing.",
)
def is_done_with_evidence(undertaking: Undertaking) -> Iterator[Problem]:
    """Find ticked plans, and plans of ticked phases, without a summary, or with one that names what is left."""
    if not (undertaking.phase_plans or undertaking.summaries):
        return
    for phase in undertaking.roadmap.phases:
        ticked = {key: subject for key, subject, state in plan_lines(phase) if state is TaskState.DONE}
        if phase.state is TaskState.DONE:
            ticked |= {key: phase.number for key in undertaking.plans_of(phase) if key not in ticked}
        for key, subject in ticked.items():
            if key not in undertaking.finished:
                what = "its summary leaves work open" if key in undertaking.summary_keys else "it has no summary"
                message = f"The roadmap calls {key} done, and {what}."
                step = "Write its summary when it is done, and open the box until then."
                yield Problem(at(undertaking.roadmap_path, subject), message, step)


@rule(
    "PT422",
    "What is done by its summary is ticked in the roadmap",
    Severity.WARNING,
    "People read the roadmap; work that it calls open is done again.",
)
def is_ticked(undertaking: Undertaking) -> Iterator[Problem]:
    """Find open plans that are done by their summary, and open phases all of whose plans are."""
    for phase in undertaking.roadmap.phases:
        lines = plan_lines(phase)
        for key, subject, state in lines:
            if key in undertaking.finished and state not in {None, TaskState.DONE}:
                message = f"{key} is done by its summary, and the roadmap calls it open."
                yield Problem(at(undertaking.roadmap_path, subject), message, "Tick it.")
        keys = {*undertaking.plans_of(phase), *(key for key, _, _ in lines)}
        is_open = phase.state not in {None, TaskState.DONE}
        if is_open and undertaking.plans_of(phase) and keys <= undertaking.finished:
            message = f"Every plan of phase {phase.number} is done by its summary, and the phase is still open."
            yield Problem(at(undertaking.roadmap_path, phase.number), message, "Tick it, or add the plan that is left.")


def plan_lines(phase: RoadmapPhase) -> list[tuple[PlanKey, str, TaskState | None]]:
    """Return the plans that the roadmap lists for a phase: key, subject and box."""
    found = ((named_plan(plan.name, ""), plan) for plan in phase.plans)
    return [(key, f"{phase.number}/{plan.name}", plan.state) for key, plan in found if key]


@rule(
    "PT423",
    "Every plan is of a phase that the roadmap has",
    Severity.WARNING,
    "A plan outside the roadmap is work that nobody sees coming, or the phase was renumbered.",
)
def is_of_a_phase(undertaking: Undertaking) -> Iterator[Problem]:
    """Find plans of phases that aren't in the roadmap."""
    for key, path in undertaking.plan_keys.items():
        if undertaking.phases and key.phase and key.phase not in undertaking.phases:
            message = f"The plan {key} is of phase {key.phase}, which the roadmap doesn't have."
            yield Problem(at(path, "phase"), message, "Add the phase to the roadmap, or correct the plan's phase.")


@rule(
    "PT424",
    "Roadmap and plans name requirements that REQUIREMENTS.md has",
    Severity.WARNING,
    "A reference to nothing looks like coverage and is none.",
)
def names_listed_requirements(undertaking: Undertaking) -> Iterator[Problem]:
    """Find ids such as AUTH-01 that the list doesn't have, or that were struck from it."""
    listed = {each.id.casefold(): each for each in requirements_of(undertaking)}
    for subject, name, ids in references(undertaking) if listed else ():
        found = {number: listed.get(number.casefold()) for number in ids if "-" in number}
        missing = [number for number, requirement in found.items() if requirement is None]
        struck = [number for number, requirement in found.items() if requirement and requirement.removed]
        for numbers, one, several in ((missing, "is", "are"), (struck, "was struck from", "were struck from")):
            if numbers:
                reason = (one if len(numbers) == 1 else several) + (" not in" if numbers is missing else "")
                message = f"{name} names {shown(numbers)}, which {reason} REQUIREMENTS.md."
                yield Problem(subject, message, "Name a requirement of the list, or take it out.")


def references(undertaking: Undertaking) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield what names requirements: its subject, how messages call it, and the ids."""
    for phase in undertaking.roadmap.phases:
        yield at(undertaking.roadmap_path, phase.number), f"Phase {phase.number}", phase.requirement_ids
    names = {path: f"The plan {key}" for key, path in undertaking.plan_keys.items()}
    for path, plan in undertaking.phase_plans.items():
        yield at(path, "requirements"), names.get(path, "This plan"), plan.requirements


@rule(
    "PT425",
    "REQUIREMENTS.md, the roadmap and the summaries agree on which requirements are done",
    Severity.WARNING,
    "State that differs between files is believed nowhere.",
)
def agrees_on_requirements(undertaking: Undertaking) -> Iterator[Problem]:
    """Find requirements that are ticked with their phase open, and ones that a summary completed with an open box."""
    completed = {number.casefold() for number in undertaking.completed}
    for path, listed in undertaking.requirements_lists.items():
        for requirement in listed.requirements():
            is_completed = requirement.id.casefold() in completed
            if requirement.removed or requirement.state is None:
                continue
            open_phase = next((phase for phase in phases_of(requirement, listed, undertaking) if is_open(phase)), None)
            if requirement.state is TaskState.DONE and open_phase and not is_completed:
                message = f"{requirement.id} is ticked, and phase {open_phase.number}, which builds it, is open."
                yield Problem(at(path, requirement.id), message, "Open its box until the phase is done.")
            elif requirement.state is not TaskState.DONE and is_completed:
                message = f"A summary completes {requirement.id}, and its box is open."
                yield Problem(at(path, requirement.id), message, "Tick it, or take it out of the summary.")


def is_open(phase: RoadmapPhase) -> bool:
    """Tell whether a phase has a box that isn't ticked."""
    return phase.state not in {None, TaskState.DONE}


def phases_of(
    requirement: ListedRequirement, listed: RequirementsList, undertaking: Undertaking
) -> Iterator[RoadmapPhase]:
    """Yield the phases of the roadmap that build a requirement: those of its row, else those that name it."""
    trace = listed.trace(requirement.id)
    traced = [phase for number in phase_numbers(trace.phase) if (phase := undertaking.phase(number))] if trace else []
    number = requirement.id.casefold()
    named = (phase for phase in undertaking.roadmap.phases if number in map(str.casefold, phase.requirement_ids))
    yield from traced or named


@rule(
    "PT426",
    "Every requirement of the list is built in a phase",
    Severity.WARNING,
    "A requirement that no phase names is scope that was dropped without anyone deciding so.",
)
def is_planned(undertaking: Undertaking) -> Iterator[Problem]:
    """Find requirements of this version in no phase, where the roadmap names requirements at all."""
    if not any(phase.requirement_ids for phase in undertaking.roadmap.phases):
        return
    for path, listed in undertaking.requirements_lists.items():
        for requirement in wanted_now(listed):
            if not any(phases_of(requirement, listed, undertaking)):
                message = f"No phase of the roadmap builds {requirement.id}."
                yield Problem(at(path, requirement.id), message, "Name it in a phase, or move it out of scope.")


def wanted_now(listed: RequirementsList) -> Iterator[ListedRequirement]:
    """Yield the requirements that aren't struck and don't stand below a heading such as “v2 Requirements”."""
    later_at = 0
    for group in listed.groups:
        is_later = group.heading.casefold().startswith(LATER)
        if not later_at or group.level <= later_at:
            later_at = group.level if is_later else 0
        if not (later_at or is_later):
            yield from (requirement for requirement in group.requirements if not requirement.removed)


@rule(
    "PT427",
    "STATE.md agrees with the roadmap",
    Severity.WARNING,
    "Whoever picks the work up reads where it stands from the one and what is left from the other.",
)
def agrees_on_position(undertaking: Undertaking) -> Iterator[Problem]:
    """Find states at phases that aren't there or are done, that count other phases, or that are done too early."""
    for path, state in undertaking.states.items() if undertaking.roadmap.phases else ():
        for subject, message in disagreements(state, undertaking):
            yield Problem(at(path, subject), message, "Correct the one that is wrong.")


def disagreements(state: ProjectState, undertaking: Undertaking) -> Iterator[tuple[str, str]]:
    """Yield what a state says otherwise than the roadmap: the field, and the sentence."""
    phases = undertaking.roadmap.phases
    current = undertaking.phase(state.phase_number)
    first_open = next((phase for phase in phases if is_open(phase)), None)
    if state.phase_number and current is None:
        yield "phase", f"STATE.md is at phase {state.phase_number}, which the roadmap doesn't have."
    if state.phase_count is not None and state.phase_count not in {len(phases), count_whole(phases)}:
        counted = f"{state.phase_count} phase{'' if state.phase_count == 1 else 's'}"
        yield "phase", f"STATE.md counts {counted}, and the roadmap has {len(phases)}."
    is_behind = current is not None and current.state is TaskState.DONE and first_open is not None
    if current and first_open and is_behind and state_of_words(state.status) is not TaskState.DONE:
        message = f"STATE.md is at phase {current.number}, which is ticked; phase {first_open.number} is the next."
        yield "phase", message
    if state.percent == ALL and first_open:
        yield "progress", f"STATE.md says that all is done, and phase {first_open.number} is open."
    if state.percent not in {None, ALL} and all(phase.state is TaskState.DONE for phase in phases):
        yield "progress", f"STATE.md says that {state.percent} % is done, and every phase is ticked."


@rule(
    "PT428",
    "A plan or a summary says the numbers that the name of its file says",
    Severity.WARNING,
    "People go by the name and tools by the front matter, so they work on two different plans.",
)
def is_what_its_name_says(undertaking: Undertaking) -> Iterator[Problem]:
    """Find plans and summaries whose front matter gives another phase or plan than a name such as 03-01-PLAN.md."""
    files = ((path, plan.phase, plan.plan) for path, plan in undertaking.phase_plans.items())
    summaries = ((path, summary.phase, summary.plan) for path, summary in undertaking.summaries.items())
    for path, phase, plan in (*files, *summaries):
        name = PurePath(path).name
        named = named_plan(name, "")
        if named is None or not named.phase:
            continue
        number = phase_number(phase)
        said = named_plan(plan, number if number[:1].isdigit() else named.phase) or named._replace(phase=number)
        if said.plan != named.plan:
            subject, message = "plan", f"{quote(name)} says in its front matter that it is plan {said}."
        elif said.phase != named.phase and said.phase[:1].isdigit():
            subject, message = "phase", f"{quote(name)} says in its front matter that it is of phase {said.phase}."
        else:
            continue
        yield Problem(at(path, subject), message, "Correct the front matter, or the name of the file.")


@rule(
    "PT429",
    "Where the roadmap lists the plans of a phase, it lists all of them",
    Severity.WARNING,
    "A plan that the roadmap doesn't know is work that nobody counts when the phase is called done.",
)
def is_listed(undertaking: Undertaking) -> Iterator[Problem]:
    """Find plans that their phase doesn't list; phases that list nothing, or plans without a number, tell nothing."""
    for phase in undertaking.roadmap.phases:
        listed = [key for key, _, _ in plan_lines(phase)]
        known = frozenset(listed if len(listed) == len(phase.plans) else ())
        for key in undertaking.plans_of(phase) if known else ():
            if key not in known:
                message = f"The roadmap lists the plans of phase {phase.number}, and {key} is not among them."
                yield Problem(at(undertaking.plan_keys[key], "plan"), message, "List it, or take the plan out.")


def count_whole(phases: tuple[RoadmapPhase, ...]) -> int:
    """Return how many phases have whole numbers: those put in between later (2.1) often aren't counted."""
    return sum("." not in phase.number for phase in phases)


def requirements_of(undertaking: Undertaking) -> Iterator[ListedRequirement]:
    """Yield the requirements of all lists."""
    for listed in undertaking.requirements_lists.values():
        yield from listed.requirements()


def check_planning_tree(tree: PlanningTree) -> tuple[Finding, ...]:
    """Return what the rules find across the files of a tree, by rule; each file alone is judged elsewhere."""
    findings: list[Finding] = []
    for undertaking in undertakings(tree):
        for registered, check in UNDERTAKING_RULES.checks:
            for problem in check(undertaking):
                path, _, subject = problem.subject.partition(SEPARATOR)
                findings.append(finding_at(registered, problem, path, subject, tree))
    for folder in spec_folders(tree):
        findings += check_spec_folder(folder, tree)
    findings += check_entity_tasks(tree)
    return tuple(sorted(findings, key=lambda finding: finding.rule))


def check_spec_folder(folder: SpecFolder, tree: PlanningTree) -> Iterator[Finding]:
    """Yield what the documents of one spec say against each other: coverage, and names of fields and entities."""
    if folder.requirements and folder.checklist:
        coverage = Coverage.of_checklist(folder.checklist, folder.requirements)
        for registered, check in COVERAGE_RULES.checks:
            path = folder.requirements_path if registered.id == COVERED_CRITERIA else folder.checklist_path
            for problem in check(coverage):
                yield finding_at(registered, problem, path, problem.subject, tree)
    for path, names in names_in(folder):
        for registered, naming in NAMING_RULES.checks:
            for problem in naming(names):
                yield finding_at(registered, problem, path, problem.subject, tree)


def names_in(folder: SpecFolder) -> Iterator[tuple[str, SharedNames]]:
    """Yield the names that requirements and checklist share with the specs, each with its path."""
    if folder.specs is None:
        return
    if folder.requirements:
        asked = tuple(passages_of_requirements(folder.requirements))
        known = frozenset(term.word.casefold() for term in folder.requirements.glossary)
        yield folder.requirements_path, SharedNames(folder.specs, asked, known)
    if folder.checklist:
        done = tuple(Passage(task.number, "\n".join((task.title, *task.details))) for task in folder.checklist.tasks)
        yield folder.checklist_path, SharedNames(folder.specs, done)


def finding_at(rule: Rule, problem: Problem, path: str, subject: str, tree: PlanningTree) -> Finding:
    """Return a problem as a finding at its subject in a file, or at the file where that place isn't known."""
    return rule.finding(problem, tree.places.get(path, {}).get(subject) or Place(file=path))
