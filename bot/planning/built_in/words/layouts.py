"""Brings what people paste into plain lines: quoted mails, talks with names, tables, outlines."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import entity_name, words_of
from bot.planning.built_in.words.wrapped_lines import BULLET

__all__ = ["plain_lines"]

QUOTE = regex(r"^\s*(?:>\s?)+")
SPEAKER = regex(
    r"^\s*(?:\[[^\]]{1,12}\]\s*)?(?P<name>[A-Z][a-z]+(?:\s[A-Z][a-z]*\.?)?)(?:\s*[\[(][^\])]{1,12}[\])])?:\s+(?P<says>\S.*)$"
)
SECTION = regex(
    r"^\s*(?:§+\s*\d{1,3}[a-z]?[.):]?|\(?(?:[a-z]|\d{1,2})\)|\d{1,2}(?:\.\d{1,2})+[.):]?|"
    r"(?:[A-Z]{1,3}-?\d{1,3}|(?:[Uu]ser )?[Ss]tory \d{1,2}|[Rr]equirement \d{1,2})[.):])\s+(?=\S)"
)
"""The number of a paragraph, a story or a requirement."""
COLUMNS = regex(
    r"^(?P<head>[^():]{2,60}?)\s*\((?:columns?|fields?|with columns|with fields)\s*:\s*(?P<list>[^()]+)\)\s*$",
    re.IGNORECASE,
)
"""A sheet and its columns."""
ROUND_BULLET = regex(r"^(\s*)[·∙●○■□▸►➢✓✔☐]\s+")
SIGN_OFF = regex(
    r"^\s*(?:(?:with\s+)?(?:kind|best|warm|many|friendly)\s+(?:regards|wishes|greetings|thanks)|regards|best|cheers|greetings|"
    r"yours(?: sincerely| truly)?|sincerely|thanks(?: a lot| so much)?|thank you|lg|"
    r"br)\s*[,!.]?(?:\s+[A-Z][\w.]*){0,2}\s*$",
    re.IGNORECASE,
)
"""How a mail ends; a name may stand behind it, or below."""
LAST_LINES = 3
MAIL_HEAD = regex(r"^(?:From|To|Cc|Bcc|Subject|Date|Sent):\s")
FEWEST_LINES = 3
"""Lines that a talk has at least."""
ROW = regex(r"^\s*\|(?P<cells>.+)\|\s*$")
RULE = regex(r"^[\s|:+-]+$")
OUTLINE_HEAD = regex(r"^(?P<head>[A-Za-z][\w-]*(?:\s[\w-]+){0,2})\s*:?\s*$")
INSIDE = regex(r"^(?:\s{2,}|\t)(?P<text>[^\s].*)$")
TYPED = regex(
    r"^(?P<name>[a-z]\w*)\s*:\s*(?P<type>str|string|text|int|integer|number|float|double|decimal|money|bool|boolean|date|datetime|timestamp|"
    r"time|email|url|uuid)(?P<mark>\?)?$",
    re.IGNORECASE,
)
KEYWORD = regex(r"[{}();=]|^\s*(?:class|def|type|interface|model|entity|enum|CREATE|@)\b")


def plain_lines(text: str) -> str:
    """Return a text in plain lines; what is laid out in none of these ways stays as it is."""
    lines = without_mail_head([QUOTE.sub("", line) for line in text.strip("\n").split("\n")])
    lines = [COLUMNS.sub(r"\g<head>: \g<list>", SECTION.sub("", ROUND_BULLET.sub(r"\1- ", line))) for line in lines]
    return "\n".join(outlined(tabled(without_speakers(without_sign_off(lines)))))


def without_speakers(lines: list[str]) -> list[str]:
    """Take the names off the lines of a talk: every line has one, and one of them occurs twice."""
    filled = [line for line in lines if line.strip()]
    names = [match["name"] if (match := SPEAKER.match(line)) else "" for line in filled]
    if len(filled) < FEWEST_LINES or not all(names) or len(set(names)) == len(names):
        return lines
    return [ended(match["says"]) if (match := SPEAKER.match(line)) else line for line in lines]


def ended(line: str) -> str:
    """Return what somebody said as a sentence of its own."""
    return line if line.rstrip()[-1:] in ".:;!?," else f"{line.rstrip()}."


def without_mail_head(lines: list[str]) -> list[str]:
    """Take the head of a mail off: at least two of its lines in a row."""
    count = next((number for number, line in enumerate(lines) if not MAIL_HEAD.match(line)), len(lines))
    return lines[count:] if count > 1 else lines


def without_sign_off(lines: list[str]) -> list[str]:
    """Take the end of a mail off: a greeting among its last lines, and a name below it."""
    filled = [number for number, line in enumerate(lines) if line.strip()]
    for number in filled[-LAST_LINES:]:
        below = [lines[later] for later in filled if later > number]
        if SIGN_OFF.match(lines[number]) and number and all(len(words_of(line)) <= LAST_LINES for line in below):
            return lines[:number]
    return lines


def tabled(lines: list[str]) -> list[str]:
    """Turn the rows of a table into lines: "Member: name, email"; its head and the rule below that are dropped."""
    found: list[str] = []
    for number, line in enumerate(lines):
        row = ROW.match(line)
        is_head = row is not None and number + 1 < len(lines) and RULE.match(lines[number + 1]) is not None
        if row is None:
            found.append(line)
            continue
        cells = [cell.strip() for cell in row["cells"].split("|")]
        if is_head or RULE.match(line) or not any(cells):
            continue
        first, others = cells[0], [cell for cell in cells[1:] if cell]
        found.append(f"{first}: {', '.join(others)}" if others else first)
    return found


def outlined(lines: list[str]) -> list[str]:
    """Turn the lines that stand indented below a noun into bullets; "name: string" there is a typed field."""
    found: list[str] = []
    is_inside = False
    for number, line in enumerate(lines):
        inside = INSIDE.match(line)
        if inside and is_inside and not BULLET.match(line):
            typed = TYPED.match(inside["text"].strip())
            found.append(f"- {typed['name']} {typed['type']}{typed['mark'] or ''}" if typed else f"- {inside['text']}")
            continue
        head = OUTLINE_HEAD.match(line)
        following = lines[number + 1] if number + 1 < len(lines) else ""
        is_inside = (
            head is not None
            and INSIDE.match(following) is not None
            and not BULLET.match(following)
            and not KEYWORD.search(following)
            and bool(entity_name(head["head"]))
            and len(words_of(following)) > 0
        )
        found.append(line)
    return found
