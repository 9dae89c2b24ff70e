"""Texts: nothing that was said becomes a mention, a link, a new part of a message, or too long."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.answers import says
from bot.slack.texts import (
    MOST_CHARACTERS,
    PART,
    SECTION_LIMIT,
    SMALL,
    Mrkdwn,
    bar,
    clip,
    count,
    duration,
    escape,
    fence,
    fenced_sections,
    link,
    mention,
    people,
    plain,
    render,
    sections,
)

HOSTILE = "<!channel> <@U0JON> <https://evil.test|click> & `x` ``` *b* \x02\x03\x1e\u202e\x00"
ANY_TEXT = st.text(max_size=6000) | st.sampled_from([HOSTILE, "<" * 5000, "\n---\n" * 50, "(small) x", "`" * 4000])


def words(blocks: list[dict[str, object]]) -> str:
    return str(blocks)


def test_chat_text_can_neither_mention_nor_link() -> None:
    assert escape("<!channel> & <@U1>") == "&lt;!channel&gt; &amp; &lt;@U1&gt;"
    assert escape(HOSTILE).isprintable()


@given(ANY_TEXT)
def test_a_title_of_any_kind_never_becomes_markup(text: str) -> None:
    blocks = sections(render("problem", plan=FakePlan(), current=True, sentence=text, tail=text))
    shown = "\n".join(one["text"]["text"] for one in blocks if one["type"] == "section")
    assert re.findall(r"<[^>]*>", shown) == ["<@U0MARA>"]
    assert all(len(one["text"]["text"]) <= SECTION_LIMIT for one in blocks if one["type"] == "section")
    assert [one["type"] for one in blocks].count("context") == 1 or len(shown) > MOST_CHARACTERS / 2


class FakePlan:
    """What the template of a problem reads of a plan."""

    starter = "U0MARA"
    title = "Library"
    phases = ()


def test_a_line_of_dashes_in_chat_parts_no_message_and_small_shrinks_none() -> None:
    made = sections(render("problem", plan=FakePlan(), current=False, sentence="one\n---\n(small) two", tail=""))
    assert [one["type"] for one in made] == ["section"]
    assert made[0]["text"]["text"].endswith("one\n---\n(small) two")


@given(ANY_TEXT)
def test_sections_hold_slacks_limits_whatever_they_are_given(text: str) -> None:
    blocks = sections(f"head{PART}{SMALL}{text}{PART}{text}")
    assert 1 <= len(blocks) <= 41
    for block in blocks:
        shown = block["elements"][0]["text"] if block["type"] == "context" else block["text"]["text"]
        assert 0 < len(shown) <= SECTION_LIMIT


def test_what_is_too_much_for_one_message_is_cut_and_said() -> None:
    blocks = sections(PART.join("x" * 2900 for _ in range(20)))
    assert len(blocks) == 5
    assert "too long for a message" in words(blocks[-1:])


def test_a_long_line_is_never_cut_within_a_mention() -> None:
    shown = sections(people([f"U{number}" for number in range(1000)]))[0]["text"]["text"]
    assert shown.endswith("…")
    assert shown.count("<@U") == shown.count(">")


def test_blank_lines_that_templates_leave_are_closed_up_but_code_keeps_its_own() -> None:
    assert sections("a\n\n\nb")[0]["text"]["text"] == "a\nb"
    assert sections(fence("a\n\n\nb"))[0]["text"]["text"] == "```\na\n\n\nb\n```"


def test_slack_makes_no_links_of_bare_words() -> None:
    blocks = sections(f"see evil.test{PART}{SMALL}see evil.test")
    assert [blocks[0]["text"]["verbatim"], blocks[1]["elements"][0]["verbatim"]] == [True, True]


def test_code_keeps_the_end_of_a_long_output_within_one_section() -> None:
    shown = fence("\n".join(f"line {number} <b>" for number in range(2000)))
    assert len(shown) <= SECTION_LIMIT
    assert shown.startswith("```\n…\n")
    assert shown.endswith("line 1999 &lt;b&gt;\n```")
    assert fence("a ``` b") == "```\na ''' b\n```"


@given(ANY_TEXT)
def test_a_whole_document_is_shown_in_full_in_pieces_of_code(text: str) -> None:
    blocks = fenced_sections(text)
    shown = [block["text"]["text"] for block in blocks]
    assert all(len(one) <= SECTION_LIMIT for one in shown)
    assert all(one.startswith("```\n") and one.endswith("\n```") and one.count("```") == 2 for one in shown)
    kept = "".join("".join(one[4:-4] for one in shown).split())
    assert kept == "".join(escape(text).split()) or "```" in escape(text)


def test_mentions_links_and_bars_are_made_by_us_only() -> None:
    assert mention("U0MARA") == "<@U0MARA>"
    assert mention("U1>|<!channel") == "<@U1channel>"
    assert people(["U1", "U2"]) == "<@U1> or <@U2>"
    assert link("https://x.test/a|b", "a|b>") == "<https://x.test/a%7Cb|a¦b&gt;>"
    assert link("javascript:alert(1)", "<x>") == "&lt;x&gt;"
    assert isinstance(bar(1, 2), Mrkdwn)


@pytest.mark.parametrize(("done", "total", "full"), [(0, 0, 0), (0, 23, 0), (1, 2, 5), (22, 23, 9), (23, 23, 10)])
def test_a_bar_is_full_only_when_everything_is_done(done: int, total: int, full: int) -> None:
    assert bar(done, total).count("▓") == full
    assert len(bar(done, total)) == 10


def test_numbers_agree_with_their_nouns() -> None:
    assert [count(0, "task"), count(1, "task"), count(2, "entity", "entities")] == ["0 tasks", "1 task", "2 entities"]
    assert [duration(41), duration(185), duration(7500)] == ["41 s", "3 min", "2 h 5 min"]
    assert clip("abcdef", 4) == "abc…"


def test_what_a_person_typed_is_read_without_slacks_markup() -> None:
    assert (
        plain("<@UBOT> a &lt;b&gt; &amp; <https://x.test|x.test> <mailto:a@b.c>", "UBOT")
        == "a <b> & x.test mailto:a@b.c"
    )
    assert plain("<@UBOT|planthread> hi", "UBOT") == "hi"
    assert plain("ask <@U0JON>") == "ask <@U0JON>"


def test_a_private_sentence_keeps_mentions_of_people_and_nothing_else() -> None:
    shown = says("<@U0JON> approved <!channel> <https://x.test>")
    assert shown.text == "<@U0JON> approved &lt;!channel&gt; &lt;https://x.test&gt;"
    assert shown.blocks[0]["text"]["text"] == shown.text
