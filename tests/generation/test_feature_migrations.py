"""Features are chosen and given up with rows inside: rows stay, and what people deleted does not come back."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from bot.generation.errors import UnsupportedSpecsError
from bot.generation.feature_specs import with_features
from tests.generation.migrating import (
    NOON,
    ROWS,
    found,
    migrated,
    moved,
    side_of,
)
from tests.generation.samples import library

SOFT, AUDIT = ("soft-delete",), ("audit",)


@pytest.mark.parametrize(
    ("before", "after"),
    [((), SOFT), (SOFT, ()), ((), AUDIT), (AUDIT, ()), (SOFT, AUDIT), ((), (*SOFT, *AUDIT)), ((*SOFT, *AUDIT), SOFT)],
)
def test_features_come_and_go_and_rows_stay(engine: sa.Engine, before: tuple[str, ...], after: tuple[str, ...]) -> None:
    outcome = moved(engine, with_features(library(), before), with_features(library(), after))

    assert outcome.stopped == ""
    for held in (outcome.up, outcome.down):
        assert [row["title"] for row in held["books"]] == ["Dune", "Emma"]
        assert [(row["member_id"], row["book_id"]) for row in held["loans"]] == [(1, 1)]
    assert {row.get("deleted_at") for row in outcome.up["books"]} == {None}
    assert ("audit_entries" in outcome.up) is ("audit" in after)


@pytest.mark.parametrize("is_chosen", [True, False], ids=["chosen", "given up"])
def test_what_people_deleted_never_comes_back_by_itself(engine: sa.Engine, is_chosen: bool) -> None:
    soft = with_features(library(), SOFT)
    old, new = (library(), soft) if is_chosen else (soft, library())
    deleted = {**ROWS["members"][0], "id": 2, "email": "b@c.d", "deleted_at": NOON}
    rows, later = (ROWS, {"members": [deleted]}) if is_chosen else ({"members": [deleted]}, None)
    outcome = migrated(engine, side_of(old), side_of(new), rows, later)
    assert outcome.stopped == (
        "members.deleted_at: a row is deleted, and would be back without this column. "
        "Remove it for good or restore it first, then run the migration again."
    )


def test_what_was_unique_among_all_is_not_looked_at_again() -> None:
    made = found(library(), with_features(library(), SOFT))
    assert not any("require_none" in statement.text for statement in made.upgrade)
    assert any("must not repeat" in statement.text for statement in made.downgrade)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ((), ("uuid-keys",), "it can only be chosen when a repository is new. Build again without it here"),
        (("uuid-keys",), (), "Build again with uuid-keys among its features."),
    ],
)
def test_uuid_keys_are_chosen_once(before: tuple[str, ...], after: tuple[str, ...], words: str) -> None:
    with pytest.raises(UnsupportedSpecsError, match=re.escape(words)):
        found(with_features(library(), before), with_features(library(), after))
