"""The chain of migrations is read from what people wrote, and nothing of that is run."""

from __future__ import annotations

import pytest

from bot.generation.errors import UnsupportedSpecsError
from bot.generation.revision_chain import RevisionChain


def chain_of(*texts: str) -> RevisionChain:
    """Read migrations in files of the numbers 0001, 0002 and so on."""
    return RevisionChain.read(
        {f"migrations/versions/{number:04d}_it.py": text.encode() for number, text in enumerate(texts, 1)}
    )


FIRST = 'revision: str = "0001"\ndown_revision: str | None = None\n'


def test_a_head_is_what_nothing_follows() -> None:
    merged = "revision = 'ab'\ndown_revision = ('x', 'y')\nother = [] * 3\nbranch_labels = {[]: 1}\n"
    chain = chain_of(FIRST, "revision = 'x'\ndown_revision = '0001'", "revision = 'y'\ndown_revision = '0001'", merged)

    assert chain.head() == "ab"
    assert chain.following() == "0005"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("revision = ", "can't be read as Python"),
        ("revision = 'a\\x00b'", "names no revision"),
        ("\0", "can't be read as Python"),
        ("revision = name_of(1)", "computes its revision"),
        ("revision = 'a'\ndown_revision = FIRST", "computes its down_revision"),
        ("revision = {[]: 1}", "computes its revision"),
        ("revision = 'a'\ndepends_on = " + "[" * 500 + "]" * 500, "it.py"),
    ],
)
def test_what_says_nothing_of_its_place_is_refused_with_its_name(text: str, words: str) -> None:
    with pytest.raises(UnsupportedSpecsError, match=words) as refused:
        chain_of(FIRST, text)
    assert str(refused.value).startswith("migrations/versions/0002_it.py ")
    assert str(refused.value).endswith((", then build again.", "elsewhere."))


def test_several_heads_and_none_are_refused_with_what_to_do() -> None:
    with pytest.raises(UnsupportedSpecsError, match="`alembic merge heads` joins them"):
        chain_of(FIRST, "revision = 'x'\ndown_revision = None").head()
    with pytest.raises(UnsupportedSpecsError, match="bring back the initial one"):
        chain_of().head()


def numbered(**revisions: str) -> str:
    """Return the number that follows migrations of these file names and revisions."""
    versions = {
        f"migrations/versions/{name.removeprefix('_')}.py": f"revision = {revision!r}\ndown_revision = None\n".encode()
        for name, revision in revisions.items()
    }
    return RevisionChain.read(versions).following()


def test_numbers_count_what_is_generated_and_no_hexadecimal_digits() -> None:
    first = {"_0001_initial": "0001"}
    assert numbered(**first, _18a8cff9efd5_my_own="18a8cff9efd5") == "0002"
    assert numbered(**first, _123456789012_my_own="123456789012", _9999ab_x="9999_ab") == "0002"
    assert numbered(**first, _0007_mine="0007_mine", mine="0008") == "0009"
    assert numbered(_9999_last="9999") == "10000"
    assert numbered(_9999_last="9999", _10000_more="10000") == "10001"
