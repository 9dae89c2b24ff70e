"""The prepared view of the account that clients log in with: its roles, and what people say of themselves."""

from __future__ import annotations

from dataclasses import dataclass

from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs, FieldType
from bot.generation.account_specs import AUTH, roles_of
from bot.generation.enums import enum_view
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.fields import FieldView, field_view
from bot.generation.relations import LinkView
from bot.generation.values import Expression, Identifier, MarkdownText, join_imports

__all__ = ["AccountView", "account_view", "password_field"]

MANAGED = frozenset({"is_active", "is_verified", "role"})
"""What those who manage accounts decide, and nobody about the own account."""
PASSWORD_LENGTHS = ("12", "128")


@dataclass(frozen=True)
class AccountView:
    """What sets an account apart from other entities."""

    roles: Identifier
    """The enum of its roles."""
    manager: Identifier
    """The role that manages accounts."""
    registered: Identifier
    """The role that registration gives."""
    registered_text: MarkdownText
    manager_text: MarkdownText
    key_mixin: Identifier
    """What reads keys out of tokens."""
    own_fields: tuple[FieldView, ...]
    """What people say of themselves, the password included."""
    own_links: tuple[LinkView, ...]
    registered_links: tuple[LinkView, ...]
    """Those that people may give before they are anybody: not the ones to rows that are left to others."""
    imports: tuple[Expression, ...]
    """The import lines of the schemas made of the account's own fields."""


def account_view(
    entity: Entity,
    specs: EntitySpecs,
    fields: tuple[FieldView, ...],
    links: tuple[LinkView, ...],
    written: tuple[FieldView, ...],
) -> AccountView:
    """Prepare an account. Raises UnsupportedSpecsError where it has no role."""
    role = entity.field("role")
    enum = specs.enum_of(role)
    key = entity.primary_key
    if role is None or enum is None or not enum.values or key is None:
        raise UnsupportedSpecsError(f"{entity.name} needs a field `role` of an enum, so that it can be an account.")
    roles = roles_of(enum, role.default)
    members = dict(zip(enum.values, (member.name for member in enum_view(enum).members), strict=True))
    own = tuple(item for item in (*fields, *written) if item.is_given and item.field.name not in MANAGED)
    lines = [line for item in own for line in (item.create_line, item.update_line)]
    lines += [line for link in links for line in (link.create_line, link.update_line)]
    return AccountView(
        roles=Identifier(roles.enum),
        manager=members[roles.manager],
        registered=members[roles.registered],
        registered_text=MarkdownText.of(roles.registered),
        manager_text=MarkdownText.of(roles.manager),
        key_mixin=Identifier("UUIDIDMixin" if key.type.name == "UUID" else "IntegerIDMixin"),
        own_fields=own,
        own_links=links,
        registered_links=tuple(link for link in links if not link.is_guarded),
        imports=join_imports(lines),
    )


def password_field(entity: Entity, specs: EntitySpecs) -> FieldView:
    """Prepare the password, which clients give and only its hash is kept of."""
    minimum, maximum = PASSWORD_LENGTHS
    password = EntityField(name="password", type=FieldType(name="str"), minimum=minimum, maximum=maximum, feature=AUTH)
    return field_view(entity, password, specs, is_deferred=False)
