"""A conversation in a file: who says what, in order, and answers that wait until they are asked for.

- Empty lines, and lines that begin with ``#``, are for the reader of the file.
- Any other line is one reply; an indented line goes on with it, as one sentence. A reply of several lines, such as
  pasted entity_specs, stands between two times three quotes: the first at the end of a line, the second alone in one.
- ``@Jon: …`` says who speaks, from this line on.
- ``? words: answer`` waits for an open question that holds all these words, and answers it whatever its place is.
- ``approve`` and ``changes: …`` are said in a review only: a question that is still open then stops the script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.documents.frozen import Frozen
from bot.documents.naming import joined
from bot.patterns import regex
from bot.terminal.lines import ReadLine, Reply, Waiting, Write, said

__all__ = ["Script", "ScriptError"]

COMMENT = "#"
QUOTES = '"""'
SPEAKER = regex(r"@([\w.-]{1,40})[ \t]*:[ \t]*")
HELD = regex(r"\?[ \t]*([^:]*):[ \t]*(.*)", re.DOTALL)
DECISION = regex(r"approve|changes?\s*:.*", re.IGNORECASE | re.DOTALL)
WORD = regex(r"\w+")
LONGEST_QUOTE = 100
"""Characters of a question or a line that an error repeats."""


class ScriptError(Exception):
    """A script can't go on. The message names the file and the line, what was waited for, and what to write."""


class ScriptLine(Frozen):
    """One reply of a script. ``words`` are those of the question that it waits for; without any it is said in order."""

    number: int
    person: str
    text: str
    words: frozenset[str] = frozenset()

    @property
    def is_held(self) -> bool:
        """Tell whether the reply waits for a question of its own."""
        return bool(self.words)

    @property
    def is_decision(self) -> bool:
        """Tell whether the reply can only be said in a review."""
        return not self.is_held and DECISION.fullmatch(self.text.strip()) is not None

    def asked_at(self, waiting: Waiting) -> int | None:
        """Return the number of the first open question that holds all the words, or None."""
        return next((number for number, text in waiting.questions if self.words <= words_of(text)), None)


class Script:
    """A script that is being said, line by line."""

    def __init__(self, path: Path) -> None:
        """Read a script. Raises OSError, and ScriptError for a line that has no meaning."""
        text = path.read_text(encoding="utf-8", errors="replace").removeprefix("\ufeff")
        self._name = path.name
        self._left = list(script_lines(text, path.name))
        self._lines = len(text.splitlines())

    def reader(self, write: Write) -> ReadLine:
        """Return the function that a conversation reads from; it shows each reply, and raises ScriptError."""

        async def read_line(waiting: Waiting) -> Reply:
            reply = self.next_reply(waiting)
            return said(reply, write)

        return read_line

    def next_reply(self, waiting: Waiting) -> Reply:
        """Return the reply to what is waited for. Raises ScriptError where the script has none."""
        for line in self._left:
            if waiting.questions and line.is_decision:
                raise ScriptError(self._said_too_early(line, waiting))
            position = line.asked_at(waiting) if line.is_held else None
            if line.is_held and position is None:
                continue
            self._left.remove(line)
            return Reply(text=f"{position}. {line.text}" if position else line.text, person=line.person)
        raise ScriptError(self._ended(waiting))

    def unsaid(self) -> str:
        """Return a sentence about the lines that nothing waited for, or an empty string."""
        if not self._left:
            return ""
        numbers = joined([str(line.number) for line in self._left])
        lines, were = ("line", "was") if len(self._left) == 1 else ("lines", "were")
        return f"{self._name}, {lines} {numbers}: {were} not needed, since nothing asked for it."

    def _said_too_early(self, line: ScriptLine, waiting: Waiting) -> str:
        return f"{self._name}, line {line.number}: “{short(line.text)}” comes too early. {still_open(waiting)}"

    def _ended(self, waiting: Waiting) -> str:
        where = f"{self._name} ends at line {self._lines}, before the plan was approved."
        if waiting.questions:
            return f"{where} {still_open(waiting)}"
        wanted = "`approve` or `changes: …`" if waiting.in_review else "a sentence about what is needed"
        return f"{where} Add a line with {wanted}."


def script_lines(text: str, name: str) -> Iterator[ScriptLine]:
    """Yield the replies of a script, each with its first line's number. Raises ScriptError."""
    person = ""
    for number, reply in replies_of(text, name):
        speaker = SPEAKER.match(reply)
        person = speaker[1] if speaker else person
        spoken = reply[speaker.end() :] if speaker else reply
        if not spoken.strip():
            raise ScriptError(f"{name}, line {number}: “{short(reply)}” says nothing. Put the reply behind the name.")
        held = HELD.fullmatch(spoken)
        if held is None:
            yield ScriptLine(number=number, person=person, text=spoken)
            continue
        if not (words := words_of(held[1])) or not held[2].strip():
            example = "`? several copies: no`"
            raise ScriptError(f"{name}, line {number}: write words of the question and the answer, such as {example}.")
        yield ScriptLine(number=number, person=person, text=held[2], words=words)


def replies_of(text: str, name: str) -> Iterator[tuple[int, str]]:
    """Yield replies and the numbers of their first lines. Raises ScriptError for a line that belongs to none."""
    number, reply = 0, ""
    lines = enumerate(text.splitlines(), start=1)
    for at, line in lines:
        if not line.strip() or line.startswith(COMMENT):
            continue
        if line[0].isspace():
            if not reply:
                why = "an indented line goes on with a reply, and there is none above it"
                raise ScriptError(f"{name}, line {at}: {why}. Write it without the indent.")
            reply = f"{reply} {line.strip()}"
        else:
            if reply:
                yield number, reply
            number, reply = at, line.rstrip()
        if reply.endswith(QUOTES):
            yield number, reply.removesuffix(QUOTES) + quoted(lines, f"{name}, line {at}")
            reply = ""
    if reply:
        yield number, reply


def quoted(lines: Iterator[tuple[int, str]], opened: str) -> str:
    """Return the lines up to the closing quotes as they are. Raises ScriptError where these are missing."""
    kept: list[str] = []
    for _, line in lines:
        if line.strip() == QUOTES:
            return "\n".join(kept)
        kept.append(line)
    raise ScriptError(f"{opened}: the quotes {QUOTES} are never closed. Put {QUOTES} alone in the line after the text.")


def still_open(waiting: Waiting) -> str:
    """Return which question waits, and what to write for it."""
    (position, text), *others = waiting.questions
    elsewhere = frozenset[str]().union(*(words_of(other) for _, other in others))
    words = " ".join(telling_words(text, elsewhere))
    return f"Still open is {position}. “{short(text)}” Add `? {words}: …` with its answer, or with `you decide`."


def telling_words(text: str, elsewhere: frozenset[str], most: int = 2) -> Sequence[str]:
    """Return the longest words of a question, in its order; those that no other open question has come first."""
    found = list(dict.fromkeys(word.casefold() for word in WORD.findall(text.partition("?")[0])))
    chosen = sorted(found, key=lambda word: (word not in elsewhere, len(word)), reverse=True)[:most]
    return [word for word in found if word in chosen]


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text, in small letters."""
    return frozenset(WORD.findall(text.casefold()))


def short(text: str) -> str:
    """Return the beginning of a text, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[: LONGEST_QUOTE - 1]}…"
