"""Front matter: every scalar as its text, bad keys cost no others, and what is written is read back."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.text.front_matter import (
    DEEPEST_VALUE,
    LARGEST_FRONT_MATTER,
    FrontMatter,
    Value,
    read_front_matter,
    write_front_matter,
)
from bot.documents.text.reading import FindingList
from bot.documents.text.source_text import SourceText

hostile_texts = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["---", "010", "1e5", "0x1F", "no", "~", "a: b", "a #b", "[a, b]", "&a", "*a", "!!int 3", "…\n---\n"]
    ),
    st.sampled_from(["2026-11-21", "1:30", "-1", ".5", "true", "12", "é", "\ud800", "\u2028", "- a", "? a", "a" * 600]),
)
values: st.SearchStrategy[Value] = st.recursive(
    hostile_texts,
    lambda inner: st.one_of(st.lists(inner, max_size=3).map(tuple), st.dictionaries(hostile_texts, inner, max_size=3)),
    max_leaves=8,
)


def read(text: str) -> tuple[FrontMatter | None, list[tuple[str, int | None]]]:
    """Return what is read of a text, and the rule and line of every finding."""
    findings = FindingList("01-02-PLAN.md")
    found = read_front_matter(SourceText(text), findings)
    return found, [(finding.rule, finding.place.line) for finding in findings.findings]


def read_well(text: str) -> FrontMatter:
    """Return the front matter of a text that reads without a finding."""
    found, findings = read(text)
    assert findings == []
    assert found is not None
    return found


def test_scalars_are_the_text_that_stands_there() -> None:
    found = read_well(
        "---\nphase: 04.1\nplan: 010\nwave:\nautonomous: no\ncreated: 2026-11-21\nnote: null\nq: 'null'\n---\nBody"
    )
    assert found.values == {
        "phase": "04.1",
        "plan": "010",
        "wave": "",
        "autonomous": "no",
        "created": "2026-11-21",
        "note": "",
        "q": "null",
    }
    assert found.body_line == 10


def test_lists_and_mappings_keep_their_order_and_lines() -> None:
    found = read_well(
        "---\ndepends_on: ['01-01', b]\nmust_haves:\n  truths:\n    - One\n    - Two\n"
        "  artifacts:\n    - path: a.py\n      exports: [A, B]\n---\n"
    )
    assert found.values == {
        "depends_on": ("01-01", "b"),
        "must_haves": {"truths": ("One", "Two"), "artifacts": ({"path": "a.py", "exports": ("A", "B")},)},
    }
    assert found.lines["must_haves.truths[1]"] == 6
    assert found.lines["must_haves.artifacts[0].exports"] == 9
    assert found.lines["depends_on"] == 2


@pytest.mark.parametrize(
    "text", ["", "\n\n", "# Title\n", "Text\n---\na: b\n---\n", "---\n\nA rule above text.\n", "----\na: b\n----\n"]
)
def test_a_document_without_front_matter_has_none_and_that_is_no_finding(text: str) -> None:
    assert read(text) == (None, [])


def test_empty_front_matter_is_front_matter() -> None:
    assert read_well("---\n---\nBody\n") == FrontMatter({}, {}, 3)


def test_byte_order_marks_blank_lines_and_carriage_returns_are_taken() -> None:
    found = read_well("\ufeff\r\n---  \r\nphase: 01-x\r\ntruths:\r\n  - a\r\n---\r\nBody\r\n")
    assert found.values == {"phase": "01-x", "truths": ("a",)}
    assert (found.lines["truths[0]"], found.body_line) == (5, 7)


def test_a_bad_key_costs_no_other_key() -> None:
    found, findings = read(
        "---\nphase: 1\nmust_haves:\n  truths:\n    - Shows: an error: twice\n    - x\nplan: 02\n---\nBody\n"
    )
    assert found is not None
    assert found.values == {"phase": "1", "plan": "02"}
    assert findings == [("PT001", 5)]
    assert found.body_line == 9


@pytest.mark.parametrize("value", ["&a text", "*a", "!!python/object:os.system x", "!x [a]", "&a {b: c}"])
def test_anchors_aliases_and_tags_are_not_followed(value: str) -> None:
    found, findings = read(f"---\nphase: 1\nbad: {value}\n---\n")
    assert found is not None
    assert found.values == {"phase": "1"}
    assert findings == [("PT001", 3)]


def test_of_a_key_that_stands_twice_the_first_holds_and_it_is_said() -> None:
    found, findings = read("---\nwave: 1\nmust_haves: {truths: [a], truths: [b]}\nwave: 2\n---\n")
    assert found is not None
    assert found.values == {"wave": "1", "must_haves": {"truths": ("a",)}}
    assert findings == [("PT007", 3), ("PT007", 4)]


def test_a_key_that_stands_twice_is_found_beside_a_bad_key_too() -> None:
    found, findings = read("---\nwave: 1\nbad: a: b\nwave: 2\n---\n")
    assert found is not None
    assert found.values == {"wave": "1"}
    assert findings == [("PT001", 3), ("PT007", 4)]


def test_lists_as_keys_are_read_past() -> None:
    found, findings = read("---\n? [a, b]\n: c\nphase: 1\n---\n")
    assert found is not None
    assert found.values == {"phase": "1"}
    assert findings == [("PT001", 2)]


@pytest.mark.parametrize("text", ["Just a sentence.", "- a\n- b", 'a: "\\UFFFFFFFF"', "a: 'open"])
def test_what_is_no_mapping_is_found(text: str) -> None:
    found, findings = read(f"---\n{text}\n---\nBody\n")
    assert found is not None
    assert findings
    assert {rule for rule, _ in findings} == {"PT001"}
    assert all(line and 2 <= line <= 4 for _, line in findings)


def test_keys_after_the_mark_of_a_documents_end_are_read_too() -> None:
    assert read_well("---\na: 1\n...\nb: 2\n---\n").values == {"a": "1", "b": "2"}


def test_deep_nesting_is_refused() -> None:
    deepest = DEEPEST_VALUE - 1
    assert read_well(f"---\na: {'[' * deepest}{']' * deepest}\n---\n").values["a"]
    for opening in ("[", "{a: ", "[{"):
        found, findings = read(f"---\nphase: 1\na: {opening * 15000}\n---\n")
        assert found is not None
        assert found.values == {"phase": "1"}
        assert findings == [("PT001", 3)]


def test_front_matter_that_never_closes_is_read_up_to_the_text() -> None:
    found, findings = read("---\nphase: 1\nplan: 02\n\n<objective>\nBuild: it\n</objective>\n")
    assert found is not None
    assert found.values == {"phase": "1", "plan": "02"}
    assert found.body_line == 4
    assert findings == [("PT008", 1)]


def test_large_front_matter_is_refused_and_the_body_is_not() -> None:
    found, findings = read("---\n" + "a: b\n" * (LARGEST_FRONT_MATTER // 5 + 1) + "---\nBody\n")
    assert found is not None
    assert found.values == {}
    assert findings == [("PT009", 1)]


def test_bytes_that_are_no_text_cost_one_character() -> None:
    source = SourceText.from_bytes(b"---\nphase: caf\xe9\nplan: 01\n---\n")
    findings = FindingList("x")
    found = read_front_matter(source, findings)
    assert found is not None
    assert found.values == {"phase": "caf\ufffd", "plan": "01"}
    assert [finding.place.line for finding in findings.findings] == [2]


def test_the_canonical_form() -> None:
    written = write_front_matter(
        {
            "phase": "01-foundation",
            "plan": "03",
            "wave": "2",
            "depends_on": ("01-01",),
            "autonomous": "true",
            "requirements": (),
            "created": "2026-11-21",
            "note": "",
            "must_haves": {
                "truths": ("A reader borrows a book: at once", "x" * 90),
                "artifacts": ({"path": "app/models/book.py", "exports": ("Book",)}, "alembic.ini"),
            },
        }
    )
    assert written == (
        "---\n"
        "phase: 01-foundation\n"
        'plan: "03"\n'
        "wave: 2\n"
        "depends_on: [01-01]\n"
        "autonomous: true\n"
        "requirements: []\n"
        "created: 2026-11-21\n"
        'note: ""\n'
        "must_haves:\n"
        "  truths:\n"
        '    - "A reader borrows a book: at once"\n'
        f"    - {'x' * 90}\n"
        "  artifacts:\n"
        "    - path: app/models/book.py\n"
        "      exports: [Book]\n"
        "    - alembic.ini\n"
        "---\n"
    )


@pytest.mark.parametrize(
    "text", ["010", "0x1F", "1e5", "1.50", "no", "Yes", "null", "~", ".inf", "1_000", "y", "-", "a: b"]
)
def test_text_that_a_reader_of_yaml_could_take_for_something_else_is_quoted(text: str) -> None:
    assert yaml.safe_load(write_front_matter({"a": text}).replace("---", "")) == {"a": text}


@given(st.dictionaries(hostile_texts, values, max_size=4))
@settings(max_examples=100)
def test_what_is_written_is_read_back(written: dict[str, Value]) -> None:
    found = read_well(write_front_matter(written))
    assert found.values == written


@given(st.text(alphabet=st.sampled_from("ab:-?[]{}\"'&*!|>#% \t\n\\…\u2028\ud800"), max_size=60))
@settings(max_examples=100)
def test_any_text_is_read_without_an_error(text: str) -> None:
    found, _ = read(f"---\n{text}\n---\nBody\n")
    assert found is not None
    assert found.body_line > 2
