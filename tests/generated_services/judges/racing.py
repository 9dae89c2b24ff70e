"""The judge of what several clients do at once: of rows that rule each other out, one is stored; one delete counts.

Generated tests share one connection, so they can't see this; here a served service answers over connections of its own.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.generated_services.judges.accounts import authorization
from tests.generated_services.judges.base import Case, Judged
from tests.generated_services.judges.fuzzing import serving_case
from tests.generated_services.services import Service

__all__ = ["has_rules_to_race_for", "rules_hold_at_once"]

RACERS = 8
ONE_OPEN = "one open Loan per work until returned_at"
NO_OVERLAP = "no overlap of starts_on, ends_on per member unless status is LOST"
AT_MOST = "at most work.copies Loan per work"
WORKS, MEMBERS, LOANS = "/api/v1/works", "/api/v1/members", "/api/v1/loans"
TRAIL = "/api/v1/audit-entries"
SECONDS = 60


@dataclass(frozen=True)
class Answer:
    """A status, and what came with it."""

    status: int
    body: dict[str, Any]


@dataclass(frozen=True)
class Client:
    """Talks JSON to a service, as somebody who may do everything."""

    address: str
    headers: dict[str, str]
    openapi: dict[str, Any]

    def ask(self, method: str, path: str, payload: object = None) -> Answer:
        """Send a request; an error of the service is an answer as well."""
        body = None if payload is None else json.dumps(payload).encode()
        headers = self.headers | {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.address}{path}", data=body, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                return Answer(answer.status, json.loads(answer.read() or b"{}"))
        except urllib.error.HTTPError as error:
            return Answer(error.code, json.loads(error.read()))

    def example(self, schema: str, **values: object) -> dict[str, Any]:
        """Return the document's example of a schema, with other values."""
        (example, *_) = self.openapi["components"]["schemas"][schema]["examples"]
        return {**example, **values}

    def stored(self, path: str, payload: object) -> Any:
        """Store a row and return its key. Raises RuntimeError where it is refused."""
        answer = self.ask("POST", path, payload)
        if answer.status != 201:
            raise RuntimeError(f"POST {path}: {answer}")
        return answer.body["id"]


def has_rules_to_race_for(service: Service) -> bool:
    """Tell whether a service has the loans that the races are about."""
    return LOANS in service.openapi["paths"]


def rules_hold_at_once(case: Case) -> Judged:
    """Store loans at the same moment that rule each other out: one is stored, and the rule refuses the rest."""
    with case.database_url() as url, serving_case(case, url) as address:
        words = (header.split(": ", 1) for header in authorization(address, case.service.openapi))
        client = Client(address, dict(words), case.service.openapi)
        works = [client.stored(WORKS, work_of(client, number)) for number in range(RACERS + 1)]
        member = client.ask("GET", f"{MEMBERS}?size=1").body["items"][0]["id"]

        def for_one_work(number: int) -> dict[str, Any]:
            return loan_of(client, works[0], member, f"2031-{number + 1:02}-01", f"2031-{number + 1:02}-02")

        def for_one_period(number: int) -> dict[str, Any]:
            return loan_of(client, works[number + 1], member, "2030-05-01", "2030-05-20")

        faults = [
            *faults_of_race(client, for_one_work, {ONE_OPEN, AT_MOST}),
            *faults_of_race(client, for_one_period, {NO_OVERLAP}),
            *faults_of_deletes(client, works[-1]),
        ]
    return Judged(not faults, f"3 races of {RACERS}", "\n".join(faults))


def work_of(client: Client, number: int) -> dict[str, Any]:
    """Return a work that no other is equal to, and that refers to nothing."""
    unique = {"isbn": f"{9780000000000 + number}", "balance": 777000 + number, "code": str(UUID(int=number))}
    alone = dict.fromkeys(("part_of_id", "keeper_id"), None)
    return {**client.example("WorkCreate", **unique, **alone), "reader_ids": []}


def loan_of(client: Client, work: object, member: object, starts: str, ends: str) -> dict[str, Any]:
    """Return an open loan of a work."""
    free = {"follows_id": None, "returned_at": None}
    return client.example("LoanCreate", work_id=work, member_id=member, starts_on=starts, ends_on=ends, **free)


def faults_of_deletes(client: Client, work: object) -> Sequence[str]:
    """Delete one row many times at once, and return what came out otherwise than one delete, told once by the trail."""
    with ThreadPoolExecutor(RACERS) as pool:
        answers = list(pool.map(lambda _: client.ask("DELETE", f"{WORKS}/{work}"), range(RACERS)))
    came = Counter(answer.status for answer in answers)
    faults = [] if came == {204: 1, 404: RACERS - 1} else [f"DELETE of one work: {dict(came)}"]
    if TRAIL in client.openapi["paths"]:
        entries = client.ask("GET", f"{TRAIL}?entity=Work&key={work}&action=deleted").body["total"]
        faults += [] if entries == 1 else [f"{entries} entries tell of one delete"]
    return faults


def faults_of_race(client: Client, payload: Callable[[int], dict[str, Any]], rules: set[str]) -> Sequence[str]:
    """Send all rows of a race at once, and return what came out otherwise than one stored and the rest refused.

    Of several rules that a second row breaks, any may be the one that it is told.
    """
    rows = [payload(number) for number in range(RACERS)]
    with ThreadPoolExecutor(RACERS) as pool:
        answers = list(pool.map(lambda row: client.ask("POST", LOANS, row), rows))
    came = Counter((answer.status, answer.body.get("rule", "") in rules) for answer in answers)
    if came == {(201, False): 1, (409, True): RACERS - 1}:
        return ()
    odd = next((each for each in answers if each.status != 201), answers[0])
    return [f"{' or '.join(sorted(rules))}: {dict(came)}, such as {odd}"]
