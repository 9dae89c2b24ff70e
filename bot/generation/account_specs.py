"""What the feature auth changes in specs: one entity becomes the account that clients log in with.

That is the entity marked ``(account)``, else one called User, else a User of its own. It gets what a login needs and a
role; each field that it had no equal of is marked ``for auth``. A hash of a password and the flag of a superuser are
always the feature's own, so that no client ever gives them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.documents.entities.accounts import ROLE_ENUM, ROLES, account_named, account_of, managing_role, role_enum
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs, EnumSpec, FieldType
from bot.generation.errors import UnsupportedSpecsError

__all__ = [
    "AUTH",
    "Roles",
    "account_of",
    "is_brought",
    "require_account",
    "roles_of",
    "with_account",
    "without_brought_account",
]

AUTH = "auth"
ACCOUNT_NAMES, TABLES, ROLE_NAMES = ("User", "Account"), ("users", "accounts"), (ROLE_ENUM, "AccountRole")
FLAGS = ("is_active", "is_superuser", "is_verified")
HASH_LENGTH = "1024"


@dataclass(frozen=True)
class Roles:
    """The roles of an account: their enum, the one that manages accounts, and the one that registration gives."""

    enum: str
    manager: str
    registered: str


def roles_of(enum: EnumSpec, default: str | None) -> Roles:
    """Return the roles of an enum. Registration gives the default, or the last role, but never the managing one."""
    manager = managing_role(enum.values)
    others = [value for value in enum.values if value != manager] or [manager]
    return Roles(enum.name, manager, default if default in others else others[-1])


def with_account(specs: EntitySpecs) -> EntitySpecs:
    """Let one entity log in, and bring the roles where it has none; nothing is brought to nothing. Pure."""
    if not specs.entities:
        return specs
    chosen = account_named(specs)
    if chosen is None:
        chosen = new_account(specs)
        others = [entity for entity in specs.entities if entity.is_writable]
        written = [entity for entity in specs.entities if not entity.is_writable]
        specs = specs.model_copy(update={"entities": (*others, chosen, *written)})
    if chosen.field("role") is None:
        specs, enum = with_role_enum(specs, chosen.name)
        role = marked("role", enum.name, default=roles_of(enum, None).registered)
    else:
        role = None
    account = with_login(chosen, role)
    return specs.model_copy(
        update={"entities": tuple(account if entity is chosen else entity for entity in specs.entities)}
    )


def new_account(specs: EntitySpecs) -> Entity:
    """Return an account with nothing but its key and its time stamps, under names that are free."""
    classes = {*(entity.name for entity in specs.entities), *(enum.name for enum in specs.enums)}
    table = free(TABLES, {entity.table for entity in specs.entities})
    stamps = (marked(name, "datetime", auto_generated=True) for name in ("created_at", "updated_at"))
    return Entity(
        name=free(ACCOUNT_NAMES, classes),
        table=table,
        api_path=f"/api/v1/{table.replace('_', '-')}",
        fields=(EntityField(name="id", type=FieldType(name="int"), primary_key=True, auto_generated=True), *stamps),
    )


def free(names: tuple[str, ...], taken: Iterable[str]) -> str:
    """Return the first name that is free, or the last one with a number."""
    used, last = set(taken), names[-1]
    numbered = (f"{last}{number}" for number in range(2, len(used) + 3))
    return next(name for name in (*names, *numbered) if name not in used)


def with_role_enum(specs: EntitySpecs, account: str) -> tuple[EntitySpecs, EnumSpec]:
    """Return specs with an enum of roles: one that is there under that name, or a new one."""
    there = role_enum(specs)
    if there is not None:
        return specs, there
    taken = {account, *(entity.name for entity in specs.entities), *(enum.name for enum in specs.enums)}
    enum = EnumSpec(name=free(ROLE_NAMES, taken), values=ROLES)
    of_service = {field.type.name for entity in specs.entities if not entity.is_writable for field in entity.fields}
    at = next((at for at, each in enumerate(specs.enums) if each.name in of_service), len(specs.enums))
    return specs.model_copy(update={"enums": (*specs.enums[:at], enum, *specs.enums[at:])}), enum


def with_login(entity: Entity, role: EntityField | None) -> Entity:
    """Return an entity with all that a login needs; its time stamps, and what other features brought, stay last."""
    own = {
        "hashed_password": marked("hashed_password", "str", maximum=HASH_LENGTH),
        "is_superuser": marked("is_superuser", "bool", default="false"),
    }
    wanted = [
        marked("email", "EmailStr", unique=True),
        own["hashed_password"],
        marked("is_active", "bool", default="true"),
        own["is_superuser"],
        marked("is_verified", "bool", default="false"),
        *([role] if role else []),
    ]
    fields = [own.get(field.name, field) for field in entity.fields]
    names = {field.name for field in fields}
    added = [field for field in wanted if field.name not in names]
    last = (at for at, field in enumerate(fields) if field.is_timestamp or field.is_kept_by_service)
    at = next(last, len(fields))
    return entity.model_copy(update={"fields": (*fields[:at], *added, *fields[at:])})


def marked(name: str, type_name: str, **modifiers: object) -> EntityField:
    """Return a field that the feature brings."""
    return EntityField.model_validate({"name": name, "type": FieldType(name=type_name), "feature": AUTH, **modifiers})


def without_brought_account(specs: EntitySpecs) -> EntitySpecs:
    """Take away the account that the feature brought, and its enum of roles where nothing else is of that type."""
    brought = {
        field.type.name
        for entity in specs.entities
        for field in entity.fields
        if field.name == "role" and field.feature == AUTH
    }
    if not brought:
        return specs
    used = {field.type.name for entity in specs.entities for field in entity.fields if field.feature != AUTH}
    return specs.model_copy(
        update={
            "entities": tuple(entity for entity in specs.entities if not is_brought(entity)),
            "enums": tuple(enum for enum in specs.enums if enum.name not in brought - used or enum.values != ROLES),
        }
    )


def is_brought(entity: Entity) -> bool:
    """Tell whether the feature brought a whole entity: only to such a one it gave the time stamps."""
    return any(field.is_timestamp and field.feature == AUTH for field in entity.fields)


def require_account(specs: EntitySpecs) -> None:
    """Refuse an account that nobody could log in with. Raises UnsupportedSpecsError."""
    account = account_of(specs)
    if account is None:
        raise UnsupportedSpecsError("The feature auth needs an account; mark one entity with (account).")
    name, key = account.name, account.primary_key
    if key is not None and key.name != "id":
        raise UnsupportedSpecsError(f"{name} is the account, so its key must be called id; rename {key.name}.")
    if account.field("password") is not None:
        raise UnsupportedSpecsError(
            f"{name}.password would be kept as it is; leave it out: the feature auth takes one and keeps its hash."
        )
    if account.field("current_password") is not None:
        raise UnsupportedSpecsError(
            f"{name}.current_password is what people send to change their own account; call the field something else."
        )
    email = account.field("email")
    if email is None or email.type not in (FieldType(name="EmailStr"), FieldType(name="str")) or not is_sure(email):
        raise UnsupportedSpecsError(f"{name} logs in by its email: make it `email: EmailStr (unique)`.")
    if not email.unique:
        raise UnsupportedSpecsError(f"{name} logs in by its email, so it must be unique: `email: EmailStr (unique)`.")
    for flag in FLAGS:
        field = account.field(flag)
        if field is None or field.type != FieldType(name="bool") or not is_sure(field):
            raise UnsupportedSpecsError(f"{name}.{flag} must be a plain bool, or be left to the feature auth.")
    require_role(account, specs)


def require_role(account: Entity, specs: EntitySpecs) -> None:
    """Refuse roles that tell nobody apart."""
    role = account.field("role")
    enum = specs.enum_of(role)
    if role is None or enum is None or role.type.is_list or role.unique or not is_sure(role):
        raise UnsupportedSpecsError(
            f"{account.name}.role must be an enum that every account has, or be left to the feature auth."
        )
    if len(enum.values) == 1:
        raise UnsupportedSpecsError(f"{enum.name} needs a second role beside {enum.values[0]}, for those who register.")


def is_sure(field: EntityField) -> bool:
    """Tell whether every row has a value that somebody chose."""
    return not field.optional and not field.auto_generated
