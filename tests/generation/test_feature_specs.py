"""Features change the specs before anything is derived; each change is marked, made once, and can be taken back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.entities.entity_specs import FEATURES, Cardinality, Entity, EntityField, EntitySpecs, Relation
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.entities.entity_specs_writer import write_entity_specs
from bot.generation.blueprint import load_blueprint
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.feature_specs import CHANGES, with_features
from tests.documents.strategies import entity_specs
from tests.generation.samples import build_inputs, entity, everything, key, library, refers_to, text, typed


def from_clients(item: Entity) -> set[str]:
    """Return the names of the fields that clients give."""
    return {field.name for field in item.fields if field.is_given}


some_features = st.sets(st.sampled_from(FEATURES))


@settings(deadline=None, max_examples=60)
@given(entity_specs(), some_features)
def test_twice_is_once_and_the_result_reads_back(specs: EntitySpecs, features: set[str]) -> None:
    once = with_features(specs, features)
    assert with_features(once, features) == once
    assert read_entity_specs(write_entity_specs(once)).specs == once


@settings(deadline=None, max_examples=60)
@given(entity_specs(), some_features, some_features)
def test_what_was_chosen_before_leaves_no_trace(specs: EntitySpecs, first: set[str], second: set[str]) -> None:
    plain = with_features(with_features(with_features(specs, ()), FEATURES), ())
    assert with_features(with_features(plain, first), second) == with_features(plain, second)


@pytest.mark.parametrize("specs", [library(), everything()], ids=["library", "everything"])
def test_specs_without_marks_come_back_when_features_are_taken_away(specs: EntitySpecs) -> None:
    assert with_features(specs, ()) == specs
    assert with_features(with_features(specs, FEATURES), ()) == specs


def test_uuid_keys_change_keys_and_what_refers_to_them() -> None:
    changed = with_features(library(), ("uuid-keys",))
    text_of_it = write_entity_specs(changed)
    assert "  - id: UUID (primary key, auto-generated, for uuid-keys)\n" in text_of_it
    assert "  - book_id: UUID (foreign key to Book)\n" in text_of_it
    assert "id: int" not in text_of_it


def test_uuid_keys_leave_keys_alone_that_are_none_and_those_that_are_uuids_already() -> None:
    own = everything().entity("Class")
    assert own is not None
    changed = with_features(everything(), ("uuid-keys",)).entity("Class")
    assert changed == own


def test_a_key_that_names_another_row_takes_its_type_and_so_does_what_names_it() -> None:
    book = entity("Book", "books", key(), text("title"))
    cover = entity("Cover", "covers", refers_to("Book", "book_id", "str", primary_key=True), text("colour"))
    scan = entity("Scan", "scans", key(), refers_to("Cover", "cover_id", "str"))
    plain = with_features(with_features(EntitySpecs(entities=(scan, cover, book)), ("uuid-keys",)), ())

    for item, name in (("Cover", "book_id"), ("Scan", "cover_id")):
        for specs, kind in ((plain, "int"), (with_features(plain, ("uuid-keys",)), "UUID")):
            found = specs.entity(item)
            assert found is not None
            field = found.field(name)
            assert field is not None
            assert (field.type.name, field.feature) == (kind, None)
    assert with_features(with_features(plain, ("uuid-keys",)), ()) == plain


def test_limits_of_a_number_go_with_the_number() -> None:
    limited = key().model_copy(update={"minimum": "1"})
    specs = EntitySpecs(entities=(entity("Note", "notes", limited, text("body")),))
    assert "min" not in write_entity_specs(with_features(specs, ("uuid-keys",)))


def test_soft_delete_gives_each_entity_the_moment_of_its_deletion_and_no_client_gives_it() -> None:
    changed = with_features(library(), ("soft-delete",))
    assert write_entity_specs(changed).count("  - deleted_at: Optional[datetime] (index, for soft-delete)\n") == 3
    assert all(item.is_deleted_softly and "deleted_at" not in from_clients(item) for item in changed.entities)
    assert not any(item.is_deleted_softly for item in library().entities)


def test_audit_signs_each_entity_and_adds_a_trail_that_is_only_read() -> None:
    changed = with_features(library(), ("audit", "soft-delete"))
    *written, trail = changed.entities
    assert trail.name == "AuditEntry"
    assert not trail.is_writable
    assert all(field.feature == "audit" for field in trail.fields)
    assert [enum.name for enum in changed.enums] == ["BookStatus", "AuditAction"]
    assert all(item.is_writable and not {"created_by", "updated_by"} & from_clients(item) for item in written)
    assert [field.name for field in written[0].fields[-3:]] == ["created_by", "deleted_at", "updated_by"]
    assert not trail.is_deleted_softly
    assert with_features(changed, ()) == library()


@pytest.mark.parametrize(
    ("feature", "name"), [("soft-delete", "deleted_at"), ("audit", "created_by"), ("audit", "updated_by")]
)
def test_a_field_that_a_feature_needs_for_itself_is_refused(feature: str, name: str) -> None:
    own = EntityField(name=name, type=typed("datetime"), optional=True)
    specs = EntitySpecs(entities=(entity("Note", "notes", key(), text("body"), own),))
    assert with_features(specs, (feature,)).entities[0].field(name) == own
    with pytest.raises(UnsupportedSpecsError, match=f"{feature} needs the field {name} of Note for itself"):
        build_inputs(specs, features=(feature,))


def test_marked_fields_go_with_their_feature_and_entities_that_have_no_others() -> None:
    gone = EntityField(name="deleted_at", type=typed("datetime"), optional=True, feature="soft-delete")
    marked = [field.model_copy(update={"feature": "audit"}) for field in (key(), text("what"))]
    lines = Relation(name="lines", target="AuditLine", cardinality=Cardinality.ONE_TO_MANY)
    owner = refers_to("Note", "note_id").model_copy(update={"feature": "audit"})
    specs = EntitySpecs(
        entities=(
            entity("Note", "notes", key(), text("body"), gone, relations=(lines,)),
            entity("AuditLine", "audit_lines", *marked, owner),
        )
    )
    (note,) = with_features(specs, ()).entities
    assert [field.name for field in note.fields] == ["id", "body"]
    assert note.relations == ()
    kept = with_features(specs, ("audit", "soft-delete"))
    assert [item.name for item in kept.entities] == ["Note", "AuditLine", "AuditEntry"]
    assert kept.entities[0].field("deleted_at") == gone


def test_every_feature_of_the_blueprint_can_be_marked_and_every_change_is_of_a_feature() -> None:
    assert set(load_blueprint().feature_names) <= set(FEATURES)
    assert CHANGES.keys() <= set(FEATURES)


def test_a_service_with_uuid_keys_is_planned_like_any_other() -> None:
    inputs = build_inputs(library(), features=("uuid-keys",))
    assert [field.type.name for item in inputs.specs.entities for field in item.fields if field.primary_key] == [
        "UUID", "UUID", "UUID",
    ]  # fmt: skip
