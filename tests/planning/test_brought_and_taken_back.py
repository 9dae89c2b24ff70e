"""What comes back or is put away is no link by a verb of its own: it is quoted, and no thing is made of it."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, shape, talk

LOANS = "Members borrow books. A book has a title."


@pytest.mark.parametrize(
    "said",
    [
        "The librarian takes back each book",
        "The librarian takes each book back",
        "The clerk puts away each book",
        "The office gets back the books",
        "The courier brings home every book",
        "A helper carries away the books",
    ],
)
def test_what_comes_back_is_quoted(said: str) -> None:
    """No "librarian take", whose verb would be "back"."""
    proposal = propose(talk(f"{LOANS} {said}."))
    assert list(shape(proposal)) == ["Member", "Book", "Loan"]
    assert "librarian" not in str(shape(proposal))
    assert proposal.unread == (said,)


def test_who_backs_something_is_linked() -> None:
    assert shape(propose(talk("A project has a title. Patrons back projects.")))["Project"].endswith("->Patron")
