"""Reads JHipster's JDL: entities with validations, enums and relationships; anything else in it is quoted.

The language is described at https://www.jhipster.tech/jdl/; how its types map to ours stands in ``docs/formats.md``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.documents.entities.entity_specs import EntityField, FieldType
from bot.documents.entities.field_types import read_type
from bot.documents.naming import pascal_case, snake_case
from bot.patterns import regex
from bot.planning.pasted.model import STAMPS, PastedEntity, PastedModel, entity_called, is_enum_value

__all__ = ["read_jdl", "without_jdl"]

OPENING = regex(
    r"^[ \t>]*(?=(?:entity[ \t]+[A-Za-z]\w*[ \t]*(?:\(\w+\)[ \t]*)?(?:\{|\n|$)|"
    r"enum[ \t]+[A-Za-z]\w*[ \t]*\{|relationship[ \t]+(?:OneTo|ManyTo)(?:One|Many)[ \t]*\{))",
    re.MULTILINE,
)
OPTION = regex(
    r"^[ \t]*@\w+(?:\([^()\n]*\))?[ \t]*$|"
    r"^[ \t]*(?:dto|paginate|pagination|service|search|microservice|angularSuffix|clientRootFolder|filter|readOnly|"
    r"embedded|noFluentMethod|skipClient|skipServer)[ \t]+[\w*, \t]+(?:with[ \t]+[\w-]+)?"
    r"(?:[ \t]+except[ \t]+[\w, ]+)?$",
    re.MULTILINE,
)
"""Lines that say how JHipster shall generate: quoted, as they mean nothing here."""
COMMENT = regex(r"/\*.*?(?:\*/|\Z)|//[^\n]*", re.DOTALL)
COMMENT_LINE = regex(r"^[ \t]*(?:/\*\*?(?:[^*]|\*(?!/))*\*/|//[^\n]*)[ \t]*$", re.MULTILINE)
FENCE = regex(r"^[ \t]*```\w*[ \t]*$\n?", re.MULTILINE)
HEAD = regex(
    r"(?P<kind>entity|enum|relationship)\s+(?P<name>\w+)\s*(?:\((?P<table>\w+)\)\s*)?(?:\{(?P<body>.*)\}\s*)?$",
    re.DOTALL,
)
FIELD = regex(r"^(?P<name>[A-Za-z]\w*)\s+(?P<type>[A-Za-z]\w*)(?P<rest>.*)$", re.DOTALL)
VALIDATION = regex(
    r"\s*(?P<word>required|unique|(?P<limit>minlength|maxlength|min|max)\s*\(\s*(?P<number>-?[\d.]+)\s*\)|pattern\s*\(\s*/?(?P<pattern>.*?)/?\s*\)(?=\s|$))"
)
SIDE = regex(
    r"^(?P<entity>\w+)\s*(?:\{\s*(?P<name>\w+)?\s*(?:\(\s*\w+\s*\))?\s*(?P<required>required)?\s*\})?(?P<rest>.*)$",
    re.DOTALL,
)
TYPES = {"textblob": "str", "duration": "", "blob": "", "anyblob": "", "imageblob": ""}
"""Types of JDL that our readers of Java's types don't know; nothing: none of ours holds it."""
LIMITS = {"min": "minimum", "max": "maximum", "minlength": "minimum", "maxlength": "maximum"}


@dataclass(frozen=True)
class Side:
    """One side of a relationship: the entity, and what its way to the other one is called."""

    entity: str
    name: str
    required: bool


def without_jdl(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text without its JDL, and the blocks and option lines of JDL without comments."""
    found = OPENING.search(text)
    if found is None:
        return text, ()
    plain = COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text)
    blocks: list[str] = []
    rest: list[str] = []
    position = 0
    while found := OPENING.search(plain, position):
        rest.append(text[position : found.start()])
        position = end_of_block(plain, found.end())
        blocks.append(plain[found.end() : position].strip())
    outside = COMMENT_LINE.sub("", "\n".join([*rest, text[position:]]))
    blocks += [" ".join(option[0].split()) for option in OPTION.finditer(outside)]
    return FENCE.sub("", OPTION.sub("", outside)), tuple(blocks)


def end_of_block(text: str, start: int) -> int:
    """Return where a block ends: behind its closing brace, or with its line where it has none."""
    line = text.find("\n", start)
    line = len(text) if line < 0 else line
    if "{" not in text[start:line]:
        return line
    depth = 0
    for index in range(start, len(text)):
        depth += (text[index] == "{") - (text[index] == "}")
        if text[index] == "}" and depth == 0:
            return index + 1
    return len(text)


def read_jdl(blocks: tuple[str, ...]) -> PastedModel:
    """Return what blocks of JDL say; what is none of them, or not understood in them, is left unread."""
    model = PastedModel("JDL")
    heads = [(block, HEAD.fullmatch(block)) for block in blocks]
    order = {"enum": 0, "entity": 1, "relationship": 2}
    for block, head in sorted(heads, key=lambda pair: order[pair[1]["kind"]] if pair[1] else 3):
        if head is None or (head["body"] is None and head["kind"] != "entity"):
            model.unread.append(" ".join(block.split()))
            continue
        {"enum": read_enum, "entity": read_entity, "relationship": read_relationship}[head["kind"]](model, head)
    return model


def read_enum(model: PastedModel, head: re.Match[str]) -> None:
    """Read ``enum Language { FRENCH, ENGLISH("English") }``; what a value is shown as is quoted."""
    values: list[str] = []
    for piece in re.split(r"[,\n]", head["body"]):
        match = re.fullmatch(r"\s*(?P<value>\w+)\s*(?P<shown>\(.*\))?\s*", piece)
        if match and is_enum_value(match["value"]):
            values.append(match["value"])
            if match["shown"]:
                model.not_built.append(f"{match['value']} {match['shown']} (how {head['name']} is shown)")
        elif piece.strip():
            model.unread.append(f"{piece.strip()} (in {head['name']})")
    if values:
        model.enums[pascal_case(head["name"])] = tuple(dict.fromkeys(values))


def read_entity(model: PastedModel, head: re.Match[str]) -> None:
    """Read an entity and its fields; what is said in a field's line and has no place is quoted."""
    name = entity_called(head["name"])
    entity = model.entities.setdefault(name, PastedEntity(name, quote=f"entity {head['name']}"))
    for piece in pieces(head["body"] or ""):
        one = field_of(piece, model)
        if one is None:
            model.unread.append(f"{piece} (of {name}: none of our types holds it)")
        elif one.name not in STAMPS | {"id"}:
            entity.fields[one.name] = one


def pieces(body: str) -> list[str]:
    """Return the lines and items of a body, patterns with commas in one piece."""
    masked = re.sub(r"\(/.*?/\)", lambda pattern: pattern[0].replace(",", "\ue000"), body)
    found = (" ".join(piece.replace("\ue000", ",").split()) for piece in re.split(r"[,\n]", masked))
    return [piece for piece in found if piece and not piece.startswith("@")]


def field_of(piece: str, model: PastedModel) -> EntityField | None:
    """Return the field of ``jobTitle String required minlength(2)``, or None where it is none."""
    match = FIELD.fullmatch(piece)
    if match is None:
        return None
    name, spelled = snake_case(match["name"]), match["type"]
    if pascal_case(spelled) in model.enums:
        one = EntityField(name=name, type=FieldType(name=pascal_case(spelled)), optional=True)
    else:
        reading = read_type(TYPES.get(spelled.lower(), spelled) or "?")
        if not reading.type.is_scalar:
            return None
        one = EntityField(name=name, type=reading.type, optional=True)
    if one.type.name == "Decimal":
        one = one.model_copy(update={"digits": 12, "places": 2})
    rest = VALIDATION.sub("", match["rest"]).strip()
    if rest:
        model.not_built.append(f"{piece} (“{rest}” is not kept)")
    return one.model_copy(update=validations(match["rest"]))


def validations(text: str) -> dict[str, object]:
    """Return what the validations behind a field's type say, as modifiers of the grammar."""
    found: dict[str, object] = {}
    for match in VALIDATION.finditer(text):
        if match["limit"]:
            found[LIMITS[match["limit"]]] = match["number"]
        elif match["word"].startswith("pattern"):
            found["pattern"] = match["pattern"]
        else:
            found |= {"optional": False} if match["word"] == "required" else {"unique": True}
    return found


def read_relationship(model: PastedModel, head: re.Match[str]) -> None:
    """Read ``relationship OneToMany { Department{employee} to Employee{department required} }``."""
    for piece in relationship_pieces(head["body"]):
        left, to, right = piece.partition(" to ")
        sides = [side_of(text, model) for text in (left, right)] if to else []
        if len(sides) != 2 or sides[0] is None or sides[1] is None:
            model.unread.append(f"{piece} ({head['name']})")
            continue
        link(model, head["name"], sides[0], sides[1], f"{head['name']} {piece}")


def relationship_pieces(body: str) -> list[str]:
    """Return the relationships of a block, parted by commas or lines outside braces."""
    masked = re.sub(r"\{[^{}]*\}", lambda group: group[0].replace("\n", " "), body)
    return [" ".join(piece.split()) for piece in re.split(r"[,\n]", masked) if piece.strip()]


def side_of(text: str, model: PastedModel) -> Side | None:
    """Return one side, adding its entity where it is new; options of JHipster behind it are quoted."""
    match = SIDE.fullmatch(text.strip())
    if match is None:
        return None
    if match["rest"].strip():
        model.not_built.append(text.strip())
    name = entity_called(match["entity"])
    model.entities.setdefault(name, PastedEntity(name, quote=f"entity {match['entity']}"))
    return Side(name, snake_case(match["name"] or ""), bool(match["required"]))


def link(model: PastedModel, kind: str, left: Side, right: Side, quote: str) -> None:
    """Make one relationship a foreign key of the side that has it, or a many-to-many link."""
    if kind == "ManyToMany":
        model.joins.append((left.entity, right.entity, quote))
        return
    holder, other = (right, left) if kind == "OneToMany" else (left, right)
    entity = model.entities[holder.entity]
    name = holder.name or snake_case(other.entity)
    model.reference(entity, name, other.entity, optional=not holder.required, unique=kind == "OneToOne")
