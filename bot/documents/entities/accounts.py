"""Which entity people log in with, and the roles that tell them apart, before any feature has changed the specs."""

from __future__ import annotations

from collections.abc import Sequence

from bot.documents.entities.entity_specs import Entity, EntitySpecs, EnumSpec

__all__ = ["ROLES", "ROLE_ENUM", "account_named", "account_of", "managing_role", "role_enum", "roles_known"]

ROLES = ("ADMIN", "USER")
"""The roles that the feature auth brings to an account that has none."""
ROLE_ENUM = "UserRole"
"""The enum that the feature auth takes where one is there, for an account without a role."""
MANAGER = "ADMIN"
"""The role that manages accounts; in an enum without it, the first one does."""
USER = "User"


def account_of(specs: EntitySpecs) -> Entity | None:
    """Return the entity whose rows log in, or None where the service has no accounts."""
    return next((entity for entity in specs.entities if entity.logs_in), None)


def account_named(specs: EntitySpecs) -> Entity | None:
    """Return the entity that becomes the account: the one it was before, a marked one, or one called User."""
    named = (entity for entity in specs.entities if entity.name == USER)
    flagged = (entity for entity in specs.entities if entity.account)
    return account_of(specs) or next(flagged, None) or next(named, None)


def role_enum(specs: EntitySpecs) -> EnumSpec | None:
    """Return the enum under the name that the feature auth takes for roles, where it tells anybody apart."""
    enum = specs.enum(ROLE_ENUM)
    return enum if enum is not None and len(enum.values) > 1 else None


def roles_known(specs: EntitySpecs) -> tuple[str, ...]:
    """Return the roles that accounts have, or will have with the feature auth; none where their role is no enum."""
    account = account_named(specs)
    role = account.field("role") if account else None
    if role is not None:
        enum = specs.enum_of(role)
        return () if enum is None or role.type.is_list else enum.values
    brought = role_enum(specs)
    return brought.values if brought else ROLES


def managing_role(values: Sequence[str]) -> str:
    """Return the role that manages accounts, of at least one."""
    return next((value for value in values if value.upper() == MANAGER), values[0])
