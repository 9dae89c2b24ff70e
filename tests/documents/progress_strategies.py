"""Hypothesis strategies for the documents beside the plans: valid by construction, hostile in their values."""

from __future__ import annotations

from hypothesis import strategies as st

from bot.documents.progress.project import Constraint, Decision, Excluded, Project, ProjectRequirement
from bot.documents.progress.project_state import POSITION_LABELS, ProjectState
from bot.documents.progress.requirements_list import (
    LIST_SECTIONS,
    ListedRequirement,
    RequirementGroup,
    RequirementsList,
    RequirementTrace,
)
from bot.documents.progress.roadmap import PHASE_LABELS, PhasePlanLine, ProgressRow, Roadmap, RoadmapPhase, number_key
from bot.documents.progress.summary import ChangedFile, Deviation, Requires, Summary, TaskCommit
from bot.documents.text.boxes import TaskState
from bot.documents.text.notes import NOTES_ON, Note
from bot.documents.text.outline import heading_key
from bot.documents.text.prose import Label

TRAPS = (
    "# no heading", "- [x] no item", "[x] no box", "**Goal**: no label", "Goal: plain", "1. no number", "| a | b |",
    "`code` and `more", "`a|b`", "<!-- open", "```", "---", "a \\ b\\", "__x__", "ends with:", "#", "x #", "*", "**",
    "01-01: no plan", "`01-02`: no plan", "Phase 1: no phase", "a - b — c -- d", "\u2028line\ud800", "None", "None.",
    "**A-01**: no requirement", "`path.py` - what", "(a) (b)", "`", "Phase: 1 of 3", "✓ done", "~~gone~~", "\ufeffmark",
)  # fmt: skip

hostile = st.one_of(
    st.text(max_size=20), st.sampled_from(TRAPS), st.tuples(*[st.sampled_from(TRAPS)] * 2).map(" ".join)
)
said = hostile.filter(lambda text: bool(Label(name="x", text=text).text))
lists = st.lists(hostile, max_size=3).map(tuple)
prose = st.lists(hostile, max_size=3).map("\n\n".join)
states = st.sampled_from([None, *TaskState])
labels = st.builds(Label, name=hostile, text=hostile)
more_columns = st.lists(
    st.builds(Label, name=st.sampled_from(["Milestone", "a | b", "`c`"]), text=hostile), max_size=2
).map(tuple)
front_matters = st.sampled_from(["", "a: 1", "status: x\nlist:\n  - 1", "# only a comment", "[broken"])

note_texts = st.sampled_from(
    [
        "",
        "text",
        "- a\n- b",
        "```\n# code\n```",
        "<!-- a\n# b -->",
        "a\n\n| x |\n|---|\n| y |",
        "---",
        "\\```",
        "\x0bx",
        "- [ ] open",
    ]
)


@st.composite
def notes(draw: st.DrawFn) -> tuple[Note, ...]:
    """Return notes whose levels follow each other."""
    found: list[Note] = []
    for heading in draw(st.lists(hostile.map(lambda text: f"Aside {text}"), max_size=3)):
        level = draw(st.integers(2, min(6, found[-1].level + 1 if found else 2)))
        found.append(Note(heading=heading, text=draw(note_texts), level=level))
    return tuple(found)


phase_labels = st.lists(labels.filter(lambda label: heading_key(label.name) not in PHASE_LABELS), max_size=2).map(tuple)
phase_numbers = st.from_regex(r"[1-9][0-9]?(\.[1-9])?[a-z]?", fullmatch=True)


@st.composite
def roadmaps(draw: st.DrawFn) -> Roadmap:
    """Return roadmaps of up to three phases."""
    plan_names = st.one_of(st.just(""), st.from_regex(r"[0-9]{2}-[0-9]{2}(-PLAN\.md)?", fullmatch=True))
    plans = st.builds(PhasePlanLine, name=plan_names, text=hostile, state=states)
    phases = [
        RoadmapPhase(
            number=number,
            name=draw(hostile),
            summary=draw(hostile),
            state=draw(states),
            goal=draw(hostile),
            depends_on=draw(hostile),
            requirements=draw(hostile),
            success_criteria=draw(lists),
            plans_text=draw(hostile),
            plans=tuple(draw(st.lists(plans, max_size=2))),
            labels=draw(phase_labels),
        )
        for number in draw(st.lists(phase_numbers, max_size=3, unique_by=number_key))
    ]
    row = st.builds(ProgressRow, phase=said, done=hostile, state=hostile, completed=hostile, more=more_columns)
    return Roadmap(
        title=draw(hostile),
        overview=draw(prose),
        phases=tuple(phases),
        progress=tuple(draw(st.lists(row, max_size=2))),
        notes=draw(notes()),
        front_matter=draw(front_matters),
    )


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """Return project documents."""
    requirement = st.builds(ProjectRequirement, text=said, state=states)
    excluded = st.builds(Excluded, what=said, why=hostile)
    constraint = st.builds(Constraint, kind=hostile, text=said)
    decision = st.builds(Decision, text=said, why=hostile, outcome=hostile, more=more_columns)
    return Project(
        title=draw(hostile),
        what=draw(prose),
        core_value=draw(prose),
        validated=tuple(draw(st.lists(requirement, max_size=2))),
        active=tuple(draw(st.lists(requirement, max_size=2))),
        out_of_scope=tuple(draw(st.lists(excluded, max_size=2))),
        constraints=tuple(draw(st.lists(constraint, max_size=2))),
        decisions=tuple(draw(st.lists(decision, max_size=2))),
        assumptions=draw(lists),
        notes=draw(notes()),
        front_matter=draw(front_matters),
    )


def is_group(heading: str) -> bool:
    """Tell whether a text can be the heading of a group."""
    return heading_key(heading) not in LIST_SECTIONS and not Label(name=heading).name.startswith(NOTES_ON)


@st.composite
def requirements_lists(draw: st.DrawFn) -> RequirementsList:
    """Return lists of requirements."""
    ids = st.sampled_from(["AUTH-01", "AUTH-02", "NFR-API-3", "v2-7a", "1.2"])
    requirement = st.builds(ListedRequirement, id=ids, text=hostile, state=states, removed=st.booleans(), details=lists)
    groups: list[RequirementGroup] = []
    for _ in range(draw(st.integers(0, 3))):
        requirements = tuple(draw(st.lists(requirement, max_size=2)))
        heading = (
            draw(hostile.filter(is_group))
            if requirements
            else draw(st.sampled_from(["v1 Requirements", "Requirements"]))
        )
        level = draw(st.integers(2, min(6, groups[-1].level + 1 if groups else 2)))
        groups.append(RequirementGroup(heading=heading, level=level, intro=draw(prose), requirements=requirements))
    trace = st.builds(RequirementTrace, requirement=said, phase=hostile, state=hostile, more=more_columns)
    return RequirementsList(
        title=draw(hostile),
        labels=tuple(draw(st.lists(labels, max_size=2))),
        groups=tuple(groups),
        out_of_scope=tuple(draw(st.lists(st.builds(Excluded, what=said, why=hostile), max_size=2))),
        traces=tuple(draw(st.lists(trace, max_size=2))),
        notes=draw(notes()),
        front_matter=draw(front_matters),
    )


further_labels = labels.filter(lambda label: heading_key(label.name) not in POSITION_LABELS)
project_states = st.builds(
    ProjectState,
    title=hostile,
    phase=hostile,
    plan=hostile,
    status=hostile,
    last_activity=hostile,
    progress=hostile,
    labels=st.lists(further_labels, max_size=2).map(tuple),
    decisions=lists,
    blockers=lists,
    open_tasks=lists,
    notes=notes(),
    front_matter=front_matters,
)

front_values = st.recursive(
    st.text("ab :-#é", max_size=8),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple), st.dictionaries(st.sampled_from(["a", "b"]), inner, max_size=2)
    ),
    max_leaves=4,
)
hashes = st.lists(st.from_regex(r"[0-9a-f]{7}", fullmatch=True), max_size=2).map(tuple)
summaries = st.builds(
    Summary,
    phase=hostile,
    plan=hostile,
    requires=st.lists(st.builds(Requires, phase=said, provides=hostile), max_size=2).map(tuple),
    provides=lists,
    affects=lists,
    created=lists,
    modified=lists,
    key_decisions=lists,
    requirements_completed=lists,
    duration=hostile,
    completed=hostile,
    more=st.dictionaries(st.sampled_from(["tags", "tech-stack", "subsystem"]), front_values, max_size=2),
    title=hostile,
    one_line=hostile,
    accomplishments=lists,
    commits=st.lists(st.builds(TaskCommit, task=said, hashes=hashes, note=hostile, more=more_columns), max_size=2).map(
        tuple
    ),
    files=st.lists(st.builds(ChangedFile, path=said, note=hostile), max_size=2).map(tuple),
    decisions=lists,
    deviations=st.lists(st.builds(Deviation, text=said, details=lists), max_size=2).map(tuple),
    issues=lists,
    written_by_model=lists,
    left_open=lists,
    next_steps=lists,
    notes=notes(),
)
