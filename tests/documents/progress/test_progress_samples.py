"""Real-looking SUMMARY, ROADMAP, STATE, PROJECT and REQUIREMENTS files, each with the traps of its kind."""

from __future__ import annotations

from pathlib import Path

from bot.documents.findings import Finding, Place
from bot.documents.progress.project_reader import read_project
from bot.documents.progress.project_state_reader import read_project_state
from bot.documents.progress.requirements_list_reader import read_requirements_list
from bot.documents.progress.roadmap_reader import read_roadmap
from bot.documents.progress.summary import Requires
from bot.documents.progress.summary_reader import read_summary
from bot.documents.text.boxes import TaskState, tick

SAMPLES = Path(__file__).parent.parent / "samples"
DONE, DOING, TODO = TaskState.DONE, TaskState.DOING, TaskState.TODO


def sample(name: str) -> str:
    return (SAMPLES / name).read_text(encoding="utf-8")


def found(findings: tuple[Finding, ...]) -> list[tuple[str, int | None, int | None]]:
    return [(finding.rule, finding.place.line, finding.place.column) for finding in findings]


def test_a_roadmap_is_read_in_full() -> None:
    reading = read_roadmap(sample("roadmaps/harbour.md"), "ROADMAP.md")
    roadmap = reading.roadmap
    assert roadmap.title == "Harbour Berths v2"
    assert roadmap.overview.endswith("into a service, one pier at a time.")
    assert [(phase.number, phase.name, phase.state) for phase in roadmap.phases] == [
        ("1", "Berths & piers", DONE),
        ("2", "Bookings", DONE),
        ("2.1", "Double bookings", DOING),
        ("3", "Invoices", TODO),
        ("4", "Winter storage", TODO),
    ]
    first, second, between, third, _ = roadmap.phases
    assert first.requirement_ids == ("PIER-01", "PIER-02")
    assert first.depends_on_phases == ()
    assert first.success_criteria == ("`GET /piers` lists every pier", "A berth knows the length that fits")
    assert [(plan.name, plan.text, plan.state) for plan in first.plans] == [
        ("01-01-PLAN.md", "Piers", DONE),
        ("01-02-PLAN.md", "Berths", DONE),
    ]
    assert [(label.name, label.text) for label in first.labels] == [("UI hint", "no")]
    assert (second.goal, second.summary, second.plans_text) == (
        "A night is booked",
        "a berth is booked for a night",
        "2 plans",
    )
    assert [(plan.name, plan.state) for plan in second.plans] == [("02-01", DONE), ("02-02", TODO)]
    assert between.depends_on_phases == ("2", "1")
    assert between.success_criteria == ("The second boat gets 409",)
    assert [plan.text for plan in third.plans] == ["TBD (plans come later)"]


def test_a_roadmaps_table_and_what_it_has_no_place_for_are_kept() -> None:
    roadmap = read_roadmap(sample("roadmaps/harbour.md")).roadmap
    assert [(row.number, row.done, row.state) for row in roadmap.progress] == [
        ("1", "2/2", "Complete"),
        ("2", "1/2", "In progress"),
        ("2.1", "0/TBD", "Not started"),
    ]
    assert [(label.name, label.text) for label in roadmap.progress[0].more] == [("Milestone", "v1")]
    notes = {note.heading: note.text for note in roadmap.notes}
    assert "Phases 3-6" in notes["Milestones"]
    assert notes["Parking lot"].startswith("Boats on trailers.")
    assert "~~**Phase 5: Radio**~~" in notes["Notes on Phases"]
    assert "# not a heading" in notes["Notes on Phase 2.1: Double bookings (INSERTED)"]


def test_a_roadmaps_disagreements_and_oddities_are_said_where_they_stand() -> None:
    reading = read_roadmap(sample("roadmaps/harbour.md"), "ROADMAP.md")
    assert found(reading.findings) == [
        ("PT001", 23, 4),
        ("PT001", 24, 1),
        ("PT001", 63, 1),
        ("PT007", 69, 1),
        ("PT001", 84, 1),
        ("PT010", 20, 1),
        ("PT010", 81, 1),
    ]
    assert reading.derived == {"1": DONE, "2": DOING, "3": TODO}
    assert reading.places["2.1"].line == 21


def test_ticking_a_box_of_a_roadmap_changes_one_byte() -> None:
    text = sample("roadmaps/harbour.md").replace("\n", "\r\n")
    boxes = read_roadmap(text).boxes
    assert set(boxes) == {"1", "2", "2.1", "3", "4", "1/01-01-PLAN.md", "1/01-02-PLAN.md", "2/02-01", "2/02-02", "3/1"}
    ticked = tick(text, boxes["2/02-02"].offset, DONE)
    before, after = text.encode(), ticked.encode()
    changed = [index for index, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    assert len(changed) == 1
    assert "- [x] `02-02`: Cancelling" in ticked
    assert read_roadmap(ticked).derived["2"] is DONE


def test_a_state_is_read_in_full() -> None:
    reading = read_project_state(sample("states/harbour.md"), "STATE.md")
    state = reading.state
    assert state.phase == "2.1 of 6 (Double bookings) — EXECUTING"
    assert (state.phase_number, state.phase_count, state.percent) == ("2.1", 6, 40)
    assert (state.plan, state.status) == ("1 of 3", "Executing")
    assert state.last_activity == "2026-04-02 -- the first plan began"
    assert [(label.name, label.text) for label in state.labels] == [("Mood", "calm")]
    assert state.decisions == ("[Phase 1]: Berths have lengths, not sizes", "[Phase 2]: Nights, not hours")
    assert state.blockers == ("The pier survey is missing",)
    assert state.open_tasks == ()
    assert "total_plans: 8" in state.front_matter
    assert [note.heading for note in state.notes] == [
        "Project Reference",
        "Performance Metrics",
        "Session Continuity",
        "Notes on Decisions",
    ]
    assert reading.findings == ()
    assert reading.places["phase"].line == 18


def test_a_state_in_a_list_below_the_title_is_read() -> None:
    reading = read_project_state(sample("states/short.md"))
    assert (reading.state.status, reading.state.phase, reading.state.percent) == ("building", "1 of 3 (Foundation)", 50)
    assert (reading.state.open_tasks, reading.findings, reading.lines) == (("1.2 Lend",), (), 9)


def test_a_project_is_read_in_full() -> None:
    reading = read_project(sample("projects/harbour.md"))
    project = reading.project
    assert project.what == "A line below the title.\n\nA service that books berths.\n\nIt replaces a paper list."
    assert project.core_value == "No boat without a berth."
    assert [(each.text, each.state) for each in project.validated] == [
        ("✓ Piers are listed — v1.0", None),
        ("Berths have lengths", DONE),
    ]
    assert [each.text for each in project.active] == ["Bookings by the night", "A night can be given back"]
    assert [(each.what, each.why) for each in project.out_of_scope] == [
        ("Radio", "boats have their own"),
        ("Payments by card", "the club sends invoices"),
        ("Weather", "others do it better"),
        ("Parking", ""),
    ]
    assert [(each.kind, each.text) for each in project.constraints] == [
        ("Offline", "works without a network — the piers have none"),
        ("", "No accounts"),
    ]
    first = project.decisions[0]
    assert (first.text, first.why, first.outcome) == ("Nights, not hours", "Boats stay | sleep", "✓ Good")
    assert [(label.name, label.text) for label in first.more] == [("Date", "May")]
    assert project.assumptions == ("One harbour",)
    assert reading.boxes["active.2"].line == 25
    assert reading.findings == ()


def test_a_list_of_requirements_is_read_in_full() -> None:
    reading = read_requirements_list(sample("requirement_lists/harbour.md"))
    listed = reading.requirements_list
    assert [(label.name, label.text) for label in listed.labels][1] == ("Core Value", "No boat without a berth")
    assert [(group.heading, group.level, len(group.requirements)) for group in listed.groups] == [
        ("v1 Requirements", 2, 0),
        ("Piers (PIER)", 3, 3),
        ("Bookings", 3, 4),
        ("v2 Requirements", 2, 1),
    ]
    assert listed.groups[0].intro == "All of these ship in June."
    assert [(each.id, each.state, each.removed) for each in listed.requirements()] == [
        ("PIER-01", DONE, False),
        ("PIER-02", TODO, False),
        ("NFR-API-3", DOING, False),
        ("BOOK-01", DONE, False),
        ("BOOK-02", TODO, True),
        ("BOOK-03", None, False),
        ("PIER-01", TODO, False),
        ("RADIO-01", None, False),
    ]
    assert [each.details for each in listed.requirements()][1] == ("in metres", "[x] never zero")
    assert [each.text for each in listed.requirements()][3] == "Night. A berth is booked for a night"
    assert [(each.what, each.why) for each in listed.out_of_scope] == [("Cards", "invoices do")]
    assert [(each.requirement, each.phase) for each in listed.traces][2] == ("BOOK-01", "Phase 2 + Phase 2.1 (fix)")
    assert found(reading.findings) == [("PT007", 24, 1), ("PT001", 23, 1), ("PT010", 41, 1), ("PT010", 42, 1)]


def test_ticking_a_requirement_changes_one_byte() -> None:
    text = sample("requirement_lists/harbour.md")
    ticked = tick(text, read_requirements_list(text).boxes["PIER-02"].offset, DONE)
    assert ticked == text.replace("- [ ] **PIER-02**", "- [x] **PIER-02**")


def test_a_summary_is_read_in_full() -> None:
    reading = read_summary(sample("summaries/piers.md"))
    summary = reading.summary
    assert (summary.phase, summary.plan, summary.duration, summary.completed) == (
        "01-berths",
        "010",
        "12min",
        "2026-03-02",
    )
    assert summary.requires == (
        Requires(phase="00-setup", provides="a database"),
        Requires(phase="the survey of the harbour"),
    )
    assert summary.provides == ("Pier: the model", "GET /piers")
    assert (summary.affects, summary.created, summary.modified) == (
        ("02-bookings",),
        ("app/models/pier.py",),
        ("app/main.py",),
    )
    assert summary.more == {"subsystem": "api", "tags": ("piers", "fastapi"), "tech-stack": {"added": ("alembic",)}}
    assert summary.one_line == "Piers and berths with lengths, listed by GET /piers"
    assert summary.accomplishments == ("Piers are rows", "Berths know their length")
    assert [(each.task, each.hashes, each.note) for each in summary.commits] == [
        ("Task 1: Model of a pier", ("a41f9c2",), "feat"),
        ("Task 2: Route", ("b52e0d3", "c63f1e4"), "test, feat"),
        ("Plan metadata", ("d74a2f5",), "docs"),
    ]
    assert [(each.path, each.note) for each in summary.files] == [
        ("app/models/pier.py", "The model"),
        ("app/main.py", "takes the router"),
        ("tests/test_piers.py", "proves it"),
    ]
    assert summary.decisions == ()
    assert [(each.text, len(each.details)) for each in summary.deviations] == [
        ("1. [Bug] Lengths were whole numbers", 3),
        ("2. [Missing] No index on the pier", 0),
    ]
    assert summary.issues == ("The test database was locked once.",)
    assert summary.next_steps == ("Bookings can begin", "The survey is still missing")
    assert reading.findings == ()


def test_a_summary_in_another_dialect_is_read() -> None:
    reading = read_summary(sample("summaries/grouped.md"))
    summary = reading.summary
    assert (summary.requires, summary.provides) == ((Requires(phase="02-01 (bookings)"),), ("a lock on a night",))
    assert (summary.duration, summary.key_decisions, summary.more) == (
        "10m 27s",
        ("One row a night",),
        {"metrics": {"tasks_completed": "2"}},
    )
    assert summary.one_line == "A night is locked while it is booked."
    assert [(each.task, each.hashes) for each in summary.commits] == [("Task 1 — locks.py", ("315b5fb",))]
    assert [(each.path, each.note) for each in summary.files] == [("app/locks.py", "Created")]
    assert [finding.rule for finding in reading.findings] == ["PT001"] * 3


def test_a_summary_tells_where_the_keys_of_its_front_matter_stand() -> None:
    reading = read_summary("---\nphase: 01\nplan: 02\naccomplishments: none\n---\n## Accomplishments\n\n- A\n", "a.md")
    lines = {"accomplishments": 6, "phase": 2, "plan": 3}
    assert reading.places == {key: Place(file="a.md", line=line, column=1) for key, line in lines.items()}


def test_a_summary_without_front_matter_says_so() -> None:
    reading = read_summary(sample("summaries/no_front_matter.md"))
    assert [(each.task, each.hashes, each.note) for each in reading.summary.commits] == [
        ("1. Model", ("a41f9c2",), "feat"),
        ("2. Route", ("b52e0d3", "b52e0d4"), ""),
        ("3. Docs", (), "pending review; docs"),
    ]
    assert reading.summary.accomplishments == ()
    assert found(reading.findings) == [("PT001", 1, 1)]
