"""A service's OpenAPI document becomes forms; a document that makes no sense becomes fewer of them, never an error."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.web.api_page import MOST_OPERATIONS, operations, sample, sign_in

BOOK = {
    "type": "object",
    "properties": {
        "id": {"type": "integer", "readOnly": True},
        "title": {"type": "string", "minLength": 1},
        "pages": {"type": "integer", "minimum": 5},
        "price": {"anyOf": [{"type": "number", "exclusiveMinimum": 0}, {"type": "string"}]},
        "kind": {"$ref": "#/components/schemas/Kind"},
        "lent_on": {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
        "tags": {"type": "array", "items": {"type": "string"}},
    },
}
DOCUMENT = {
    "paths": {
        "/books": {
            "get": {
                "tags": ["Books"],
                "summary": "List books",
                "parameters": [{"name": "q", "in": "query", "schema": {"type": "string"}}],
            },
            "post": {
                "tags": ["Books"],
                "summary": "Add a book",
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Book"}}}},
            },
        },
        "/books/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}],
            "delete": {"tags": ["Books"]},
        },
        "/health": {"get": {}},
    },
    "components": {"schemas": {"Book": BOOK, "Kind": {"enum": ["NOVEL", "ATLAS"]}}},
}


def test_operations_have_their_fields_and_an_example_of_their_body() -> None:
    groups = operations(DOCUMENT)

    assert list(groups) == ["Books"], "an operation that says nothing is left out"
    listing, adding, deleting = groups["Books"]
    assert [(field.name, field.required) for field in listing.fields] == [("q", False)]
    assert json.loads(adding.body) == {
        "title": "text",
        "pages": 5,
        "price": 1,
        "kind": "NOVEL",
        "lent_on": "2026-01-31",
        "tags": [],
    }
    assert (deleting.method, deleting.path, deleting.fields[0].value) == ("DELETE", "/books/{id}", "1")
    assert listing.reads
    assert not deleting.reads


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {"paths": 5},
        {"paths": {"/x": []}},
        {"paths": {"/x": {"get": "no"}}},
        {"paths": {"/x": {"get": {"parameters": [7, {"in": "path"}], "tags": "no"}}}},
    ],
)
def test_a_document_that_makes_no_sense_gives_few_operations_or_none(document: object) -> None:
    assert sum(len(all_of) for all_of in operations(document).values()) <= 1


def test_a_schema_that_holds_itself_ends() -> None:
    tree = {"type": "object", "properties": {"child": {"$ref": "#/t"}}}
    assert sample({"t": tree}, {"$ref": "#/t"}) is not None
    assert sample({"t": {"$ref": "#/t"}}, {"$ref": "#/t"}) is None


def test_an_endless_document_is_cut() -> None:
    paths = {f"/{number}": {"get": {"summary": "x"}} for number in range(MOST_OPERATIONS + 50)}
    assert sum(len(all_of) for all_of in operations({"paths": paths}).values()) == MOST_OPERATIONS


def body_with(schema: Any, schemas: Any = None) -> str:
    """Return the example of the one operation whose body is of a schema."""
    body = {"content": {"application/json": {"schema": schema}}}
    document = {"paths": {"/a": {"post": {"requestBody": body}}}, "components": {"schemas": schemas or {}}}
    ((operation,),) = operations(document).values()
    return operation.body


def test_a_schema_that_refers_to_itself_many_times_is_cut() -> None:
    self = {"$ref": "#/components/schemas/A"}
    endless = {"A": {"type": "object", "properties": {f"p{number}": self for number in range(100)}}}
    assert 1_000 < len(body_with(self, endless)) < 100_000


def test_a_huge_example_is_cut_and_a_small_one_is_whole() -> None:
    assert json.loads(body_with({"example": {"tags": ["a", {"b": None}]}})) == {"tags": ["a", {"b": None}]}
    assert len(body_with({"example": [["x" * 5_000] * 1_000] * 1_000})) < 2_000_000


def test_examples_together_are_bounded() -> None:
    body = {"content": {"application/json": {"schema": {"example": ["x" * 2_000] * 400}}}}
    paths = {f"/{number}": {"post": {"requestBody": body}} for number in range(50)}
    (all_of,) = operations({"paths": paths}).values()
    assert len(all_of) == 50
    assert 800_000 < sum(len(each.body) for each in all_of) < 3_000_000


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "$ref", "enum", "minimum", "exclusiveMinimum", "anyOf", "properties", "items"])
            | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@example({"type": []})
@example({"name": "a", "in": []})
@given(JSON)
def test_no_schema_raises(schema: Any) -> None:
    sample({"a": schema}, schema)
    operations({"paths": {"/a": {"get": {"parameters": [schema], "requestBody": schema, "summary": schema}}}})


def test_what_the_service_is_about_comes_before_health_and_accounts() -> None:
    def tagged(tag: str) -> dict[str, Any]:
        return {"get": {"tags": [tag]}}

    paths = {
        "/health": tagged("health"),
        "/auth/me": tagged("auth"),
        "/loans": tagged("loans"),
        "/books": tagged("books"),
    }
    groups = operations({"paths": paths})
    assert list(groups) == ["loans", "books", "auth", "health"]
    assert sign_in(groups) is None


def test_a_form_has_the_fields_that_are_needed() -> None:
    names = ("username", "password", "client_id")
    schema = {"type": "object", "properties": {name: {"type": "string"} for name in names}, "required": [*names[:2]]}
    content = {"application/x-www-form-urlencoded": {"schema": schema}}
    login = {"post": {"tags": ["auth"], "summary": "Log in", "requestBody": {"content": content}}}
    groups = operations({"paths": {"/api/v1/auth/login": login, "/books": {"get": {"tags": ["books"]}}}})
    found = sign_in(groups)
    assert found is not None
    assert (found.path, found.is_form, found.body) == ("/api/v1/auth/login", True, "")
    assert [(field.name, field.place, field.required) for field in found.fields] == [
        ("username", "form", True),
        ("password", "form", True),
    ]
