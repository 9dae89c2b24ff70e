"""Hypothesis strategies for plans of a phase: valid by construction, hostile in their text."""

from __future__ import annotations

from hypothesis import strategies as st

from bot.documents.must_haves import Artifact, KeyLink, MustHaves
from bot.documents.phases.phase_plan import (
    AutoTask,
    Box,
    Decision,
    DecisionOption,
    Feature,
    HumanAction,
    HumanVerification,
    PhasePlan,
    PlanContext,
    UnknownPart,
)
from bot.documents.text.boxes import TaskState
from bot.documents.text.front_matter import Value

HOSTILE = (
    (
        "</action>",
        "<task type='auto'>",
        "</task>",
        "</tasks>",
        "<verification>",
        "<div>",
        "List<Book>",
        "</note>",
        "<note x",
    ),
    ("```", "```python", "~~~~", "````", "<!--", "-->", "<!-- x -->", "---", "    four", "\tx", ""),
    ("\\", "\\```", "\\</action>", "<automated>x</automated>", "\\<automated>", "</automated>\\", "\\\\<name>"),
    ("Purpose: x", "**Output:** y", "  Purpose:", "@path", "@", "\\@x", "- [ ] a", "* [x] b", "\\- [ ]"),
    ("Task 2: x", "\\Task 1.1: y", "a, b", '"a"', "(a, b", "{a,b}.py", "`a`", "- a", "C:\\x", '"a" b'),
    ("\u2028", "\x1c", "\ud800", "\ufeff", "\xa0x", "a\r\nb", "# h", "é 書", "true", "010", "~"),
)
hostile_lines = st.one_of(st.text(max_size=10), *(st.sampled_from(group) for group in HOSTILE))
blocks = st.lists(hostile_lines, max_size=4).map("\n".join)
lists = st.lists(hostile_lines, max_size=3).map(tuple)
numbers = st.sampled_from(["", "1", "2.1", "10.20.30"])
attributes = st.sampled_from([(), (("id", "t-1"),), (("wave", "2"), ("note", "it's 1"))])
unknown_parts = st.lists(
    st.builds(UnknownPart, tag=st.sampled_from(["note", "interfaces", "x-1"]), attributes=attributes, text=blocks),
    max_size=2,
).map(tuple)
values: st.SearchStrategy[Value] = st.recursive(
    hostile_lines,
    lambda inner: st.lists(inner, max_size=2).map(tuple) | st.dictionaries(hostile_lines, inner, max_size=2),
    max_leaves=4,
)


@st.composite
def auto_tasks(draw: st.DrawFn) -> AutoTask:
    """Return tasks that are done without people."""
    return AutoTask(
        name=draw(hostile_lines),
        number=draw(numbers),
        gate=draw(gates),
        attributes=draw(attributes),
        unknown=draw(unknown_parts),
        type=draw(st.sampled_from(["auto", "auto", "manual"])),
        tdd=draw(st.booleans()),
        files=draw(lists),
        read_first=draw(lists),
        behavior=draw(blocks),
        action=draw(blocks),
        verify=draw(blocks),
        automated=draw(lists),
        acceptance_criteria=draw(blocks),
        done=draw(blocks),
        requirements=draw(lists),
        depends=draw(lists),
    )


gates = st.sampled_from(["", "blocking"])
checkpoints = st.one_of(
    st.builds(
        HumanVerification,
        name=hostile_lines,
        number=numbers,
        gate=gates,
        unknown=unknown_parts,
        what_built=blocks,
        how_to_verify=blocks,
        resume_signal=blocks,
    ),
    st.builds(
        Decision,
        name=hostile_lines,
        gate=gates,
        attributes=attributes,
        decision=blocks,
        context=blocks,
        options=st.lists(
            st.builds(
                DecisionOption, id=st.sampled_from(["", "option-a"]), name=hostile_lines, pros=blocks, cons=blocks
            ),
            max_size=2,
        ).map(tuple),
        resume_signal=blocks,
    ),
    st.builds(
        HumanAction,
        name=hostile_lines,
        gate=gates,
        unknown=unknown_parts,
        action=blocks,
        instructions=blocks,
        verification=blocks,
        resume_signal=blocks,
    ),
)
features = st.builds(
    Feature, name=hostile_lines, files=lists, behavior=blocks, implementation=blocks, unknown=unknown_parts
)
must_haves = st.builds(
    MustHaves,
    truths=lists,
    artifacts=st.lists(
        st.builds(
            Artifact,
            path=hostile_lines,
            provides=hostile_lines,
            min_lines=st.none() | st.integers(0, 500),
            exports=lists,
            contains=hostile_lines,
        ),
        max_size=2,
    ).map(tuple),
    key_links=st.lists(
        st.builds(KeyLink, source=hostile_lines, target=hostile_lines, via=hostile_lines, pattern=hostile_lines),
        max_size=2,
    ).map(tuple),
)
switches = st.none() | st.booleans()


@st.composite
def phase_plans(draw: st.DrawFn) -> PhasePlan:
    """Return whole plans with up to two tasks of any kind."""
    boxes = st.builds(Box, text=hostile_lines, state=st.sampled_from(list(TaskState)))
    unknown_keys = st.dictionaries(st.sampled_from(["created", "x y", "a: b", "010"]), values, max_size=2)
    return PhasePlan(
        phase=draw(hostile_lines),
        plan=draw(hostile_lines),
        type=draw(st.sampled_from(["execute", "tdd", "010"])),
        wave=draw(st.none() | st.integers(0, 99)),
        depends_on=draw(lists),
        files_modified=draw(lists),
        autonomous=draw(switches),
        requirements=draw(lists),
        user_setup=draw(st.lists(values, max_size=2).map(tuple)),
        gap_closure=draw(switches),
        must_haves=draw(must_haves),
        unknown_keys=draw(unknown_keys),
        objective=draw(blocks),
        purpose=draw(blocks),
        objective_output=draw(blocks),
        execution_context=draw(blocks),
        context=draw(st.builds(PlanContext, paths=lists, text=blocks)),
        tasks=draw(st.lists(auto_tasks() | checkpoints, max_size=2).map(tuple)),
        features=draw(st.lists(features, max_size=1).map(tuple)),
        threat_model=draw(blocks),
        verification=draw(st.lists(boxes, max_size=3).map(tuple)),
        verification_text=draw(blocks),
        success_criteria=draw(blocks),
        output=draw(blocks),
        unknown_sections=draw(unknown_parts),
    )
