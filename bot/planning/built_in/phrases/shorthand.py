"""Reads shorthand: ``Book: title str, price money, author -> Author, tags list[str]?`` and ``users <-> offers``.

A line is shorthand where at least one of its items spells a type or an arrow. Its other items are read as phrases.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.documents.entities.entity_specs import EntityField, FieldType
from bot.documents.entities.field_types import read_type
from bot.documents.naming import snake_case
from bot.patterns import regex
from bot.planning.built_in.phrases.field_phrases import NUMBERED
from bot.planning.built_in.phrases.value_phrases import values_of
from bot.planning.built_in.words.vocabulary import entity_name, has_plural

__all__ = ["ShortField", "ShortLine", "read_pair", "read_short_field", "read_short_line"]

LINE = regex(r"^(?P<name>[A-Z]\w*)\s*(?:\((?P<marks>[^()]*)\)\s*)?(?::|\s[-–—=])\s*(?P<body>\S.*)$")
BLOCK = regex(r"^(?P<name>[A-Z]\w*)\s*(?:\{(?P<braces>.*)\}|\((?P<body>.*)\))$", re.DOTALL)
ACCOUNT_MARKS = frozenset({"login", "log in", "logs in", "account", "accounts", "user account", "with login", "auth"})
TYPES = (
    r"(?:str|string|text|varchar|char|int|integer|bigint|long|float|double|number|decimal|numeric|money|bool|boolean|date|"
    r"datetime|timestamp|time|uuid|json|jsonb|email|url|uri|EmailStr|HttpUrl)"
)
ITEM = regex(
    rf"^(?P<name>[^\W\d][\w ]*?)(?P<early>\?)?\s*(?:\s|:\s*)(?:enum\s*(?P<values>[\[(][^()\[\]]+[\])])|"
    rf"(?P<wrapper>list|array|set|List|optional|Optional)\s*[\[<]\s*(?P<inner>{TYPES})\s*[\]>]|"
    rf"(?P<type>{TYPES})(?P<many>\[\])?(?:\s*\(\s*(?P<size>\d+(?:\s*,\s*\d+)?)\s*\))?)(?P<optional>\?)?(?P<rest>(?:[\s(=].*)?)$",
    re.IGNORECASE,
)
UNSURE = regex(
    r"\s(?:text|string|number|date|time|email|url)(?:\s+(?:optional|unique|required))?(?:\s*\([^()]*\))?$",
    re.IGNORECASE,
)
"""Words that end names as well as types: a line about several things with nothing surer is no shorthand."""
ARROW = regex(
    r"^(?:(?P<name>[^\W\d][\w ]*?)(?P<early>\?)?)?\s*(?:->|→)\s*(?P<target>[A-Za-z]\w*)"
    r"(?P<many>\[\]|\*)?(?P<optional>\?)?"
    r"(?P<rest>(?:[\s(].*)?)$"
)
PAIR = regex(r"^\+?\s*(?:(?P<name>[\w ]+?)\s*:\s*)?(?P<one>[A-Za-z]\w*)\s*(?:<-+>|↔|⇄)\s*(?P<other>[A-Za-z]\w*)$")
NUMBER = r"(-?\d+(?:\.\d+)?)"
LONGEST_ITEM = 300


@dataclass
class ShortField:
    """One item: its field, the entity that an arrow names, its values; ``many``: the arrow names several."""

    field: EntityField
    target: str = ""
    values: tuple[str, ...] = ()
    many: bool = False


@dataclass
class ShortLine:
    """One line: the entity, whether people log in with it, and its items, those that spell a type as fields."""

    name: str
    account: bool
    items: list[str]
    fields: dict[int, ShortField] = field(default_factory=dict)
    """Number of the item → what it says."""
    unknown_marks: str = ""


def read_short_line(sentence: str) -> ShortLine | None:
    """Return a line of shorthand, or None where no item of it spells a type or an arrow."""
    match = LINE.match(sentence.strip()) or BLOCK.match(sentence.strip())
    if match is None:
        return None
    parts = match.groupdict()
    items = split_items(parts["body"] or parts.get("braces") or "")
    fields = {number: one for number, item in enumerate(items) if (one := read_short_field(item))}
    name = entity_name(" ".join(re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+", match["name"])))
    if not fields or not name:
        return None
    if has_plural(match["name"].lower()) and all(UNSURE.search(items[number]) for number in fields):
        return None
    marks = {mark.strip().lower() for mark in (parts.get("marks") or "").split(",") if mark.strip()}
    unknown = ", ".join(sorted(marks - ACCOUNT_MARKS))
    return ShortLine(name, bool(marks & ACCOUNT_MARKS), items, fields, unknown)


def split_items(body: str) -> list[str]:
    """Return the items between commas and semicolons outside brackets."""
    items, depth, start = [], 0, 0
    for index, char in enumerate([*body, ","]):
        depth = max(0, depth + (char in "([{") - (char in ")]}"))
        if char in ",;" and (not depth or index == len(body)):
            items.append(body[start:index].strip())
            start = index + 1
    return [item for item in items if item]


def read_short_field(item: str) -> ShortField | None:
    """Return the field of one item, or None where it spells neither a type nor an arrow, or says something else too."""
    if len(item) > LONGEST_ITEM:
        return None
    arrow = ARROW.match(item)
    if arrow:
        return read_reference(arrow)
    match = ITEM.match(item)
    if match is None:
        return None
    if match["name"].split()[-1].lower() in {"with", "and", "the", "a", "an", "in", "by", "or", "at", "no", "any"}:
        return None
    if (match["type"] or "").lower() == "number" and match["name"].split()[-1].lower() in NUMBERED:
        return None
    kind, optional = type_of(match)
    if kind is None or not snake_case(match["name"]):
        return None
    one = EntityField(name=snake_case(match["name"]), type=kind, optional=optional)
    if kind.name == "Decimal" and not kind.is_list:
        one = one.model_copy(update={"digits": 12, "places": 2})
    one = sized(one, match["size"] or "")
    said = qualifiers(match["rest"], one)
    if said is None:
        return None
    values = values_of(match["values"]) if match["values"] else ()
    return None if match["values"] and not values else ShortField(one.model_copy(update=said), values=values)


def type_of(match: re.Match[str]) -> tuple[FieldType | None, bool]:
    """Return the type that an item spells, and whether it may be empty."""
    optional = bool(match["optional"] or match["early"]) or (match["wrapper"] or "").lower() == "optional"
    if match["values"]:
        return FieldType(name="str"), optional
    spelled = (match["inner"] or match["type"]).lower()
    reading = read_type({"number": "int", "text": "str"}.get(spelled, spelled))
    if not reading.type.is_scalar:
        return None, False
    is_list = bool(match["many"]) or (match["wrapper"] or "").lower() in {"list", "array", "set"}
    return reading.type.model_copy(update={"is_list": is_list}), optional


def sized(one: EntityField, size: str) -> EntityField:
    """Return a field with the length of a text, or the digits and places of an amount."""
    numbers = [int(part) for part in re.findall(r"\d+", size)]
    if not numbers:
        return one
    if one.type.name == "Decimal":
        return one.model_copy(update={"digits": numbers[0], "places": numbers[1] if len(numbers) > 1 else 0})
    return one.model_copy(update={"maximum": str(numbers[0])}) if one.type.name == "str" else one


def qualifiers(rest: str, one: EntityField) -> dict[str, object] | None:
    """Return what stands behind a type as modifiers, or None where it says anything else."""
    found: dict[str, object] = {}
    text = rest.strip().strip("()").strip()
    forms: tuple[tuple[str, tuple[str, ...]], ...] = (
        (rf"(?:from\s+|between\s+)?{NUMBER}\s*(?:-|–|to|and|\.\.+)\s*{NUMBER}", ("minimum", "maximum")),
        (rf"(?:min(?:imum)?|at least|>=)\s*[:=]?\s*{NUMBER}", ("minimum",)),
        (rf"(?:max(?:imum)?|at most|up to|<=)\s*(?:length)?\s*[:=]?\s*{NUMBER}", ("maximum",)),
        (rf"length\s*[:=]?\s*{NUMBER}", ("minimum", "maximum")),
        (r"(?:default(?:s to)?|=)\s*[:=]?\s*[\"']?([\w.-]+)[\"']?", ("default",)),
    )
    while text:
        flag = re.match(r"(unique|optional|nullable|required|not null|index(?:ed)?|mandatory)\b", text, re.IGNORECASE)
        if flag:
            word = flag[1].lower()
            found |= (
                {"unique": True}
                if word == "unique"
                else {"optional": word in {"optional", "nullable"}}
                if not word.startswith("index")
                else {"index": True}
            )
            text = text[flag.end() :].lstrip(" ,()")
            continue
        hit = next(((match, keys) for form, keys in forms if (match := re.match(form, text, re.IGNORECASE))), None)
        if hit is None or (hit[1] != ("default",) and one.type.name not in {"str", "int", "float", "Decimal"}):
            return None
        match, keys = hit
        found |= dict(
            zip(keys, match.groups() if len(match.groups()) == len(keys) else match.groups() * 2, strict=True)
        )
        text = text[match.end() :].lstrip(" ,()")
    return found


def read_reference(match: re.Match[str]) -> ShortField | None:
    """Return a reference: ``seller -> User``, ``parent -> Category?``, ``reservation -> Reservation (1:1)``.

    Without a name, such as ``-> User``, it is called what it leads to.
    """
    name, target = snake_case(match["name"] or match["target"]), entity_name(match["target"])
    rest = match["rest"].strip().strip("()").strip().lower()
    kinds = {
        "": False,
        "optional": False,
        "unique": True,
        "1:1": True,
        "one to one": True,
        "one-to-one": True,
        "n:1": False,
    }
    if not name or not target or rest not in kinds:
        return None
    optional = bool(match["optional"] or match["early"]) or rest == "optional"
    one = EntityField(name=name, type=FieldType(name="int"), optional=optional, unique=kinds[rest])
    return ShortField(one, target=target, many=bool(match["many"]))


def read_pair(sentence: str) -> tuple[str, str, str] | None:
    """Return the name and the two ends of ``favourites: users <-> offers``, or None; the name may be empty."""
    match = PAIR.match(sentence.strip())
    one, other = (entity_name(match["one"]), entity_name(match["other"])) if match else ("", "")
    if match is None or not one or not other:
        return None
    return snake_case(match["name"] or ""), one, other
