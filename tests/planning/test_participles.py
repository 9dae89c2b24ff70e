"""What something is once a deed was done to it: also of verbs that are no regular ones, or double their last letter."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.chat_text import cleaned
from bot.planning.built_in.words.participles import participle


@pytest.mark.parametrize(
    ("verb", "done"),
    [
        ("admits", "admitted"), ("submits", "submitted"), ("permits", "permitted"), ("commits", "committed"),
        ("omits", "omitted"), ("transmits", "transmitted"), ("refers", "referred"), ("transfers", "transferred"),
        ("patrols", "patrolled"), ("controls", "controlled"), ("enrols", "enrolled"), ("equips", "equipped"),
        ("plans", "planned"), ("ships", "shipped"), ("replans", "replanned"), ("unplugs", "unplugged"),
        ("withdraws", "withdrawn"), ("rewrites", "rewritten"), ("undoes", "undone"), ("resends", "resent"),
        ("cuts", "cut"), ("puts", "put"), ("chooses", "chosen"), ("catches", "caught"), ("sends", "sent"),
        ("finds", "found"), ("tells", "told"), ("sets", "set"), ("does", "done"),
    ],
)  # fmt: skip
def test_verbs_that_are_no_regular_ones_have_their_participle(verb: str, done: str) -> None:
    assert participle(verb) == done


@pytest.mark.parametrize(
    ("verb", "done"),
    [
        ("checks", "checked"), ("watches", "watched"), ("fixes", "fixed"), ("passes", "passed"), ("assess", "assessed"),
        ("dismisses", "dismissed"), ("carries", "carried"), ("plays", "played"), ("denies", "denied"),
        ("limits", "limited"), ("visits", "visited"), ("edits", "edited"), ("offers", "offered"), ("opens", "opened"),
        ("reviews", "reviewed"), ("delivers", "delivered"), ("repairs", "repaired"), ("cancels", "canceled"),
        ("summits", "summited"), ("returns", "returned"), ("records", "recorded"), ("reports", "reported"),
        ("approve", "approved"), ("vetoes", "vetoed"), ("orders", "ordered"), ("outlines", "outlined"),
    ],
)  # fmt: skip
def test_regular_verbs_stay_regular(verb: str, done: str) -> None:
    assert participle(verb) == done


@pytest.mark.parametrize(
    ("said", "states"),
    [
        ("Bands apply with their name. The jury admits or rejects each application.", "admitted or rejected"),
        ("Bands apply with their name. We choose or decline each application.", "chosen or declined"),
        ("A clerk drafts a form, an editor submits it, a lawyer permits or forbids it.",
         "drafted, then submitted, then permitted or forbidden"),
        ("An author writes a book, an editor cuts it, a manager withdraws it.", "written, then cut, then withdrawn"),
    ],
)  # fmt: skip
def test_steps_are_called_by_their_participles(said: str, states: str) -> None:
    assert states in cleaned(said)
