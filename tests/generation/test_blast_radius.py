"""What a change touches is found by comparing all that two revisions give."""

from __future__ import annotations

from bot.documents.entities.declared_rules import OneOpen
from bot.documents.entities.entity_specs import EntityField, EntitySpecs, FieldType
from bot.generation.blast_radius import BlastRadius, Touched, blast_radius
from bot.generation.custom import CustomBehaviour
from tests.generation.samples import build_inputs, entity, key, library, text

OVERDUE = CustomBehaviour(
    title="Overdue loans",
    slug="overdue_loans",
    criterion="WHEN a client asks for overdue loans, THE System SHALL list them.",
    done="Overdue loans are listed.",
)
PAGES = EntityField(name="pages", type=FieldType(name="int"), optional=True)


def with_pages(specs: EntitySpecs) -> EntitySpecs:
    """Return specs in which the first entity has pages too."""
    first, *rest = specs.entities
    return specs.model_copy(update={"entities": (first.model_copy(update={"fields": (*first.fields, PAGES)}), *rest)})


def test_nothing_changed_touches_nothing() -> None:
    inputs = build_inputs(library())

    assert blast_radius(inputs, inputs) == BlastRadius()
    assert not BlastRadius()


def test_a_new_field_touches_what_names_it_and_nothing_of_others() -> None:
    before, after = build_inputs(library()), build_inputs(with_pages(library()))
    name = library().entities[0].name

    radius = blast_radius(before, after)

    assert radius.fields == Touched(new=(f"{name}.pages",))
    assert radius.rules == Touched()
    assert radius.files.new == radius.files.gone == ()
    assert f"app/models/{name.lower()}.py" in radius.files.changed
    assert "migrations/versions/0001_initial.py" in radius.files.changed
    others = [one.name.lower() for one in library().entities[1:]]
    assert not [path for path in radius.files.changed if path in {f"app/models/{other}.py" for other in others}]
    titles = {task.number: task.title for task in after.task_plan.tasks()}
    assert f"{name}: model, schemas and factory" in {titles[number] for number in radius.tasks.changed}
    assert radius.tasks.new == radius.tasks.gone == ()


def test_a_new_entity_brings_tasks_and_files_though_all_numbers_move() -> None:
    shelf = entity("Shelf", "shelves", key(), text("room"))
    more = EntitySpecs(entities=(shelf, *library().entities), enums=library().enums)

    radius = blast_radius(build_inputs(library()), build_inputs(more))

    assert "app/models/shelf.py" in radius.files.new
    titles = {task.number: task.title for task in build_inputs(more).task_plan.tasks()}
    assert all("helf" in titles[number] or "shelves" in titles[number].lower() for number in radius.tasks.new)
    assert len(radius.tasks.new) >= 4
    assert radius.tasks.gone == ()


def test_what_is_done_and_what_people_edited_is_named() -> None:
    before, after = build_inputs(library()), build_inputs(with_pages(library()))
    name = library().entities[0].name
    numbers = {task.title: task.number for task in before.task_plan.tasks()}
    model, settings = numbers[f"{name}: model, schemas and factory"], before.task_plan.tasks()[0].number
    path = f"app/models/{name.lower()}.py"

    radius = blast_radius(before, after, frozenset({model, settings}), frozenset({path, "app/main.py"}))

    assert radius.finished == (model,)
    assert radius.edited == (path,)


def test_a_rule_and_a_custom_behaviour_come_and_go() -> None:
    specs = library()
    loan = specs.entities[0]
    ruled = loan.model_copy(update={"rules": (OneOpen(entity="Loan", relation="book", until="returned_at"),)})
    after = specs.model_copy(update={"entities": tuple(ruled if one is loan else one for one in specs.entities)})

    there = blast_radius(build_inputs(specs), build_inputs(after, custom=(OVERDUE,)))
    back = blast_radius(build_inputs(after, custom=(OVERDUE,)), build_inputs(specs))

    assert len(there.rules.new) == 1
    assert there.rules.new == back.rules.gone
    assert len(there.tasks.new) == len(back.tasks.gone)
    assert there.criteria.new
    assert "app/services/overdue_loans.py" not in there.files.new, "a model writes it; no template does"
