"""What a good model answers in the story of the library: each decision, one custom behaviour, and its real code."""

from __future__ import annotations

from typing import Any

from bot.planning.model.model_answers import SLOTS
from tests.stand_ins.model import Step

__all__ = [
    "CUSTOM_FILES",
    "LIBRARY",
    "LIBRARY_ENTITIES",
    "LIBRARY_INTERVIEW",
    "LIBRARY_REQUIREMENTS",
    "LIBRARY_SPECS",
    "LIBRARY_TASKS",
    "OVERDUE",
]

LIBRARY_SPECS = """\
<entity_specs>
ENTITY: Book
TABLE: books
FIELDS:
  - id: int (primary key, auto-generated)
  - title: str (max 200)
  - isbn: str (unique, max 20)
  - price: Decimal (digits 12 places 2, min 0)
  - status: BookStatus (enum, default available)
  - created_at: datetime (auto-generated)
  - updated_at: datetime (auto-generated)
API_PATH: /api/v1/books
RELATIONS:
  - loans: Loan (OneToMany)

ENTITY: Member
TABLE: members
FIELDS:
  - id: int (primary key, auto-generated)
  - name: str (max 200)
  - email: EmailStr (unique)
  - created_at: datetime (auto-generated)
  - updated_at: datetime (auto-generated)
API_PATH: /api/v1/members
RELATIONS:
  - loans: Loan (OneToMany)

ENTITY: Loan
TABLE: loans
FIELDS:
  - id: int (primary key, auto-generated)
  - member_id: int (foreign key to Member)
  - book_id: int (foreign key to Book)
  - lent_at: datetime
  - due_at: datetime
  - returned_at: Optional[datetime]
  - created_at: datetime (auto-generated)
  - updated_at: datetime (auto-generated)
API_PATH: /api/v1/loans
RELATIONS:
  - member: Member (ManyToOne)
  - book: Book (ManyToOne)
RULES:
  - one open Loan per book until returned_at

ENUM: BookStatus
VALUES: available, lent
</entity_specs>
"""

LIBRARY_INTERVIEW: dict[str, Any] = {
    "title": "Library",
    "known": list(SLOTS),
    "questions": [],
}

OVERDUE: dict[str, Any] = {
    "title": "Overdue loans",
    "user_story": "As a librarian, I want to see late loans, so that I can ask for the books.",
    "criteria": [
        (
            "WHEN a client asks for overdue loans, THE System SHALL answer one page of the loans whose due date has "
            "passed and that were not returned, the longest late first"
        ),
        "IF no loan is overdue, THEN THE System SHALL answer an empty page of overdue loans",
    ],
    "done": "GET /api/v1/overdue-loans answers exactly the late loans that are still out, the longest late first.",
}

LIBRARY_REQUIREMENTS: dict[str, Any] = {
    "title": "Library",
    "introduction": "A library keeps books and members, and remembers who borrowed which book.",
    "entities": [
        {
            "name": "Book",
            "meaning": "A copy of a title that the library owns.",
            "user_story": "As a librarian, I want to keep the catalogue, so that members find what they look for.",
        },
        {"name": "Member", "meaning": "A person who may borrow.", "user_story": ""},
        {"name": "Loan", "meaning": "A book that a member has for a while.", "user_story": ""},
    ],
    "behaviours": [
        {
            "title": "Lend once",
            "user_story": "As a member, I want a lent book to be refused, so that nobody waits for one that is out.",
            "criteria": ["IF a book is lent, THEN THE System SHALL refuse a second loan of it with 409"],
            "done": "A second loan of a lent book answers 409.",
        },
        OVERDUE,
    ],
    "decisions": ["A member borrows many books: each loan is kept with its dates"],
    "assumptions": ["The ISBN of a book and the e-mail of a member are unique"],
    "unread": [],
}

LIBRARY_ENTITIES: dict[str, Any] = {
    "entity_specs": LIBRARY_SPECS,
    "features": [],
    "covered": [{"behaviour": "Lend once", "by": "one open Loan per book until returned_at"}],
    "assumptions": ["A price is not negative"],
}

LIBRARY_TASKS: dict[str, Any] = {
    "tasks": [
        {
            "behaviour": "Overdue loans",
            "action": [
                "Select loans whose due_at lies before now and whose returned_at is empty, by due_at and then by key",
                "Answer them as one page of the loan's own schema, under the tag of loans",
            ],
            "files": [],
            "verification": ["openapi"],
            "done": OVERDUE["done"],
            "truths": ["A loan that was returned late is not among the overdue loans"],
        }
    ],
    "risks": ["A loan that is due today counts as overdue as soon as its hour has passed."],
    "packages": [],
}

SERVICE = '''\
"""Which loans are overdue: past their due date and not returned."""

from collections.abc import Sequence
from typing import Any, cast

import sqlalchemy as sa
from fastapi_pagination.config import Config
from fastapi_pagination.ext.sqlalchemy import apaginate
from sqlalchemy.ext.asyncio import AsyncSession

from app.models.base import now
from app.models.loan import Loan
from app.schemas.loan import LoanRead
from app.schemas.pagination import PageParameters, PaginatedResponse

__all__ = ["OverdueLoanService"]


class OverdueLoanService:
    """Finds overdue loans."""

    def __init__(self, session: AsyncSession) -> None:
        """Work within the unit of work of a session."""
        self.session = session

    async def page(self, parameters: PageParameters) -> PaginatedResponse[LoanRead]:
        """Return one page of overdue loans, those that are late for longest first."""

        async def read(rows: Sequence[Any]) -> Sequence[LoanRead]:
            return [LoanRead.model_validate(row) for row in rows]

        overdue = (
            sa.select(Loan)
            .where(Loan.returned_at.is_(None), Loan.due_at < now())
            .order_by(Loan.due_at, Loan.id)
        )
        page = await apaginate(
            self.session,
            overdue,
            params=parameters,
            transformer=read,
            config=Config(page_cls=PaginatedResponse),
        )
        return cast("PaginatedResponse[LoanRead]", page)
'''

ENDPOINT = '''\
"""The route of overdue loans."""

from typing import Annotated

from fastapi import APIRouter, Depends

from app.api.dependencies.session import SessionDependency
from app.api.endpoints.loans import TAG
from app.api.responses import problem_responses
from app.schemas.loan import LoanRead
from app.schemas.pagination import PageParameters, PaginatedResponse
from app.services.overdue_loans import OverdueLoanService

__all__ = ["router"]

router = APIRouter(prefix="/api/v1/overdue-loans", tags=[TAG["name"]])


@router.get(
    "",
    operation_id="list_overdue_loans",
    summary="List overdue loans",
    responses=problem_responses(422),
)
async def list_overdue_loans(
    parameters: Annotated[PageParameters, Depends()], session: SessionDependency
) -> PaginatedResponse[LoanRead]:
    """Answer one page of the loans that are past their due date and not returned."""
    return await OverdueLoanService(session).page(parameters)
'''

TEST = '''\
"""Overdue loans: past their due date and not returned."""

from httpx import AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession

from tests.factories.loan import create_loan

PATH = "/api/v1/overdue-loans"
LENT = "2020-01-01T12:00:00Z"
LATE = "2020-01-22T12:00:00Z"
LATER = "2020-02-22T12:00:00Z"
IN_TIME = "2999-01-22T12:00:00Z"


async def test_only_late_loans_that_are_still_out_are_listed(
    client: AsyncClient, session: AsyncSession
) -> None:
    """A loan in time and a returned one stay out of the list; the longest late comes first."""
    second = await create_loan(session, lent_at=LENT, due_at=LATER, returned_at=None)
    first = await create_loan(session, lent_at=LENT, due_at=LATE, returned_at=None)
    await create_loan(session, lent_at=LENT, due_at=IN_TIME, returned_at=None)
    await create_loan(session, lent_at=LENT, due_at=LATE, returned_at=LATER)
    response = await client.get(PATH)
    assert response.status_code == 200
    assert [loan["id"] for loan in response.json()["items"]] == [first.id, second.id]
    assert response.json()["total"] == 2


async def test_without_late_loans_the_page_is_empty(client: AsyncClient) -> None:
    """An empty page, not an error."""
    response = await client.get(PATH)
    assert response.status_code == 200
    assert response.json()["items"] == []


async def test_a_page_below_one_is_refused(client: AsyncClient) -> None:
    """422, as for every list."""
    assert (await client.get(PATH, params={"page": 0})).status_code == 422
'''

CUSTOM_FILES = {
    "app/services/overdue_loans.py": SERVICE,
    "app/api/endpoints/overdue_loans.py": ENDPOINT,
    "tests/api/test_overdue_loans.py": TEST,
}

LIBRARY: dict[str, list[Step]] = {
    "interview": [Step(content=LIBRARY_INTERVIEW)],
    "requirements": [Step(content=LIBRARY_REQUIREMENTS)],
    "entity_specs": [Step(content=LIBRARY_ENTITIES)],
    "task_plan": [Step(content=LIBRARY_TASKS)],
    "custom_task": [Step(content={"files": [{"path": path, "text": text} for path, text in CUSTOM_FILES.items()]})],
}
