"""Replies come from people or a pipe; texts go to a terminal or a pipe."""

from __future__ import annotations

import asyncio
import io
import os
import pty
import subprocess
import sys

import pytest

from bot.terminal.lines import Reply, Waiting, line_reader, line_writer
from bot.terminal.texts import in_plain_words, one_line, printable

WAITING = Waiting(prompt="? ")


async def test_a_pipe_gives_one_reply_a_line_without_comments() -> None:
    written: list[str] = []
    read_line = line_reader(written.append, io.StringIO("# comment\none\r\n\n  # not a comment\n"))

    replies = [await read_line(WAITING) for _ in range(4)]

    assert replies == [Reply(text="one"), Reply(text=""), Reply(text="  # not a comment"), None]
    assert written == ["> one", "> ", ">   # not a comment"]


async def test_an_unreadable_stream_is_told_to_the_caller() -> None:
    read_line = line_reader(print, io.TextIOWrapper(io.BytesIO(b"\xff\xff\n"), encoding="utf-8"))

    with pytest.raises(UnicodeDecodeError):
        await read_line(WAITING)


async def test_a_person_is_prompted_and_may_end_the_input(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["approve"])
    prompts: list[str] = []

    def ask(prompt: str) -> str:
        prompts.append(prompt)
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", ask)
    read_line = line_reader(print, TerminalText())

    replies = [await read_line(Waiting(prompt="1> ")), await read_line(Waiting(prompt="2> "))]

    assert replies == [Reply(text="approve"), None]
    assert prompts == ["1> ", "2> "]


async def test_nobody_waits_for_a_line_that_never_comes() -> None:
    read_end, write_end = os.pipe()
    with os.fdopen(read_end) as stream, os.fdopen(write_end, "w") as pipe:
        reading = asyncio.ensure_future(line_reader(print, stream)(WAITING))
        await asyncio.sleep(0)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        pipe.write("too late\n")
        pipe.flush()


class TerminalText(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_pipe_gets_plain_text_in_its_own_encoding() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")

    line_writer(stream)("📐 *Library* `library`\x1b[2J")

    assert raw.getvalue() == b"? *Library* `library`[2J\n"


def test_a_terminal_gets_colours_and_the_text_unchanged() -> None:
    target, source = pty.openpty()
    program = "from bot.terminal.lines import line_writer; line_writer()('✓ 1.1 [bold]Model[/bold] `a41f9c2` :smile:')"
    environment = {**os.environ, "TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8", "COLUMNS": "20"}
    environment.pop("NO_COLOR", None)
    subprocess.run([sys.executable, "-c", program], stdout=source, env=environment, check=True)
    os.close(source)

    shown = os.read(target, 4096).decode()
    os.close(target)

    assert "\x1b[32m✓\x1b[0m 1.1 [bold]Model[/bold] \x1b[36m`a41f9c2`\x1b[0m :smile:" in shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x00b\x1b[1m\x9b\x7f", "ab[1m"),
        ("left\u202eright\u2066", "leftright"),
        ("one\r\ntwo\rthree\u2028four\t", "one\ntwothreefour\t"),
        ("👩\u200d💻 é \ud800", "👩\u200d💻 é "),
    ],
)
def test_what_steers_a_terminal_is_taken_out(text: str, expected: str) -> None:
    assert printable(text) == expected


def test_a_value_is_one_line() -> None:
    assert one_line("Library\n✓ approved\x1b") == "Library ✓ approved"
    assert one_line(7) == "7"


def test_sentences_for_chat_are_read_plainly() -> None:
    sentence = "<@you> or <@U2> can approve *Library* with `/plan`."

    assert in_plain_words(sentence, "you") == "you or @U2 can approve Library with `/plan`."
