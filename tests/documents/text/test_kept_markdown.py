"""Markdown of a file comes back as it stood, and what could be structure doesn't."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.text.kept_markdown import AsWritten, kept_markdown
from bot.documents.text.markdown import inline, read_inline


@pytest.mark.parametrize(
    "source",
    [
        "**Must** see [the doc](http://x.example/y)",
        "*soft* and __hard__ and _soft_",
        "`a < b` and \\[no link\\]",
        "![a picture](a.png), a | b",
        "<https://x.example>",
        "a < b > c",
    ],
)
def test_markdown_stays(source: str) -> None:
    assert kept_markdown(source) == source


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("<!-- x -->", "\\<!-- x -->"),
        ("a <script>b</script>", "a \\<script>b\\</script>"),
        ("# heading", "\\# heading"),
        ("* item", "\\* item"),
        ("***", "\\***"),
        ("---", "\\---"),
        ("1. first", "1\\. first"),
        ("[x] done", "\\[x] done"),
        ("[] done", "\\[] done"),
        ("~~gone~~", "\\~~gone~~"),
        ("> said", "\\> said"),
        ("a\n- [x] 1.1 b\x07", "a - [x] 1.1 b"),
        ("an `open <b>", "an \\`open \\<b>"),
        ("a \\`b <i> c` <b>", "a `b <i> c` \\<b>"),
    ],
)
def test_structure_is_escaped(source: str, kept: str) -> None:
    assert kept_markdown(source) == kept


marks = st.text(alphabet="`*_<>![]()\\-~#1. ax/\n|", max_size=30)


@given(marks)
@settings(max_examples=100)
def test_what_is_kept_says_the_same_and_is_kept_again(source: str) -> None:
    written = AsWritten()
    written.note(source)
    text = read_inline(source)
    line = written.line(text)
    assert read_inline(line) == text
    again = AsWritten()
    again.note(line)
    assert again.line(text) == line
    assert not line.startswith(("- ", "* ", "# ", "> ", "[x]", "[ ]", "~~", "<!", "</", "<a", "<x"))


def test_text_that_no_file_says_is_escaped_and_of_two_ways_the_first_holds() -> None:
    written = AsWritten()
    written.note("**a**")
    written.note("\\**a**")
    assert list(written.in_two_ways) == ["**a**"]
    assert written.line("**a**") == "**a**"
    assert written.line("[b](c)") == inline("[b](c)")
