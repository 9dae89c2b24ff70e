"""Taking out what one person said: the longest words first, so that nothing is left of what holds others."""

from __future__ import annotations

from bot.store.tables import DocumentRevision
from bot.workflow.scrubbed_documents import written
from bot.workflow.scrubbing import REMOVED, Scrubber
from tests.workflow.office import MARA, Office


def test_words_within_longer_words_leave_no_rest() -> None:
    scrubber = Scrubber(MARA, "gone", ["my aunt Zoe", "my aunt Zoe sings in Riga"])
    assert scrubber.text("Notes: my aunt Zoe sings in Riga") == f"Notes: {REMOVED}"
    assert scrubber.text("Ask my aunt Zoe") == f"Ask {REMOVED}"


def test_a_single_word_is_everybodys_and_who_is_named_is_a_tombstone() -> None:
    scrubber = Scrubber(MARA, "gone", ["lent"])
    assert scrubber.text(f"A book is lent to <@{MARA}>, not to {MARA}X") == f"A book is lent to <@gone>, not to {MARA}X"


async def test_each_document_is_written_anew_from_what_is_kept_of_it(office: Office) -> None:
    await office.in_review()
    rows = await office.rows(DocumentRevision)
    assert {row.document for row in rows} == {"requirements", "entity_specs", "task_plan"}
    for row in rows:
        assert written(row.document, row.content) == row.text
        assert written(row.document, {"of": "an older version"}) == ""
