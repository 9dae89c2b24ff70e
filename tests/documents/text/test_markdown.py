"""Hostile text in Markdown is shown as text, and read back as it was."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.documents.text.markdown import cell, code, inline, one_line, paragraphs, read_inline, yaml_text

hostile = st.lists(
    st.sampled_from(
        ["`", "``", "<b>", "[a](b)", "![x](y)", "#", "- ", "1. ", "|", "\\", "_x_", "*", " ", "a", "\n", "~~~"]
    )
).map("".join)


@given(st.text() | hostile)
def test_text_comes_back_as_one_line(text: str) -> None:
    assert read_inline(inline(text)) == one_line(text)
    assert "\n" not in inline(text)


@given(st.text() | hostile)
def test_no_text_opens_a_block_or_a_link(text: str) -> None:
    tokens = MarkdownIt().parse(f"- {inline(text)}" if one_line(text) else "")
    assert {token.type for token in tokens} <= {
        "bullet_list_open",
        "list_item_open",
        "paragraph_open",
        "inline",
        "paragraph_close",
        "list_item_close",
        "bullet_list_close",
    }
    inner = [child.type for token in tokens for child in token.children or []]
    assert not {"link_open", "image", "html_inline"} & set(inner)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("# Title", "\\# Title"),
        ("1. first", "1\\. first"),
        ("2.1 is a number", "2.1 is a number"),
        ("`price` [a] <b>", "`price` \\[a\\] \\<b>"),
        ("an ` alone", "an \\` alone"),
        ("_Requirements: 9.9_", "\\_Requirements: 9.9_"),
        ("two\nlines\x00", "two lines"),
        ("", ""),
    ],
)
def test_what_is_escaped(text: str, written: str) -> None:
    assert inline(text) == written


def test_a_cell_keeps_its_bar() -> None:
    assert cell("a | `b | c`") == "a \\| 'b \\| c'"


def test_code_holds_paths_and_never_a_backtick() -> None:
    assert code("app/__init__.py") == "`app/__init__.py`"
    assert code("a`b") == "a\\`b"


def test_paragraphs_stay_apart() -> None:
    assert paragraphs("One\nstill one.\r\n\r\n# Two\n\n\n") == "One still one.\n\n\\# Two"


@given(st.text())
def test_yaml_text_is_json_too_and_plain_ascii_where_yaml_needs_it(text: str) -> None:
    assert json.loads(yaml_text(text)) == text
    assert not {"\n", "\u2028", "\x85", "\ufeff"} & set(yaml_text(text))
