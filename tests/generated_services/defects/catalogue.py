"""The defects: each is one that programmers make, in one place, and leaves a service that starts."""

from __future__ import annotations

from tests.generated_services.defects.patches import Defect, Edit

__all__ = ["DEFECTS"]

BASE_REPOSITORY = "app/repositories/base.py"
BASE_SERVICE = "app/services/base.py"
CONDITIONS = "app/repositories/conditions.py"
DATABASE = "app/core/database.py"
MIGRATION = "migrations/versions/0001_initial.py"
ACCOUNTS = ("auth",)

OF_ROUTES = (
    Defect(
        "wrong status",
        "POST answers 200 where 201 is promised",
        (Edit("app/api/endpoints/loans.py", "status_code=HTTPStatus.CREATED", "status_code=HTTPStatus.OK"),),
    ),
    Defect(
        "missing 404",
        "deleting what is not there answers 204",
        (
            Edit(
                BASE_SERVICE,
                "        row = await self.get(key, lock=Lock.TO_DELETE)\n        await self.check_delete(row)",
                "        row = await self.repository.get(key, lock=Lock.TO_DELETE)\n        if row is None:\n"
                "            return\n"
                "        await self.check_delete(row)",
            ),
        ),
    ),
    Defect(
        "nulls for absent fields",
        "PATCH empties a field that was not sent",
        (
            Edit(
                "app/schemas/loan.py",
                "    returned_at: types.Moment | None | MISSING = MISSING",
                "    returned_at: types.Moment | None = None",
            ),
            Edit(BASE_SERVICE, "payload.model_dump(exclude_unset=True)", "payload.model_dump()"),
        ),
    ),
)

OF_SCHEMAS = (
    Defect(
        "float for Decimal",
        "an amount is answered as a JSON number",
        (
            Edit(
                "app/schemas/loan.py",
                "    fee: Annotated[Decimal, types.ExactDecimal(digits=6, places=2, signed=False)]\n",
                "    fee: float\n",
            ),
        ),
    ),
    Defect(
        "missing bound",
        "a number above its greatest value is taken",
        (
            Edit(
                "app/schemas/work.py",
                "    copies: Annotated[int, Field(ge=0, le=500), types.WHOLE_NUMBER] = 1",
                "    copies: Annotated[int, Field(ge=0, le=2147483647), types.WHOLE_NUMBER] = 1",
            ),
        ),
    ),
    Defect(
        "wrong default",
        "a field that is left out gets another value than declared",
        (
            Edit(
                "app/schemas/work.py",
                "    copies: Annotated[int, Field(ge=0, le=500), types.WHOLE_NUMBER] = 1",
                "    copies: Annotated[int, Field(ge=0, le=500), types.WHOLE_NUMBER] = 0",
            ),
        ),
    ),
    Defect(
        "enum value lost",
        "a declared value of an enum is refused",
        (Edit("app/models/enums.py", '    LOST = "LOST"\n', ""),),
    ),
    Defect(
        "NUL is taken",
        "a text with NUL reaches the database, and PostgreSQL answers with an error",
        (Edit("app/schemas/types.py", r'TEXT: Final = r"^[^\x00]*$"', r'TEXT: Final = r"^[\s\S]*$"'),),
    ),
    Defect(
        "unbounded page",
        "one page may hold every row",
        (Edit("app/schemas/pagination.py", "default=20, ge=1, le=LARGEST_SIZE", "default=20, ge=1"),),
    ),
)

OF_LISTS = (
    Defect(
        "lost filter",
        "a filter is taken and does nothing",
        (Edit("app/repositories/work.py", '        "copies_min": conditions.at_least(Work.copies),\n', ""),),
    ),
    Defect(
        "bound of a filter left out",
        "a filter up to a value leaves the value itself out",
        (Edit(CONDITIONS, "return lambda value: column <= value", "return lambda value: column < value"),),
    ),
    Defect(
        "page off by one",
        "the second page begins one row too early",
        (
            Edit(
                "app/schemas/pagination.py",
                'description="How many items a page holds")\n',
                'description="How many items a page holds")\n\n'
                "    def to_raw_params(self) -> RawParams:\n"
                "        raw = super().to_raw_params()\n"
                "        return RawParams(limit=raw.limit, offset=max(0, (raw.offset or 0) - 1))\n",
            ),
            Edit(
                "app/schemas/pagination.py",
                "from fastapi_pagination import Page, Params\n",
                "from fastapi_pagination import Page, Params\nfrom fastapi_pagination.bases import RawParams\n",
            ),
        ),
    ),
    Defect(
        "sort direction ignored",
        "a minus before a sort key changes nothing",
        (
            Edit(
                BASE_REPOSITORY,
                'column.desc() if term.startswith("-") else column.asc()',
                "column.asc()",
            ),
        ),
    ),
    Defect(
        "pattern in a search",
        "a percent sign in a search finds everything",
        (Edit(CONDITIONS, "autoescape=True", "autoescape=False"),),
    ),
    Defect(
        "a statement for each row",
        "a list with included rows asks the database once more for every row",
        (
            Edit(
                BASE_REPOSITORY,
                "            return [read(row) for row in rows]",
                '            include = getattr(query, "include", ())\n'
                "            keys = [self.model.__mapper__.primary_key_from_instance(row)[0] for row in rows]\n"
                "            found = [await self.get(key, include) for key in keys]\n"
                "            return [read(row) for row in found if row is not None]",
            ),
            Edit(BASE_REPOSITORY, 'loads = self.loads(asked.get("include", ()))', "loads = self.loads(())"),
        ),
    ),
)

OF_LINKS = (
    Defect(
        "links to nothing",
        "a key of a many-to-many relation that no row has is dropped in silence",
        (
            Edit(
                BASE_SERVICE,
                "        if missing:\n            raise MissingReferenceError(name",
                "        if False:\n            raise MissingReferenceError(name",
            ),
        ),
    ),
    Defect(
        "children stay behind",
        "foreign keys are not kept on SQLite, so children outlive their parent",
        (Edit(DATABASE, "PRAGMA foreign_keys = ON", "PRAGMA foreign_keys = OFF"),),
    ),
)

OF_THE_DATABASE = (
    Defect(
        "lost unique",
        "two rows may share a value that must be unique",
        (
            Edit(
                "app/models/work.py",
                "isbn: Mapped[str] = mapped_column(sa.String(length=13), unique=True)",
                "isbn: Mapped[str] = mapped_column(sa.String(length=13))",
            ),
            Edit(MIGRATION, '        sa.UniqueConstraint("isbn", name=op.f("uq_works_isbn")),\n', ""),
        ),
    ),
    Defect(
        "missing index",
        "the migration makes no index where the model has one",
        (
            Edit(MIGRATION, '    op.create_index(op.f("ix_works_price"), "works", ["price"])\n', ""),
            Edit(MIGRATION, '    op.drop_index(op.f("ix_works_price"), table_name="works")\n', ""),
        ),
    ),
    Defect(
        "missing foreign key",
        "the migration makes no foreign key where the model has one",
        (
            Edit(
                MIGRATION,
                '        sa.ForeignKeyConstraint(\n            ["work_id"],\n            ["works.id"],\n'
                '            name=op.f("fk_loans_work_id_works"),\n            ondelete="CASCADE",\n        ),\n',
                "",
            ),
        ),
    ),
    Defect(
        "naive moments",
        "a moment is read from the database without its offset",
        (
            Edit(
                "app/models/base.py",
                "        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)",
                "        return value.replace(tzinfo=None)",
            ),
        ),
    ),
    Defect(
        "commit on an exception",
        "what a failed request wrote is stored",
        (
            Edit(
                DATABASE,
                "            await session.rollback()\n            raise\n",
                "            await session.commit()\n            raise\n",
            ),
        ),
    ),
)

OF_RULES = (
    Defect(
        "rule not enforced",
        "a status that may change at all changes to any other",
        (
            Edit(
                "app/rules/base/transition.py",
                "if draft.row is not None and after not in self.ways.get(before, ()):",
                "if draft.row is not None and before not in self.ways:",
            ),
        ),
    ),
)

OF_ACCOUNTS = (
    Defect(
        "missing 401",
        "the routes of one entity don't ask who somebody is, and the service works on nobody's behalf",
        (
            Edit(
                "app/api/router.py",
                "signed_in.include_router(loans.router)",
                "api_router.include_router(loans.router)",
            ),
            Edit(
                "app/api/dependencies/loan.py",
                "    actor: ActorDependency,\n) -> LoanService:\n"
                '    """Give the service that works with the repository on behalf of the actor."""\n'
                "    return LoanService(repository, actor)\n",
                ') -> LoanService:\n    """Give the service that works with the repository."""\n'
                "    return LoanService(repository)\n",
            ),
            Edit("app/api/dependencies/loan.py", "from app.api.dependencies.auth import ActorDependency\n", ""),
        ),
        ACCOUNTS,
    ),
    Defect(
        "missing 403",
        "everybody with a token manages all accounts",
        (
            Edit(
                "app/api/dependencies/auth.py",
                "        if not actor.has_role(*roles):\n",
                "        if not actor.has_role(*roles, actor.role):\n",
            ),
        ),
        ACCOUNTS,
    ),
    Defect(
        "owner rule not enforced",
        "somebody else changes what a rule leaves to its owner",
        (Edit(BASE_SERVICE, "        self.owners.check(self.actor, RowAction.UPDATE, row, values)\n", ""),),
        ACCOUNTS,
    ),
    Defect(
        "links of others taken away",
        "a change links rows that are left to others, and takes their links away",
        (Edit(BASE_SERVICE, "        self.check_links(row, values)\n", ""),),
        ACCOUNTS,
    ),
    Defect(
        "linked keys of others shown",
        "an answer lists the keys of linked rows that only their owners may read",
        (Edit(BASE_REPOSITORY, "return relation.and_(*shown) if shown else relation", "return relation"),),
        ACCOUNTS,
    ),
    Defect(
        "token outlives its password",
        "a token opens doors although the password is another by now",
        (Edit("app/services/auth.py", "return account if is_current else None", "return account"),),
        ACCOUNTS,
    ),
    Defect(
        "rows of others listed",
        "a list shows the rows that only their owners may read",
        (
            Edit(
                BASE_SERVICE,
                "lambda row: self.answer.of(row, include), *readable\n",
                "lambda row: self.answer.of(row, include)\n",
            ),
        ),
        ACCOUNTS,
    ),
)

OF_SOFT_DELETE = (
    Defect(
        "lost unique among living",
        "two rows that are not deleted may share a value that must be unique",
        (
            Edit("app/models/work.py", '        unique_among_living("works", "isbn"),\n', ""),
            Edit(
                MIGRATION,
                '    op.create_index(\n        op.f("uq_works_isbn"),\n        "works",\n        ["isbn"],\n'
                '        unique=True,\n        sqlite_where=sa.text("deleted_at IS NULL"),\n'
                '        postgresql_where=sa.text("deleted_at IS NULL"),\n    )\n',
                "",
            ),
            Edit(MIGRATION, '    op.drop_index(op.f("uq_works_isbn"), table_name="works")\n', ""),
        ),
        ("soft-delete",),
    ),
)

DEFECTS = (*OF_ROUTES, *OF_SCHEMAS, *OF_LISTS, *OF_LINKS, *OF_THE_DATABASE, *OF_RULES, *OF_ACCOUNTS, *OF_SOFT_DELETE)
