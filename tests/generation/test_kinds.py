"""The types of fields: modifiers that fit, defaults that hold, examples that are good."""

from __future__ import annotations

import re

import pytest

from bot.documents.entities.entity_specs import EntityField, EntitySpecs, EnumSpec
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.fields import field_view, json_expression
from bot.generation.kinds import kind_of
from bot.generation.patterns import matching_texts
from bot.generation.values import Identifier, MarkdownText, PythonLiteral, QuotedString, Words
from bot.generation.view import specs_view
from tests.generation.samples import entity, everything, key, library, text, typed

SPECS = EntitySpecs(enums=(EnumSpec(name="Colour", values=("red", "dark blue")),))


def made(type_name: str, **modifiers: object) -> EntityField:
    is_list = bool(modifiers.pop("is_list", False))
    return EntityField.model_validate({"name": "value", "type": typed(type_name, of_list=is_list), **modifiers})


GOOD_DEFAULTS = [
    (made("str", default="it's"), '"it\'s"'),
    (made("int", default="-3"), "-3"),
    (made("float", default="0.5"), "0.5"),
    (made("bool", default="Yes"), "True"),
    (made("Decimal", default="3"), 'Decimal("3.00")'),
    (made("date", default="2026-01-31"), "dt.date(2026, 1, 31)"),
    (made("date", default="today"), "base.today"),
    (made("datetime", default="now"), "base.now"),
    (made("datetime", default="2026-01-31T10:00:00+01:00"), "dt.datetime.fromisoformat('2026-01-31T09:00:00+00:00')"),
    (made("time", default="09:30"), "dt.time.fromisoformat('09:30:00')"),
    (made("UUID", default="uuid4"), "uuid4"),
    (made("UUID", default="00000000-0000-4000-8000-000000000001"), "UUID('00000000-0000-4000-8000-000000000001')"),
    (made("EmailStr", default="mara@example.com"), "'mara@example.com'"),
    (made("HttpUrl", default="https://example.com/a"), "'https://example.com/a'"),
    (made("JSON", default='{"a": [1]}'), "{'a': [1]}"),
    (made("Colour", default="dark blue"), "enums.Colour('dark blue')"),
    (made("int", default="[1, 2]", is_list=True), "[1, 2]"),
    (made("Colour", default='["red"]', is_list=True), "[enums.Colour('red')]"),
]


@pytest.mark.parametrize(("field", "expected"), GOOD_DEFAULTS)
def test_a_good_default_becomes_a_value_of_python(field: EntityField, expected: str) -> None:
    assert field.default is not None
    assert kind_of("Thing.value", field, SPECS).default(field.default).text == expected


BAD_DEFAULTS = [
    made("str", default="toolong", maximum="3"),
    made("str", default="abc", pattern="^[0-9]+$"),
    made("int", default="many"),
    made("int", default="7", maximum="6"),
    made("float", default="inf"),
    made("float", default="0.1", minimum="0.5"),
    made("bool", default="perhaps"),
    made("Decimal", default="0.001"),
    made("Decimal", default="NaN"),
    made("date", default="soon"),
    made("datetime", default="2026-01-31T10:00:00"),
    made("time", default="09:30+01:00"),
    made("UUID", default="1"),
    made("EmailStr", default="nobody"),
    made("HttpUrl", default="javascript:alert(1)"),
    made("JSON", default="[1]"),
    made("JSON", default='{"a": NaN}'),
    made("Colour", default="green"),
    made("int", default='["one"]', is_list=True),
    made("int", default="{}", is_list=True),
    made("int", default="[" * 100_000, is_list=True),
]


@pytest.mark.parametrize("field", BAD_DEFAULTS)
def test_a_bad_default_is_refused_with_a_sentence(field: EntityField) -> None:
    thing = entity("Thing", "things", key(), field)
    with pytest.raises(UnsupportedSpecsError, match=r"The default .* of Thing\.value is no good value"):
        field_view(thing, field, SPECS, is_deferred=False)


BAD_MODIFIERS = [
    (made("str", minimum="5", maximum="2"), "can't have a value"),
    (made("str", maximum="many"), "no limit"),
    (made("str", maximum="-1"), "no length"),
    (made("str", pattern="("), "can't be checked"),
    (made("str", pattern="(?=a)b"), "can't be checked"),
    (made("str", pattern="^a{5}$", maximum="3"), "No example"),
    (made("str", pattern="(((a{60}){60}){60}){60}"), "can't be checked|No example"),
    (made("str", pattern="((((){60}){60}){60}){60}x", minimum="9"), "can't be checked|No example"),
    (made("int", minimum="5", maximum="2"), "in order"),
    (made("int", maximum="99999999999"), "32 bits"),
    (made("int", minimum="x"), "no limit"),
    (made("float", minimum="2", maximum="1"), "above"),
    (made("float", minimum="inf"), "no limit"),
    (made("Decimal", digits=2, places=4), "digits"),
    (made("Decimal", digits=99), "digits"),
    (made("Decimal", minimum="0.001"), "more places"),
    (made("Decimal", maximum="1e28"), "is beyond what"),
    (made("Decimal", minimum="-99999999999999"), "is beyond what"),
    (made("Decimal", minimum="5", maximum="2"), "in order"),
    (made("date", minimum="1"), "doesn't know"),
    (made("int", pattern="^1$"), "only str"),
    (made("JSON", index=True), "JSON"),
    (made("Shade"), "not an enum"),
    (made("int", minimum="3", maximum="2", is_list=True), "can't have a value"),
]


@pytest.mark.parametrize(("field", "sentence"), BAD_MODIFIERS)
def test_a_modifier_that_does_not_fit_is_refused_with_a_sentence(field: EntityField, sentence: str) -> None:
    with pytest.raises(UnsupportedSpecsError, match=sentence):
        kind_of("Thing.value", field, SPECS)


UNIQUE = [
    made("str", unique=True),
    made("str", unique=True, maximum="2"),
    made("str", unique=True, maximum="1"),
    made("str", unique=True, minimum="80", maximum="90"),
    made("int", unique=True, minimum="-3", maximum="-1"),
    made("float", unique=True, minimum="0", maximum="1"),
    made("float", unique=True, maximum="-5"),
    made("Decimal", unique=True, digits=1, places=1),
    made("Decimal", unique=True, minimum="99.98", maximum="99.99"),
]


@pytest.mark.parametrize("field", UNIQUE)
def test_examples_of_unique_fields_differ_and_are_good(field: EntityField) -> None:
    kind = kind_of("Thing.value", field, SPECS)
    examples = [repr(value) for value in kind.examples()]
    assert len(set(examples)) == len(examples) >= 1
    assert not {repr(value) for value in kind.refused()} & set(examples)


@pytest.mark.parametrize(
    "pattern",
    [
        r"^\d{13}$", r"^[A-Z]{2}-\d+$", r"^(red|green)( light)?$", r"[^\W\d_]{3}", r"^.\S\s\w$", r"^[^abc]+?$",
        "^$|x", "é", r"^[\u0400-\u04ff]{2}$",
    ],
)  # fmt: skip
def test_texts_are_found_for_usual_patterns(pattern: str) -> None:
    texts = matching_texts("Thing.value", pattern, 0, 50, 5)
    assert len(set(texts)) == len(texts)
    assert all(re.search(pattern, example) for example in texts)


def test_a_repeat_is_stretched_to_the_least_length() -> None:
    assert all(len(example) >= 12 for example in matching_texts("Thing.value", "^[a-z]+$", 12, 20, 3))


def test_awkward_names_keep_their_spelling_outside_of_python() -> None:
    view = specs_view(everything()).entity("Class")
    fields = {item.field.name: item for item in view.fields}
    assert view.module.text == "class_entity"
    assert fields["from"].attribute.text == "from_"
    assert 'alias="from"' in fields["from"].create_line.text.replace("'", '"')
    assert "serialization_alias" in fields["metadata"].read_line.text
    assert fields["date"].attribute.text == "date"


def test_values_that_are_no_names_get_one() -> None:
    (colour,) = specs_view(everything()).enums
    assert [member.name.text for member in colour.members] == ["DARK_BLUE", "CLASS", "VALUE_1ST", "ROT"]
    doubled = EntitySpecs(
        entities=library().entities, enums=(*library().enums, EnumSpec(name="X", values=("a b", "a-b", "-")))
    )
    assert [member.name.text for member in specs_view(doubled).enums[1].members] == ["A_B", "A_B_2", "VALUE_3"]


def test_few_unique_values_make_small_tests() -> None:
    flag = EntityField(name="primary", type=typed("bool"), unique=True)
    single = EntityField(name="only", type=typed("int"), unique=True, minimum="1", maximum="1")
    specs = EntitySpecs(entities=(entity("A", "as_", key(), flag), entity("B", "bs", key(), single)))
    assert [view.rows for view in specs_view(specs).entities] == [2, 1]


def test_long_runs_become_products() -> None:
    assert json_expression("ab" + "x" * 50).text == "'ab' + 'x' * 50"
    assert json_expression([1] * 20).text == "[1] * 20"
    assert json_expression([1, 2]).text == "[1, 2]"


def test_typed_values_refuse_what_would_break_out() -> None:
    for kind, evil in ((Identifier, "a b"), (Words, 'a"b'), (Identifier, "a\n")):
        with pytest.raises(ValueError, match="not safe"):
            kind(evil)
    with pytest.raises(TypeError, match="plain data"):
        PythonLiteral.of(object())
    with pytest.raises(TypeError, match="printed by a template"):
        str(Identifier("name"))
    assert QuotedString.of('a"\\\n\x7f').text == '"a\\"\\\\\\u000a\\u007f"'
    assert QuotedString.of("\U000e0001").text == '"\\U000e0001"'
    assert MarkdownText.of("# <b>\n[x](y)").text == "\\# \\<b\\> \\[x\\](y)"


def test_a_text_without_a_length_is_bounded_only_where_it_is_indexed() -> None:
    plain = kind_of("Thing.value", text("value", maximum="7").model_copy(update={"maximum": None}), SPECS)
    assert plain.model_type().text == "sa.Text()"
    assert kind_of("Thing.value", made("str", index=True), SPECS).model_type().text == "sa.String(length=255)"
