"""The example script tells a whole library to the real built-in planner."""

from __future__ import annotations

from pathlib import Path

from bot.planning.built_in import BuiltInPlanner
from bot.store.database import Database
from bot.terminal.conversation import converse
from bot.terminal.lines import script_reader
from tests.terminal.conftest import Workshop

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "library.txt"


async def test_the_example_reaches_delivered_with_each_of_its_replies_understood(database: Database) -> None:
    planner, written = BuiltInPlanner(), list[str]()

    outcome = await converse(
        database,
        Workshop(database, planner).drive,
        planner.name,
        script_reader(EXAMPLE, written.append),
        written.append,
    )

    text = "\n".join(written)
    assert outcome.code == 0
    assert "🎉 Library is ready" in text
    assert "for review · review 2" in text
    assert "number_of_pages int (optional)" in text
    for refused in ("Nothing was approved", "there is nothing to approve", "not understood", "open already"):
        assert refused not in text
