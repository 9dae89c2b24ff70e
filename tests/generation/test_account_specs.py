"""The feature auth makes an account of one entity, and nothing that a client must not have leaves its view."""

from __future__ import annotations

import pytest

from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs, EnumSpec
from bot.documents.entities.entity_specs_writer import write_entity_specs
from bot.generation.account_specs import account_of, require_account, roles_of
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.feature_specs import with_features
from bot.generation.view import specs_view
from tests.generation.samples import build_inputs, entity, key, library, refers_to, text, typed

NOTE = entity("Note", "notes", key(), text("body"))
EMAIL = EntityField(name="email", type=typed("EmailStr"), unique=True)
ROLE = EnumSpec(name="Rank", values=("admin", "editor", "reader"))


def specs_of(*fields: EntityField, name: str = "Member", enums: tuple[EnumSpec, ...] = ()) -> EntitySpecs:
    """Return specs whose account has these fields beside its key and a name."""
    marked = entity(name, f"{name.lower()}s", key(), text("name"), *fields).model_copy(update={"account": True})
    return EntitySpecs(entities=(marked, NOTE), enums=enums)


def account_in(specs: EntitySpecs, *features: str) -> Entity:
    """Return the account of specs with the feature auth."""
    account = account_of(with_features(specs, ("auth", *features)))
    assert account is not None
    return account


def test_specs_without_an_account_get_one_with_marked_fields() -> None:
    specs = with_features(library(), ("auth",))
    assert specs.enum("UserRole") == EnumSpec(name="UserRole", values=("ADMIN", "USER"))
    assert (
        write_entity_specs(specs)
        .partition("ENTITY: User\n")[2]
        .startswith(
            "TABLE: users\n"
            "FIELDS:\n"
            "  - id: int (primary key, auto-generated)\n"
            "  - email: EmailStr (unique, for auth)\n"
            "  - hashed_password: str (max 1024, for auth)\n"
            "  - is_active: bool (default true, for auth)\n"
            "  - is_superuser: bool (default false, for auth)\n"
            "  - is_verified: bool (default false, for auth)\n"
            "  - role: UserRole (enum, default USER, for auth)\n"
            "  - created_at: datetime (auto-generated, for auth)\n"
        )
    )


def test_the_marked_entity_is_the_account_and_keeps_what_it_has() -> None:
    own = EntityField(name="is_active", type=typed("bool"))
    account = account_in(specs_of(EMAIL, own))
    assert account.name == "Member"
    assert account.field("email") == EMAIL
    assert account.field("is_active") == own
    assert [field.name for field in account.fields if field.feature == "auth"] == [
        "hashed_password", "is_superuser", "is_verified", "role",
    ]  # fmt: skip


def test_an_entity_called_user_is_the_account_where_none_is_marked() -> None:
    user = entity("User", "people", key(), text("name"))
    assert account_in(EntitySpecs(entities=(NOTE, user))).table == "people"


def test_a_hash_and_the_flag_of_superusers_are_always_the_features_own() -> None:
    drafted = (text("hashed_password"), EntityField(name="is_superuser", type=typed("bool")))
    account = account_in(specs_of(EMAIL, *drafted))
    assert [field.feature for field in account.fields if not field.is_given] == [None, "auth", "auth"]
    assert [field.name for field in account.fields if field.is_secret] == ["hashed_password"]


def test_roles_that_are_there_are_used_and_registration_never_gives_the_managing_one() -> None:
    role = EntityField(name="role", type=typed("Rank"), default="reader")
    specs = with_features(specs_of(role, enums=(ROLE,)), ("auth",))
    assert [enum.name for enum in specs.enums] == ["Rank"]
    assert (roles_of(ROLE, "editor").manager, roles_of(ROLE, "editor").registered) == ("admin", "editor")
    assert roles_of(ROLE, "admin").registered == "reader"
    assert roles_of(EnumSpec(name="Rank", values=("chief", "crew")), None).manager == "chief"


def test_keys_may_be_uuids() -> None:
    inputs = build_inputs(library(), features=("auth", "uuid-keys"))
    account = account_of(inputs.specs)
    assert account is not None
    assert account.primary_key is not None
    assert account.primary_key.type.name == "UUID"
    assert with_features(inputs.specs, ()) == library()


def test_a_secret_is_in_no_list_and_no_answer_and_a_password_is_only_written() -> None:
    view = specs_view(with_features(specs_of(EMAIL), ("auth",))).account
    assert view is not None
    assert "hashed_password" not in repr(view.list)
    assert not [item for item in (*view.answered, *view.given, *view.list.searched) if item.field.is_secret]
    assert not [item for item in view.list.filters if "hashed_password" in item.query_line.text]
    assert not [item for item in view.list.sorts if item.attribute.text == "hashed_password"]
    assert "password" in [item.field.name for item in view.given]
    assert "password" not in [item.field.name for item in (*view.answered, *view.fields)]
    assert view.account is not None
    assert [item.field.name for item in view.account.own_fields] == ["name", "email", "password"]


def test_rows_that_show_accounts_say_so() -> None:
    member = library().entity("Member")
    assert member is not None
    others = tuple(each for each in library().entities if each.name != "Member")
    specs = EntitySpecs(entities=(*others, member.model_copy(update={"account": True})), enums=library().enums)
    with_login = specs_view(with_features(specs, ("auth",)))
    assert [item.name.text for item in with_login.entity("Loan").private_includes] == ["member"]
    assert with_login.entity("Member").private_includes == ()
    assert specs_view(specs).entity("Loan").private_includes == ()


@pytest.mark.parametrize(
    ("specs", "sentence"),
    [
        (specs_of(text("email")), "it must be unique"),
        (specs_of(text("email", unique=True, optional=True)), "logs in by its email"),
        (specs_of(EMAIL, text("password")), "would be kept as it is"),
        (specs_of(EMAIL, text("current_password")), "call the field something else"),
        (specs_of(EMAIL, text("is_active")), "must be a plain bool"),
        (specs_of(EMAIL, text("role")), "must be an enum"),
        (specs_of(EntityField(name="role", type=typed("One")), enums=(EnumSpec(name="One", values=("A",)),)), "second"),
        (EntitySpecs(entities=(entity("User", "users", key(name="number"), text("name")),)), "must be called id"),
    ],
)
def test_an_account_that_nobody_could_log_in_with_is_refused(specs: EntitySpecs, sentence: str) -> None:
    with pytest.raises(UnsupportedSpecsError, match=sentence):
        require_account(with_features(specs, ("auth",)))


def test_specs_that_no_transform_has_seen_have_no_account() -> None:
    with pytest.raises(UnsupportedSpecsError, match="needs an account"):
        require_account(library())


def test_an_account_that_refers_to_others_is_planned_like_any_other() -> None:
    specs = specs_of(EMAIL, refers_to("Note", "note_id", optional=True))
    titles = [task.title for task in build_inputs(specs, features=("auth",)).task_plan.tasks()]
    assert "Passwords, tokens and the actor" in titles
    assert titles.index("OAuth2 scheme, current account and permissions") < titles.index("Member: endpoints")
