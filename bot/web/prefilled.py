"""Operations filled in so that they work as they are: free values, keys of rows that are there, an account to try.

What the service answers is asked for and trusted with nothing: where it tells no rows, its own examples stay.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from bot.documents.frozen import Frozen
from bot.documents.naming import article, capital, joined
from bot.generation.fresh_rows import FreshRow, Stored
from bot.generation.names import words
from bot.web.api_page import FORM, Field, Operation, mapping, registration, sequence, sign_in

__all__ = ["Ask", "Entrance", "entered", "entrance", "filled_in", "stored_rows"]

type Groups = Mapping[str, Sequence[Operation]]
type Ask = Callable[[str, str, str, dict[str, str]], Awaitable[Mapping[str, Any]]]
"""Asks the service: method, path, body and headers; gives the status and the text of its answer."""
SECONDS = 6.0
"""So long the page waits for all rows together."""
MOST_ASKED = 60
ROWS = 100
"""Rows of one kind that are looked at."""
LONGEST_VALUE = 320
USER, PASSWORD, CURRENT = "username", "password", "current_password"
NAMES = {USER: "User name: the e-mail address", PASSWORD: "Password"}


class Entrance(Frozen):
    """The account that is there for trying, as the service's own example names it, and a token of it."""

    email: str = ""
    password: str = ""
    token: str = ""
    key: Any = None
    role: str = ""
    others: tuple[Entrance, ...] = ()
    """Further accounts that are there for trying, each with another role."""


def entrance(groups: Groups) -> Entrance:
    """Return the account of the service's own example, which is that of its first stored row."""
    example = body_of(registration(groups))
    email, password = example.get("email"), example.get(PASSWORD)
    if not isinstance(email, str) or not isinstance(password, str):
        return Entrance()
    return Entrance(email=email, password=password)


async def entered(ask: Ask, groups: Groups, fresh: Sequence[FreshRow] = ()) -> Entrance:
    """Log in with the account that is there for trying, and find those with other roles among the stored ones.

    Without a token where that isn't possible.
    """
    door, known = sign_in(groups), entrance(groups)
    if door is None or not known.email:
        return known
    first = await logged_in(ask, door, known)
    if not first.token:
        return first
    found: dict[str, Entrance] = {}
    for email, password in (login for one in fresh for login in one.logins if login[0] != known.email):
        other = await logged_in(ask, door, Entrance(email=email, password=password))
        if other.role and other.role != first.role:
            found.setdefault(other.role, other)
    return first.model_copy(update={"others": tuple(found.values())})


async def logged_in(ask: Ask, door: Operation, known: Entrance) -> Entrance:
    """Return an account with a token of it, its key and its role; as it was where it can't log in."""
    form = urlencode({USER: known.email, PASSWORD: known.password})
    token = read_json(await ask("POST", door.path, form, {"Content-Type": FORM})).get("access_token")
    if not isinstance(token, str) or not token.isascii() or not token.isprintable():
        return known
    own = read_json(await ask("GET", f"{beside(door)}/me", "", bearer(token)))
    role = own.get("role")
    return known.model_copy(
        update={"token": token, "key": own.get("id"), "role": role if isinstance(role, str) else ""}
    )


async def stored_rows(ask: Ask, fresh: Sequence[FreshRow], token: str) -> dict[str, list[dict[str, Any]]]:
    """Return the rows that are stored, by the path of their list; fewer where the service takes its time."""
    rows: dict[str, list[dict[str, Any]]] = {}
    try:
        async with asyncio.timeout(SECONDS):
            for one in fresh[:MOST_ASKED]:
                told = read_json(await ask("GET", f"{one.path}?size={ROWS}", "", bearer(token)))
                rows[one.path] = [short(mapping(row)) for row in sequence(told.get("items"))[:ROWS]]
    except TimeoutError:
        return rows
    return rows


def short(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is short of a row: its keys and unique values are."""
    return {name: value for name, value in row.items() if len(str(value)) <= LONGEST_VALUE}


def filled_in(
    groups: Groups, fresh: Sequence[FreshRow], rows: Mapping[str, Stored], account: Entrance
) -> dict[str, list[Operation]]:
    """Return the operations with values that the service takes as far as one can know. Pure."""
    if account.key is not None:
        rows = {one.path: own_first(one, rows, account.key) for one in fresh}
    values = {one.path: one.values(rows) for one in fresh}
    keys = {one.path: shown_key(one, rows.get(one.path, [])) for one in fresh}
    lacking = {one.path: told_lacking(one.lacks(rows)) for one in fresh}
    people = next((one for one in fresh if one.is_account), None)
    newcomer = one_more(people, rows, values[people.path]) if people else {}
    door, makes = sign_in(groups), registration(groups)
    own_account = f"{beside(door)}/me" if door else ""

    def filled(one: Operation) -> Operation:
        if door is not None and one == door:
            return to_log_in(one, account, body_of(makes) | newcomer)
        if one == makes:
            return with_values(one, newcomer, only_needed=True)
        if one.path == own_account and account.token:
            return with_body(one, {"email": account.email, CURRENT: account.password})
        if one.method != "POST" or one.path not in values:
            return with_key(one, keys)
        return with_values(one, values[one.path]).model_copy(update={"note": lacking[one.path]})

    return {group: [filled(one) for one in all_of] for group, all_of in groups.items()}


def one_more(fresh: FreshRow, rows: Mapping[str, Stored], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row needs beside another one that isn't stored yet either."""
    return fresh.values({**rows, fresh.path: [*rows.get(fresh.path, ()), values]})


def told_lacking(names: Sequence[str]) -> str:
    """Say what must be made first, where all that something could belong to has one already."""
    if not names:
        return ""
    what = joined([article(words(name.removesuffix("_id"))) for name in names])
    return f"All that are there have one already: create {what} first, then load this page again."


def shown_key(fresh: FreshRow, rows: Stored) -> Any:  # noqa: ANN401 - any JSON value
    """Return the key of a row to look at and to change; of accounts not the own one, which others must change."""
    return (rows[-1] if fresh.is_account else rows[0]).get(fresh.key) if rows else None


def beside(door: Operation) -> str:
    """Return the path below which the operations about the own account are."""
    return door.path.rpartition("/")[0]


def own_first(fresh: FreshRow, rows: Mapping[str, Stored], key: object) -> Stored:
    """Return stored rows; of accounts, the own one first, since rules may ask for it."""
    own = rows.get(fresh.path, [])
    return sorted(own, key=lambda row: row.get(fresh.key) != key) if fresh.is_account else own


def to_log_in(door: Operation, account: Entrance, registered: Mapping[str, Any]) -> Operation:
    """Fill the login with the account that is there for trying, or with what registering makes."""
    is_there = bool(account.token)
    given = {
        USER: account.email if is_there else registered.get("email"),
        PASSWORD: account.password if is_there else registered.get(PASSWORD),
    }
    note = (
        f"{told_accounts(account)} Log in as it is, or register someone of your own first."
        if is_there
        else "Register first, above: this is whom it makes."
    )
    fields = tuple(with_value(field, given.get(field.name)) for field in door.fields)
    return door.model_copy(update={"fields": fields, "note": note if given[USER] else ""})


def told_accounts(account: Entrance) -> str:
    """Say who is there for trying: where roles differ, whom to log in as for each."""
    if not account.others:
        role = f", with the role {account.role}" if account.role else ""
        return f"{account.email} is there for trying{role}."
    others = "; ".join(f"{as_role(one.role)}: {one.email} with the password “{one.password}”" for one in account.others)
    return f"These are there for trying. {capital(as_role(account.role))}: {account.email}, filled in below; {others}."


def as_role(role: str) -> str:
    """Return a role as people say it of themselves: ``as a bike mechanic``."""
    return f"as {article(role.replace('_', ' ').lower())}"


def with_value(field: Field, value: object) -> Field:
    """Fill a field of a form, and give it a name that says what it is."""
    label = NAMES.get(field.name, "")
    return field.model_copy(update={"label": label, **({"value": value} if isinstance(value, str) else {})})


def with_key(one: Operation, keys: Mapping[str, Any]) -> Operation:
    """Let a path that names one row name one that is there."""
    key = keys.get(one.path.partition("/{")[0])
    place = next((number for number, field in enumerate(one.fields) if field.place == "path"), None)
    if key is None or place is None:
        return one
    fields = [*one.fields]
    fields[place] = fields[place].model_copy(update={"value": str(key)})
    return one.model_copy(update={"fields": tuple(fields)})


def with_values(one: Operation, values: Mapping[str, Any], *, only_needed: bool = False) -> Operation:
    """Put values into the example of a body that has these names."""
    told = {name: values.get(name, value) for name, value in body_of(one).items()}
    if only_needed and one.needed:
        told = {name: value for name, value in told.items() if name in one.needed}
    return with_body(one, told)


def with_body(one: Operation, told: Mapping[str, Any]) -> Operation:
    """Give an operation that has a body another one."""
    if not one.body or not told:
        return one
    return one.model_copy(update={"body": json.dumps(told, indent=2, ensure_ascii=False)})


def body_of(one: Operation | None) -> dict[str, Any]:
    """Return the example of an operation's body; nothing where it is no object."""
    return dict(mapping(json.loads(one.body))) if one is not None and one.body else {}


def read_json(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the object that the service answers; an empty one where it is none, or a failure."""
    if answer.get("status") != 200:
        return {}
    try:
        return mapping(json.loads(str(answer.get("body"))))
    except (ValueError, RecursionError):
        return {}


def bearer(token: str) -> dict[str, str]:
    """Return the header that says who asks."""
    return {"Authorization": f"Bearer {token}"} if token else {}
