"""The types of fields, and how the dialects found in the wild (Java, TypeScript, SQL, camelCase) map to them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from bot.documents.entities.entity_specs import SCALAR_TYPES, FieldType

__all__ = ["LONGEST_TYPE", "TypeReading", "read_type", "written_type"]

LONGEST_TYPE = 200
"""Characters; a longer type is taken as an unknown name and not looked into."""

DIALECTS = {
    "str": "string text varchar char character nvarchar citext slug phone phonenumber password secretstr",
    "int": "integer long short bigint smallint tinyint serial bigserial int32 int64 biginteger positiveint number_int",
    "float": "double real number float64 float32",
    "bool": "boolean bit",
    "date": "localdate",
    "datetime": "localdatetime instant zoneddatetime offsetdatetime timestamp timestamptz",
    "time": "localtime timetz",
    "UUID": "uuid4 guid",
    "Decimal": "bigdecimal money numeric currency",
    "EmailStr": "email emailaddress",
    "HttpUrl": "url uri anyurl anyhttpurl",
    "JSON": "jsonb dict object map any record jsonobject",
}
FROM_DIALECT = {word: scalar for scalar, words in DIALECTS.items() for word in words.split()}
FROM_DIALECT |= {
    "character varying": "str",
    "double precision": "float",
    "time with time zone": "time",
    "time without time zone": "time",
    "timestamp with time zone": "datetime",
    "timestamp without time zone": "datetime",
}
FROM_DIALECT |= {scalar.lower(): scalar for scalar in SCALAR_TYPES}

LISTS = ("list", "array", "set", "sequence", "tuple", "collection", "iterable", "frozenset")
MAPPINGS = ("dict", "map", "mapping", "record", "hashmap")
BRACKETS = {"[": "]", "<": ">"}
NOTHING = {"none", "null", "undefined"}
FORMS = (
    "{}", "Optional[{}]", "{}|None", "None|{}",
    "list[{}]", "Optional[list[{}]]", "list[{}]|None", "None|list[{}]",
)  # fmt: skip
"""The grammar's own ways to write a type; any other is mapped, and said."""
DEEPEST = 8
"""How many wrappers around a type are looked into."""


@dataclass(frozen=True)
class TypeReading:
    """What was read as a type. ``notes`` say in words what was mapped, for a finding."""

    type: FieldType
    optional: bool = False
    notes: tuple[str, ...] = ()


def read_type(text: str, declared: Collection[str] = ()) -> TypeReading:
    """Return the type that the text names; an unknown name is kept as it is, for a check to judge.

    ``declared`` are the document's own enums and entities: they win over a dialect's word, such as ``Currency``.
    """
    spelling = " ".join(text.split())
    if len(spelling) > LONGEST_TYPE:
        return TypeReading(FieldType(name=spelling))
    name, optional, is_list = spelling, False, False
    for _ in range(DEEPEST):
        inner, is_optional, opens_list = unwrap(name)
        if inner == name:
            break
        name, optional, is_list = inner, optional or is_optional, is_list or opens_list
    scalar, note = (name, "") if name in declared else nearest_scalar(name)
    kind = FieldType(name=scalar, is_list=is_list)
    if is_dialect(spelling, name):
        note = f"{spelling} is taken as {written_type(kind, optional)}"
    return TypeReading(kind, optional, (note,) if note else ())


def is_dialect(spelling: str, name: str) -> bool:
    """Tell whether what stands around a type's name is not the grammar's ``list[T]``, ``Optional[T]``, ``T | None``."""
    bare, compact = name.replace(" ", ""), spelling.replace(" ", "")
    return compact not in {form.format(bare) for form in FORMS}


def written_type(kind: FieldType, optional: bool) -> str:
    """Return a type as the grammar writes it."""
    name = f"list[{kind.name}]" if kind.is_list else kind.name
    return f"Optional[{name}]" if optional else name


def unwrap(name: str) -> tuple[str, bool, bool]:
    """Take one wrapper off a type: the inner text, whether it meant optional, whether it meant a list."""
    if name.endswith("?"):
        return name[:-1].strip(), True, False
    if name.endswith("[]"):
        return name[:-2].strip(), False, True
    if "|" in name and not name.endswith(("]", ">")):
        return without_nothing(name.split("|"), name)
    wrapper, bracket, rest = split_wrapper(name)
    if not bracket:
        return (*without_nothing(name.split("|"), name)[:2], False) if "|" in name else (name, False, False)
    if wrapper == "optional":
        return rest, True, False
    if wrapper in LISTS:
        return rest.split(",")[0].strip() if wrapper == "tuple" else rest, False, True
    if wrapper == "union":
        return without_nothing(rest.split(","), name)
    if wrapper == "mapped":
        return rest, False, False
    return name, False, False


def split_wrapper(name: str) -> tuple[str, str, str]:
    """Split ``List<T>`` into ``list``, ``<`` and ``T``; a type without brackets gives empty strings."""
    for bracket, closing in BRACKETS.items():
        head, found, rest = name.partition(bracket)
        if found and head.strip().isidentifier() and rest.endswith(closing):
            return head.strip().lower(), bracket, rest[:-1].strip()
    return "", "", ""


def without_nothing(parts: list[str], name: str) -> tuple[str, bool, bool]:
    """Return the one type beside ``None`` in a union; a union of several types stays as it is."""
    stripped = [part.strip() for part in parts]
    left = [part for part in stripped if part.lower() not in NOTHING]
    if len(left) == 1:
        return left[0], len(left) < len(stripped), False
    return name, False, False


def nearest_scalar(name: str) -> tuple[str, str]:
    """Return the grammar's name for a type, and a note in words where it was spelled another way."""
    if name in SCALAR_TYPES:
        return name, ""
    if split_wrapper(name)[0] in MAPPINGS:
        return "JSON", f"{name} is taken as JSON"
    if "/" in name:
        return nearest_of_several(name)
    if name == "Date":
        return "date", "Date is taken as date (a day without a time)"
    scalar = FROM_DIALECT.get(name.lower())
    return (scalar, f"{name} is taken as {scalar}") if scalar else (name, "")


def nearest_of_several(name: str) -> tuple[str, str]:
    """Choose among ``float/double/Decimal``: Decimal where it is offered (it holds money), else the first known."""
    known = [FROM_DIALECT[part.strip().lower()] for part in name.split("/") if part.strip().lower() in FROM_DIALECT]
    if not known:
        return name, ""
    chosen = "Decimal" if "Decimal" in known else known[0]
    return chosen, f"of {name}, {chosen} is taken"
