"""Reading replies and writing text: rich on a terminal, plain in a pipe; replies from people, a pipe or a script."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.highlighter import RegexHighlighter
from rich.text import Text

from bot.terminal.texts import printable

__all__ = ["ReadLine", "Write", "line_reader", "line_writer", "script_reader"]

ReadLine = Callable[[str], Awaitable[str | None]]
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
        return lambda prompt: in_a_thread(lambda: typed(prompt))
    lines = without_comments(source)
    return lambda _prompt: in_a_thread(lambda: echoed(next(lines, None), write))


def script_reader(script: Path, write: Write) -> ReadLine:
    """Return a function that reads replies from a file, one a line, and shows each. Raises OSError at once."""
    lines = without_comments(iter(script.read_text(encoding="utf-8", errors="replace").splitlines()))

    async def read_line(_prompt: str) -> str | None:
        return echoed(next(lines, None), write)

    return read_line


def without_comments(lines: TextIO | Iterator[str]) -> Iterator[str]:
    """Yield the lines of a script without comments and line ends; an empty line is a reply."""
    for line in lines:
        if not line.startswith(COMMENT):
            yield line.rstrip("\r\n")


def echoed(line: str | None, write: Write) -> str | None:
    """Show a reply that nobody typed, so that the conversation can be read."""
    if line is not None:
        write(f"> {line}")
    return line


def typed(prompt: str) -> str | None:
    """Ask a person for a line; None when they end the input (Ctrl-D)."""
    try:
        return input(prompt)
    except EOFError:
        return None


async def in_a_thread(read: Callable[[], str | None]) -> str | None:
    """Read without holding up the loop. The thread is a daemon, so that Ctrl-C never waits for a line."""
    loop = asyncio.get_running_loop()
    result: asyncio.Future[str | None] = loop.create_future()

    def settle(line: str | None, error: Exception | None) -> None:
        if result.done():
            return
        if error is not None:
            result.set_exception(error)
            return
        result.set_result(line)

    def work() -> None:
        line, problem = None, None
        try:
            line = read()
        except (OSError, ValueError) as error:  # a closed or undecodable stream
            problem = error
        with contextlib.suppress(RuntimeError):  # the loop is gone: nobody waits any more
            loop.call_soon_threadsafe(settle, line, problem)

    threading.Thread(target=work, name="reply", daemon=True).start()
    return await result
