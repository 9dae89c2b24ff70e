"""Many-to-many links to rows that are left to their owners: who writes them, and who is shown them."""

from __future__ import annotations

from functools import cache

from bot.building.tree import service_tree
from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.generation.facts import facts_about
from bot.generation.feature_specs import with_features
from bot.generation.specs_view import SpecsView
from bot.generation.view import specs_view
from tests.generation.samples import build_inputs

RULES = """RULES:
  - read only by owner_id
  - update only by owner_id
"""

NOTES = """<entity_specs>
ENTITY: User (account)
TABLE: users
FIELDS:
  - id: int (primary key, auto-generated)
  - email: EmailStr (unique)
RELATIONS:
  - pinned: Note (ManyToMany)

ENTITY: Note
TABLE: notes
FIELDS:
  - id: int (primary key, auto-generated)
  - owner_id: int (foreign key to User, on delete cascade)
  - text: str (max 100)
RELATIONS:
  - tags: Tag (ManyToMany)
RULES:
  - read only by owner_id
  - update only by owner_id

ENTITY: Tag
TABLE: tags
FIELDS:
  - id: int (primary key, auto-generated)
  - name: str (max 40)
RELATIONS:
  - notes: Note (ManyToMany)

ENTITY: Remark
TABLE: remarks
FIELDS:
  - id: int (primary key, auto-generated)
  - tag_id: int (foreign key to Tag, on delete cascade)
</entity_specs>
"""


@cache
def notes(rules: str = RULES) -> EntitySpecs:
    """Return notes with rules about their owners, which tags and accounts link to."""
    return read_entity_specs(NOTES.replace(RULES, rules), "notes.txt").specs


def view_of(rules: str = RULES) -> SpecsView:
    """Return the view of the notes, with accounts."""
    return specs_view(with_features(notes(rules), ("auth",)))


@cache
def files() -> dict[str, str]:
    """Return every file of the service of the notes."""
    inputs = build_inputs(notes(), features=("auth",))
    written = {path: content for task in service_tree(inputs).values() for path, content in task.items()}
    return {path: content.decode() for path, content in written.items()}


def test_whoever_links_to_rows_with_owners_knows_their_rules() -> None:
    tags = files()["app/services/tag.py"]
    assert "from app.rules.note import OWNERS as NOTE_OWNERS" in tags
    assert "Tag.notes: NOTE_OWNERS," in tags
    assert "User.pinned: NOTE_OWNERS," in files()["app/services/user.py"]
    assert "self.check_links(row, values)" in files()["app/services/base.py"]


def test_linked_keys_are_narrowed_in_related_rows_too() -> None:
    view = view_of()
    shown = {
        name: {f"{link.name.text}.{link.relation.text}" for link in view.entity(name).guarded_links}
        for name in ("Note", "Tag", "Remark")
    }
    assert shown == {"Note": {"Tag.notes", "User.pinned"}, "Tag": {"Tag.notes"}, "Remark": {"Tag.notes"}}
    assert [view.entity(name).guards_links for name in ("Note", "Tag", "Remark")] == [False, True, False]
    assert '"note_id": (Tag.notes, Note.id),' in files()["app/repositories/tag.py"]


def test_rules_that_say_nothing_about_reading_hide_no_links() -> None:
    assert view_of().hides_links
    view = view_of("RULES:\n  - update only by owner_id\n")
    assert (view.guards_links, view.hides_links) == (True, False)
    view = view_of("RULES:\n  - delete only by owner_id\n")
    assert (view.guards_links, view.hides_links) == (False, False)


def test_rules_that_links_ask_are_stated_before_the_first_service() -> None:
    plan = build_inputs(notes(), features=("auth",)).task_plan
    made = [path for task in plan.tasks() for path in task.files]
    assert made.count("app/rules/note.py") == 1
    assert made.index("app/rules/note.py") < min(made.index(f"app/services/{name}.py") for name in ("user", "tag"))
    assert "linked rules" in facts_about("Note", notes())
    assert "own owner rules" in facts_about("Note", read_entity_specs(NOTES.replace("ManyToMany", "OneToMany")).specs)


def test_nobody_registers_with_links_to_rows_of_others() -> None:
    registration, _, change = files()["app/schemas/auth.py"].partition("class AccountChange")
    assert "note_ids" not in registration.partition("class Registration")[2]
    assert "pinned_ids" not in registration
    assert "pinned_ids: types.Keys | MISSING" in change


def test_the_routes_say_that_a_link_may_be_refused() -> None:
    assert "responses=problem_responses(403)" in files()["app/api/endpoints/tags.py"]
    assert "responses=problem_responses(400, 401, 403, 409, 413, 422)" in files()["app/api/endpoints/auth.py"]


def test_strangers_and_owners_try_every_link() -> None:
    tests = files()["tests/owners/test_note.py"]
    for name in (
        "note_ids_of_tag_are_left_to_the_owner",
        "the_owner_chooses_note_ids_of_tag",
        "own_pinned_ids_are_left",
    ):
        assert f"async def test_{name}" in tests
