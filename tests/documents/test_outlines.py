"""The outlines that `planthread show` prints: what stands where, at which depth, with which remark."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.formats import Format
from bot.documents.outlines import Outline, outline_of
from bot.documents.readers import model_json, read_document


def outline(known: Format, text: str) -> Outline:
    return outline_of(read_document(known, text))


def rows(known: Format, text: str) -> list[tuple[int, str | None, str, str]]:
    return [(line.depth, line.mark, line.text, line.note) for line in outline(known, text).lines]


def test_a_parent_may_stand_after_its_sub_tasks() -> None:
    text = "- [x] 2.1.1 deep\n- [ ] 2.1 middle\n- [ ] 2 top\n- [ ] 1 other\n"

    assert rows(Format.TASKS, text) == [
        (2, "x", "2.1.1 deep", ""),
        (1, " ", "2.1 middle", "its sub-tasks say done"),
        (0, " ", "2 top", "its sub-tasks say done"),
        (0, " ", "1 other", ""),
    ]


def test_many_levels_are_walked_without_recursion() -> None:
    text = "".join(f"{' ' * depth}- [ ] level {depth}\n" for depth in range(0, 4_000, 2))

    assert [line.depth for line in outline(Format.TASKS, text).lines] == list(range(2_000))


def test_what_stands_beside_a_task_is_told() -> None:
    text = (
        "- [ ]* 1. Try it\n  - _Requirements: 1.1, all of 2_\n  - _Depends: 2_\n  - _Blocked: no paper_\n- [ ] 2. x\n"
    )

    assert rows(Format.TASKS, text)[0][3] == "optional; requirements 1.1, all of 2; after 2; blocked: no paper"


def test_checkpoints_say_who_is_asked() -> None:
    text = (
        "---\nphase: 01-a\nplan: 02\nwave: 1\n---\n<tasks>\n"
        '<task type="checkpoint:decision" gate="blocking">\n<decision>Which queue?</decision>\n</task>\n'
        '<task type="auto">\n<name>Task 1: Write it</name>\n<files>a.py, b.py</files>\n</task>\n</tasks>\n'
    )

    assert outline(Format.PLAN, text).title == "Phase 01-a plan 02, wave 1"
    assert [(line.text, line.note) for line in outline(Format.PLAN, text).lines] == [
        ("1 Which queue?", "checkpoint: a person decides"),
        ("1 Write it", "a.py, b.py"),
    ]


def test_a_phase_says_what_its_plans_say() -> None:
    text = (
        "# Roadmap: Library\n\n- [x] **Phase 1: Books** - all about books\n\n### Phase 1: Books\n"
        "**Goal**: Books are kept\n**Depends on**: Nothing\n\nPlans:\n- [ ] 01-01: Write the model\n"
    )

    lines = outline(Format.ROADMAP, text).lines
    assert (lines[0].mark, lines[0].text) == ("x", "1 Books")
    assert "its plans say open" in lines[0].note
    assert (lines[2].mark, lines[2].text) == (" ", "01-01 Write the model")


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(list(Format)), st.text(max_size=200))
def test_any_text_can_be_shown_and_given_as_json(known: Format, text: str) -> None:
    reading = read_document(known, text)

    assert outline_of(reading).title
    assert model_json(reading.model).startswith("{")


def test_tasks_stand_below_the_headings_that_group_them() -> None:
    text = (
        "# Plan\n\n## Tasks\n\n## Phase 1: Dough\n\n- [x] 1. Knead\n  - **Validates: Requirements 2.1**\n"
        "\n## Phase 2: Oven\n\n- [ ] 2. Bake\n  - [ ] 2.1 Light it\n\n## Task 3: Sell\n\n- [ ] open the door\n"
    )
    assert [(depth, said, note) for depth, _, said, note in rows(Format.TASKS, text)] == [
        (0, "Phase 1: Dough", ""),
        (1, "1 Knead", "validates Requirements 2.1"),
        (0, "Phase 2: Oven", ""),
        (1, "2 Bake", ""),
        (2, "2.1 Light it", ""),
        (0, "3 Sell", "its sub-tasks say open"),
        (1, "open the door", ""),
    ]


def test_a_state_without_a_position_says_what_its_labels_and_its_front_matter_say() -> None:
    labels = "# State\n\n## Active Phase\n\nPhase 3: Ovens, in work\n"
    assert rows(Format.STATE, labels) == [(0, None, "Phase 3: Ovens, in work", "")]
    front = "---\nmilestone: v1\nstatus: waiting for flour\n---\n\n# Project State\n"
    assert rows(Format.STATE, front) == [(0, None, "Status: waiting for flour", "as the front matter says")]
    for text in (labels, front):
        assert not [finding for finding in read_document(Format.STATE, text).findings if finding.rule == "PT004"]
    assert [finding.rule for finding in read_document(Format.STATE, "# Project State\n").findings] == ["PT004"]


def test_a_phase_that_waits_for_nothing_has_no_remark() -> None:
    text = "# Roadmap\n\n### Phase 1: Flour\n**Depends on**: Nothing\n\n### Phase 2: Dough\n**Depends on**: Phase 1\n"
    assert [note for _, _, _, note in rows(Format.ROADMAP, text)] == ["", "after Phase 1"]


def test_what_is_left_out_stands_with_its_reason() -> None:
    project = "# Mill\n\n## Requirements\n\n### Out of Scope\n\n- Rye — nobody eats it\n- Oats\n"
    assert rows(Format.PROJECT, project) == [
        (0, None, "Out of scope", ""),
        (1, None, "Rye", "nobody eats it"),
        (1, None, "Oats", ""),
    ]
