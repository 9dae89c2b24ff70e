"""Specs of a hundred entities, or of any number, made by rule: chains, circles, trees, and every kind of field.

What an entity gets follows from its number and from checksums of its name, so that the same number always gives the
same specs, and a smaller number gives the beginning of a larger one, but for what refers to a later entity.
"""

from __future__ import annotations

from zlib import crc32

from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.naming import plural, snake_case

__all__ = ["hundred_entities", "hundred_text"]

PLACES = ("Garden", "Harbour", "Kitchen", "Museum", "Orchestra", "Railway", "School", "Studio", "Theatre", "Winery")
THINGS = ("Area", "Bench", "Crate", "Drawer", "Event", "Folder", "Guide", "Hour", "Invoice", "Journal")
"""Each place has a chain: a bench stands in an area, a crate under a bench, and so on."""

FIELDS = (
    "title: str (index, min 1, max 120)",
    'code: str (unique, min 6, max 6, pattern "^[A-Z]{2}[0-9]{4}$")',
    "note: Optional[str] (max 500)",
    "amount: int (default 1, min 0, max 1000)",
    "rank: Optional[int] (index)",
    "weight: Optional[float] (min 0, max 500)",
    "is_open: bool (default false)",
    "happened_on: date (index)",
    "noticed_at: Optional[datetime]",
    "opens_at: time (default 09:00:00)",
    "reference: UUID (unique)",
    "price: Decimal (index, min 0, digits 8 places 2)",
    "share: Optional[Decimal] (min 0, max 1, digits 4 places 3)",
    "contact: Optional[EmailStr]",
    "page: Optional[HttpUrl]",
    'details: JSON (default "{}")',
    'labels: list[str] (default "[]")',
    "readings: Optional[list[int]]",
)
FEWEST, MOST = 3, 7
"""Fields of an entity besides its key, its references and its time stamps."""

RULES = {
    1: "create only by role ADMIN",
    2: "transition state: OPEN -> BUSY | CLOSED, BUSY -> OPEN | CLOSED",
    3: "one open {name} per {parent} until ended_at",
    4: "due_at = begun_at + 14 days",
    5: "no overlap of begun_at, due_at per {parent}",
    6: "ended_at at most 36 hours after begun_at",
    7: "delete only by {account}",
    8: "create only while {parent}.state is OPEN | BUSY",
    9: "at most 40 {name} per {parent}",
}
"""By the place in the chain; only every other chain declares them."""


def hundred_entities(entities: int = 100) -> EntitySpecs:
    """Return the specs of so many entities."""
    return read_entity_specs(hundred_text(entities), "hundred.txt").specs


def hundred_text(entities: int = 100) -> str:
    """Return the document of so many entities, in its canonical order."""
    names = [name_of(number) for number in range(entities)]
    blocks = [entity_text(number, names) for number in range(entities)]
    used = dict.fromkeys(place_of(number) for number in range(entities))
    enums = [f"ENUM: {place}State\nVALUES: OPEN, BUSY, CLOSED" for place in used]
    return "\n\n".join([*blocks, *enums]) + "\n"


def place_of(number: int) -> str:
    """Return the place of an entity; past the tenth the places are counted again."""
    row = number // len(THINGS)
    again = row // len(PLACES)
    return PLACES[row % len(PLACES)] + (f"{again + 1}" if again else "")


def name_of(number: int) -> str:
    """Return an entity's name."""
    return f"{place_of(number)}{THINGS[number % len(THINGS)]}"


def entity_text(number: int, names: list[str]) -> str:
    """Return the block of one entity."""
    name = names[number]
    table = plural(snake_case(name))
    fields = [f"id: {key_type(number)} (primary key, auto-generated)", *references(number, names), *own_fields(name)]
    fields += ["created_at: datetime", "updated_at: datetime"]
    lines = [
        f"ENTITY: {name}" + (" (account)" if number == 0 else ""),
        f"TABLE: {table}",
        "FIELDS:",
        *(f"  - {field}" for field in [*fields[:-2], *rule_fields(number), *fields[-2:]]),
        f"API_PATH: /api/v1/{table.replace('_', '-')}",
    ]
    relations, rules = relations_of(number, names), rules_of(number, names)
    lines += ["RELATIONS:", *(f"  - {relation}" for relation in relations)] if relations else []
    lines += ["RULES:", *(f"  - {rule}" for rule in rules)] if rules else []
    return "\n".join(lines)


def key_type(number: int) -> str:
    """Return the type of an entity's key: every fourth has UUIDs."""
    return "UUID" if number % 4 == 3 else "int"


def chosen(name: str, count: int) -> int:
    """Return a number below ``count`` that follows from a name."""
    return crc32(name.encode()) % count


def own_fields(name: str) -> list[str]:
    """Return the fields of an entity, in the order of the catalogue."""
    wanted = FEWEST + chosen(name, MOST - FEWEST + 1)
    ranked = sorted(FIELDS, key=lambda field: crc32(f"{name} {field}".encode()))[:wanted]
    own = [field for field in FIELDS if field in ranked]
    if name.endswith("Area"):
        own = ["mail: EmailStr (unique)", *own]
    return own


def references(number: int, names: list[str]) -> list[str]:
    """Return the foreign keys of an entity: along its chain, into another chain, back to the head, and to itself."""
    step, keys = number % len(THINGS), []
    if step:
        rule = ("restrict", "cascade")[number % 2]
        keys.append(reference(names, number - 1, f"index, on delete {rule}", required=True))
    if step == len(THINGS) - 1 and number >= 2 * len(THINGS):
        keys.append(reference(names, number - 2 * len(THINGS) + 1, "unique, on delete set null"))
    if not step and number + len(THINGS) <= len(names):
        keys.append(reference(names, number + len(THINGS) - 1, "index, on delete set null"))
    if number % 7 == 6:
        own = snake_case(names[number])
        keys.append(
            f"parent_{own}_id: Optional[{key_type(number)}] (index, foreign key to {names[number]}, on delete set null)"
        )
    if step == 7 and number >= len(THINGS):
        keys.append(reference(names, 0, "index, on delete restrict", required=True))
    return keys


def reference(names: list[str], target: int, modifiers: str, *, required: bool = False) -> str:
    """Return a foreign key to an entity."""
    column, kind = f"{snake_case(names[target])}_id", key_type(target)
    kind = kind if required else f"Optional[{kind}]"
    first, _, rest = modifiers.partition(", ")
    return f"{column}: {kind} ({first}, foreign key to {names[target]}, {rest})"


def has_rules(number: int) -> bool:
    """Tell whether the chain of an entity declares rules."""
    return (number // len(THINGS)) % 2 == 1


def rule_fields(number: int) -> list[str]:
    """Return the fields that rules speak of; every entity of a chain with rules has them, of others one has a state."""
    state = f"state: {place_of(number)}State (enum, default OPEN)"
    if not has_rules(number):
        return [state] if not number % len(THINGS) else []
    return [
        state,
        "begun_at: datetime",
        "due_at: datetime",
        "ended_at: Optional[datetime]",
    ]


def rules_of(number: int, names: list[str]) -> list[str]:
    """Return the rules of an entity."""
    step = number % len(THINGS)
    if not has_rules(number) or step not in RULES:
        return []
    parent, account = snake_case(names[number - 1]), snake_case(names[0])
    return [RULES[step].format(name=names[number], parent=parent, account=account)]


def relations_of(number: int, names: list[str]) -> list[str]:
    """Return the relations of an entity: its chain from both ends, and many-to-many here and there."""
    step, relations = number % len(THINGS), []
    if step:
        relations.append(f"{snake_case(names[number - 1])}: {names[number - 1]} (ManyToOne)")
    if step < len(THINGS) - 1 and number + 1 < len(names):
        relations.append(f"{plural(snake_case(names[number + 1]))}: {names[number + 1]} (OneToMany)")
    if step == 4 and number >= len(THINGS):
        other = names[number - len(THINGS)]
        relations.append(f"{plural(snake_case(other))}: {other} (ManyToMany)")
    if step == 5:
        relations.append(f"similar: {names[number]} (ManyToMany)")
    return relations
