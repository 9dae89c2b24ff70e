"""Reading replies and writing text: rich on a terminal, plain in a pipe; replies from people or a pipe."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from typing import TextIO

from rich.console import Console
from rich.highlighter import RegexHighlighter
from rich.text import Text

from bot.documents.frozen import Frozen
from bot.terminal.texts import printable

__all__ = ["ReadLine", "Reply", "Waiting", "Write", "line_reader", "line_writer", "said"]


class Waiting(Frozen):
    """What a conversation waits for: open questions by their numbers, a decision about a review, or a checkpoint."""

    prompt: str
    questions: tuple[tuple[int, str], ...] = ()
    in_review: bool = False


class Reply(Frozen):
    """What somebody said; without a name it was the person at the terminal."""

    text: str
    person: str = ""


ReadLine = Callable[[Waiting], Awaitable[Reply | None]]
"""Shows a prompt and returns the reply, or None at the end of the input."""
Write = Callable[[str], None]
"""Shows a text of one or more lines."""
COMMENT = "#"


class ConversationHighlighter(RegexHighlighter):
    """Colours what people look for: headings, ticks, warnings, problems, code."""

    highlights = (
        r"(?m)^(?P<bold>(📐|📋|🎉|▸) .*)$",
        r"(?m)^ *(?P<green>✓)",
        r"(?m)^ *(?P<yellow>⚠|○)",
        r"(?m)^(?P<red>⛔ .*)$",
        r"(?P<cyan>`[^`\n]+`)",
        r"(?P<dim>^> .*)$",
    )


def line_writer(stream: TextIO | None = None) -> Write:
    """Return a function that writes to a stream (standard output), with colours where it is a terminal."""
    target = stream or sys.stdout
    if not target.isatty():
        return lambda text: write_plain(target, text)
    console, highlighter = Console(file=target), ConversationHighlighter()

    def write(text: str) -> None:
        coloured = Text(printable(text))
        highlighter.highlight(coloured)
        console.print(coloured, soft_wrap=True)

    return write


def write_plain(target: TextIO, text: str) -> None:
    """Write a text and its line end at once; what the stream's encoding lacks becomes a question mark."""
    encoding = target.encoding or "utf-8"
    target.write(printable(text).encode(encoding, "replace").decode(encoding) + "\n")
    target.flush()


def line_reader(write: Write, stream: TextIO | None = None) -> ReadLine:
    """Return a function that reads replies from a stream (standard input): with a prompt where people type."""
    source = stream or sys.stdin
    if source.isatty():
        return lambda waiting: in_a_thread(lambda: typed(waiting.prompt))
    lines = without_comments(source)
    return lambda _waiting: in_a_thread(lambda: piped(lines, write))


def without_comments(lines: TextIO | Iterator[str]) -> Iterator[str]:
    """Yield the lines of a pipe without comments and line ends; an empty line is a reply, as it is when typed."""
    for line in lines:
        if not line.startswith(COMMENT):
            yield line.rstrip("\r\n")


def piped(lines: Iterator[str], write: Write) -> Reply | None:
    """Return the next reply of a pipe, shown; None at its end."""
    line = next(lines, None)
    return None if line is None else said(Reply(text=line), write)


def said(reply: Reply, write: Write) -> Reply:
    """Show a reply that nobody typed, so that the conversation can be read, and return it."""
    who = f"@{reply.person}: " if reply.person else ""
    write(f"> {who}{reply.text}")
    return reply


def typed(prompt: str) -> Reply | None:
    """Ask a person for a line; None when they end the input (Ctrl-D)."""
    try:
        return Reply(text=input(prompt))
    except EOFError:
        return None


async def in_a_thread(read: Callable[[], Reply | None]) -> Reply | None:
    """Read without holding up the loop. The thread is a daemon, so that Ctrl-C never waits for a line."""
    loop = asyncio.get_running_loop()
    result: asyncio.Future[Reply | None] = loop.create_future()

    def settle(reply: Reply | None, error: Exception | None) -> None:
        if result.done():
            return
        if error is not None:
            result.set_exception(error)
            return
        result.set_result(reply)

    def work() -> None:
        reply, problem = None, None
        try:
            reply = read()
        except (OSError, ValueError) as error:  # a closed or undecodable stream
            problem = error
        with contextlib.suppress(RuntimeError):  # the loop is gone: nobody waits any more
            loop.call_soon_threadsafe(settle, reply, problem)

    threading.Thread(target=work, name="reply", daemon=True).start()
    return await result
