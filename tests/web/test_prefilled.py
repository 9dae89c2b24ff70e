"""Operations of `Try it` come filled in so that they work as they are; what the service answers is not trusted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.generation.feature_specs import with_features
from bot.generation.fresh_rows import fresh_rows
from bot.web.api_page import Operation, operations
from bot.web.plain_answers import in_plain_words
from bot.web.prefilled import entered, filled_in, stored_rows

SPECS = with_features(
    read_entity_specs("""<entity_specs>
ENTITY: Clock
TABLE: clocks
FIELDS:
  - id: UUID (primary key, auto-generated)
  - number: str (unique)
  - status: ClockStatus (enum, default TAKEN_IN)
API_PATH: /clocks
RULES:
  - transition status: TAKEN_IN -> READY

ENTITY: Part
TABLE: parts
FIELDS:
  - id: int (primary key, auto-generated)
  - clock_id: UUID (index, foreign key to Clock)
API_PATH: /parts
RELATIONS:
  - clock: Clock (ManyToOne)

ENUM: ClockStatus
VALUES: TAKEN_IN, READY
</entity_specs>""").specs,
    ["auth"],
)
ACCOUNTS = next(entity.api_path for entity in SPECS.entities if entity.name == "User")
MARA = {"email": "person1@example.com", "password": "password 1xx"}


def sending(example: dict[str, Any], needed: tuple[str, ...] = (), kind: str = "application/json") -> dict[str, Any]:
    """Return what a document says of an operation that sends something."""
    properties = {name: {"example": value} for name, value in example.items()}
    schema = {"type": "object", "properties": properties, "required": list(needed)}
    return {"tags": ["x"], "requestBody": {"content": {kind: {"schema": schema}}}}


def key(name: str) -> dict[str, Any]:
    """Return what a document says of an operation on one row."""
    return {"tags": ["x"], "parameters": [{"name": name, "in": "path", "schema": {"type": "integer"}}]}


FORM = "application/x-www-form-urlencoded"
LOGIN = {"username": "text", "password": "text", "client_id": "text"}
DOCUMENT = {
    "paths": {
        "/auth/login": {"post": sending(LOGIN, ("username", "password"), FORM)},
        "/auth/register": {"post": sending({**MARA, "nickname": "text"}, ("email", "password"))},
        "/auth/me": {"patch": sending({"email": "x", "password": "text"})},
        "/clocks": {"post": sending({"number": "number 1", "status": "TAKEN_IN"})},
        "/clocks/{key}": {"get": key("key")},
        "/parts": {"post": sending({"clock_id": "00000000"})},
        ACCOUNTS: {"post": sending(MARA)},
    }
}


class Service:
    """Answer as a seeded service does; ``lets_in`` tells whether the account of its example is there."""

    def __init__(self, *, lets_in: bool = True) -> None:
        self.lets_in = lets_in

    async def ask(self, method: str, path: str, body: str, headers: dict[str, str]) -> Mapping[str, Any]:
        """Answer one request."""
        if method == "POST":
            is_good = self.lets_in and body == "username=person1%40example.com&password=password+1xx"
            return {"status": 200 if is_good else 401, "body": json.dumps({"access_token": "t0ken"})}
        if headers != {"Authorization": "Bearer t0ken"}:
            return {"status": 401, "body": "{}"}
        rows = {
            "/clocks": [{"id": "c1", "number": "number 1", "status": "x" * 400}],
            ACCOUNTS: [{"id": 5, "email": "person4@example.com"}, {"id": 1, "email": "person1@example.com"}],
        }
        told = {"id": 1, "role": "admin"} if path == "/auth/me" else {"items": rows.get(path.partition("?")[0], "no")}
        return {"status": 200, "body": json.dumps(told)}


async def filled(service: Service) -> dict[str, Operation]:
    """Return the operations as the page shows them, by method and path."""
    groups, fresh = operations(DOCUMENT), fresh_rows(SPECS)
    account = await entered(service.ask, groups)
    rows = await stored_rows(service.ask, fresh, account.token)
    found = filled_in(groups, fresh, rows, account)
    return {f"{one.method} {one.path}": one for all_of in found.values() for one in all_of}


async def test_values_are_free_and_keys_are_those_of_rows_that_are_there() -> None:
    page = await filled(Service())
    assert json.loads(page["POST /clocks"].body) == {"number": "number 4", "status": "TAKEN_IN"}
    assert json.loads(page["POST /parts"].body) == {"clock_id": "c1"}
    assert page["GET /clocks/{key}"].fields[0].value == "c1"


async def test_who_is_there_logs_in_and_who_registers_is_new() -> None:
    page = await filled(Service())
    login = page["POST /auth/login"]
    assert {field.name: field.value for field in login.fields} == {
        "username": "person1@example.com",
        "password": "password 1xx",
    }
    assert "e-mail" in login.fields[0].label
    assert login.note.startswith("person1@example.com is there for trying, with the role admin.")
    created = json.loads(page[f"POST {ACCOUNTS}"].body)["email"]
    registered = json.loads(page["POST /auth/register"].body)
    assert registered.keys() == {"email", "password"}, "no more than is needed"
    assert len({created, registered["email"], "person1@example.com", "person4@example.com"}) == 4
    assert json.loads(page["PATCH /auth/me"].body) == {
        "email": "person1@example.com",
        "current_password": "password 1xx",
    }


async def test_there_is_somebody_to_log_in_as_for_each_role() -> None:
    people = {"person1": "ADMIN", "person2": "BIKE_MECHANIC", "person3": "ADMIN"}

    async def ask(method: str, path: str, body: str, headers: dict[str, str]) -> Mapping[str, Any]:
        name = body.removeprefix("username=").partition("%40")[0]
        role = people.get(headers.get("Authorization", "").removeprefix("Bearer "))
        return {"status": 200, "body": json.dumps({"access_token": name} if method == "POST" else {"role": role})}

    groups, fresh = operations(DOCUMENT), fresh_rows(SPECS)
    found = filled_in(groups, fresh, {}, await entered(ask, groups, fresh))
    login = next(one for all_of in found.values() for one in all_of if one.path == "/auth/login")
    assert login.fields[0].value == "person1@example.com"
    assert login.note.startswith(
        "These are there for trying. As an admin: person1@example.com, filled in below; "
        "as a bike mechanic: person2@example.com with the password “password 2xx”. Log in as it is"
    )


async def test_where_nobody_is_there_the_login_is_that_of_who_registers() -> None:
    page = await filled(Service(lets_in=False))
    login, registered = page["POST /auth/login"], json.loads(page["POST /auth/register"].body)
    assert login.fields[0].value == registered["email"] != "person1@example.com"
    assert login.note.startswith("Register first")
    assert json.loads(page["POST /parts"].body) == {"clock_id": "00000000"}, "its own example stays"


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (
            '{"rule": "transition status: TAKEN_IN -> READY"}',
            '{"rule": "The status of a clock goes only from taken in to ready."}',
        ),
        ('{"detail": "No.", "rule": "a -> b"}', '{"detail": "No."}'),
        ('{"rule": null}', '{"rule": null}'),
        ("the rule", "the rule"),
        ('["rule"]', '["rule"]'),
    ],
)
def test_a_rule_is_told_in_a_plain_sentence(body: str, shown: str) -> None:
    assert in_plain_words(body, "/clocks/1?x=1", SPECS) == shown
