"""A sentence for each form of declared rule, as people say it: what the planner reads, in the order of the forms."""

from __future__ import annotations

from collections.abc import Mapping

from bot.documents.entities.declared_rules import (
    ActionByOwner,
    ActionByRole,
    AtMost,
    DeclaredRule,
    DerivedMoment,
    LatestAfter,
    NoOverlap,
    OneOpen,
    OnlyWhile,
    Transition,
)

__all__ = ["RULE_EXAMPLES"]

RULE_EXAMPLES: Mapping[type[DeclaredRule], str] = {
    Transition: "an order goes from open to paid, and from open to cancelled",
    OneOpen: "a lent book can't be lent again",
    DerivedMoment: "loans are due three weeks after they were lent",
    NoOverlap: "bookings of the same room must not overlap",
    LatestAfter: "a rental lasts at most 48 hours",
    ActionByOwner: "only the author of a post may delete it",
    OnlyWhile: "a broken kiln can't be booked",
    AtMost: "a member has at most three bookings",
    ActionByRole: "only stewards can add tools",
}
