"""Declared rules become parts of a service that keep them, and what no service can keep is refused with a sentence."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.documents.entities.declared_rules import ActionByOwner, DerivedMoment, LatestAfter, NoOverlap
from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.entities.rule_lines import write_rule
from bot.generation.blueprint import load_blueprint
from bot.generation.criteria import CriterionKind, entity_criteria
from bot.generation.entity_view import EntityView
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.feature_specs import with_features
from bot.generation.rule_fields import derivations, derived_names, rules_of
from bot.generation.rule_samples import Samples
from bot.generation.support import require_supported
from bot.generation.tables import Check, Index, schema_of
from bot.generation.values import PythonLiteral
from bot.generation.view import specs_view
from tests.generation.samples import build_inputs, entity, key, owned, refers_to, ruled, text
from tests.generation.service_files import inputs_of, service

NOTE = """<entity_specs>
ENTITY: Note
TABLE: notes
FIELDS:
  - id: int (primary key, auto-generated)
  - owner_id: int (foreign key to User, on delete cascade)
  - approver_id: int (foreign key to User, on delete cascade)
  - state: State (enum)
RELATIONS:
  - approver: User (ManyToOne)
RULES:
  - {rules}

ENTITY: User (account)
TABLE: users
FIELDS:
  - id: int (primary key, auto-generated)
  - email: EmailStr (unique)

ENUM: State
VALUES: SENT, APPROVED
</entity_specs>
"""

LOAN = """<entity_specs>
ENTITY: Book
TABLE: books
FIELDS:
  - id: int (primary key, auto-generated)
  - title: str (max 80)
API_PATH: /api/v1/books

ENTITY: Loan
TABLE: loans
FIELDS:
  - id: int (primary key, auto-generated)
  - book_id: int (foreign key to Book)
  - card_id: Optional[int] (foreign key to Book, unique)
  - status: Status
  - lent_at: datetime
  - due_at: datetime
  - back_at: Optional[datetime]
  - paid_on: Optional[date]
  - called_at: datetime (unique)
  - seen_at: datetime (auto-generated)
  - noted_at: datetime (default now)
  - created_at: datetime
  - updated_at: datetime
{fields}API_PATH: /api/v1/loans
RULES:
{rules}

ENUM: Status
VALUES: NEW, LENT, BACK, "in use", "in-use", "back to new"
</entity_specs>
"""
USER = """ENTITY: User
TABLE: users
FIELDS:
  - id: int (primary key, auto-generated)
  - name: str (max 80)
API_PATH: /api/v1/users

"""
SOUND = "transition status: NEW -> LENT, LENT -> BACK"


def specs_with(*rules: str, fields: str = "") -> EntitySpecs:
    """Return specs whose Loan declares the rules."""
    return read_entity_specs(LOAN.format(rules="\n".join(f"  - {rule}" for rule in rules), fields=fields)).specs


def loan_with(*rules: str) -> EntityView:
    """Return the view of such a Loan."""
    return specs_view(specs_with(*rules)).entity("Loan")


def entity_of(name: str) -> Entity:
    """Return an entity of the ruled sample."""
    entity = ruled().entity(name)
    assert entity is not None
    return entity


def refusal(*rules: str, fields: str = "") -> str:
    """Return the sentence with which such specs are refused."""
    with pytest.raises(UnsupportedSpecsError) as refused:
        require_supported(specs_with(*rules, fields=fields), (), load_blueprint(), ())
    return str(refused.value)


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("transition status: NEW -> GONE", "'GONE' is no value of Status"),
        ('transition status: NEW -> "in use" | "in-use"', "would have the same path"),
        ("transition lent_at: NEW -> LENT", "is no enum"),
        ("one open Loan per shelf until back_at", "shelf is no foreign key"),
        ("one open Loan per card until back_at", "card_id is unique"),
        ("one open Loan per book until due_at", "no client can leave due_at empty"),
        ("one open Loan per book until gone_at", "there is no field gone_at"),
        ("due_at = status + 2 days", "status is neither a date nor a datetime"),
        ("due_at = updated_at + 2 days", "updated_at changes with every change"),
        ("seen_at = lent_at + 2 days", "fills itself in already"),
        ("called_at = lent_at + 2 days", "can't be unique"),
        ("noted_at = lent_at + 2 days", "its default would never be used"),
        ("no overlap of lent_at, seen_at per book", "no period could end later"),
        ("no overlap of lent_at, status per book", "status is neither"),
        ("back_at at most 2 hours after updated_at", "updated_at changes"),
        ("delete only by book", "nobody knows who asks; build the service with the feature auth"),
    ],
)
def test_what_no_service_can_keep_is_refused_and_says_why(rule: str, why: str) -> None:
    sentence = refusal(rule)
    assert why in sentence
    assert sentence.startswith("Loan can't keep the rule “")
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("delete only by book", "Book is not what people log in with"),
        ("delete only by shelf", "shelf is no foreign key"),
        ("lend only by user", "it does create, delete, read, update, lent, back."),
    ],
)
def test_what_is_left_to_nobody_is_refused_and_says_why(rule: str, why: str) -> None:
    fields = "  - user_id: int (foreign key to User)\n"
    text = LOAN.format(rules=f"  - {SOUND}\n  - {rule}", fields=fields).replace("ENTITY: Book", f"{USER}ENTITY: Book")
    specs = with_features(read_entity_specs(text).specs, ("auth",))
    with pytest.raises(UnsupportedSpecsError) as refused:
        require_supported(specs, (), load_blueprint(), ("auth",))
    assert why in str(refused.value)


def test_accounts_themselves_are_left_to_nobody() -> None:
    account = entity("User", "users", key(), text("name"), refers_to("User", "boss_id", optional=True))
    rules = (ActionByOwner(action="update", field="boss"),)
    specs = with_features(EntitySpecs(entities=(account.model_copy(update={"rules": rules}),)), ("auth",))
    with pytest.raises(UnsupportedSpecsError, match="accounts look after themselves"):
        require_supported(specs, (), load_blueprint(), ("auth",))


def test_a_period_that_always_ends_before_it_begins_is_refused() -> None:
    rules = ("due_at = lent_at + 2 days", "no overlap of due_at, lent_at per book")
    assert "lent_at always is before due_at" in refusal(*rules)


def test_names_that_derivations_need_are_refused() -> None:
    assert "rename it" in refusal("due_at = lent_at + 2 days", fields="  - derive_due_at: Optional[str]\n")


def test_tables_don_t_depend_on_who_may_do_something() -> None:
    with_owner, without = specs_with(SOUND, "delete only by book"), specs_with(SOUND)
    assert schema_of(with_owner) == schema_of(without)


def test_an_entity_whose_only_field_is_derived_has_nothing_to_send() -> None:
    entity = specs_with("due_at = created_at + 2 days").entities[1]
    kept = tuple(field for field in entity.fields if field.name in {"id", "due_at", "created_at"})
    bare = EntitySpecs(entities=(entity.model_copy(update={"fields": kept}),))
    with pytest.raises(UnsupportedSpecsError, match="no field that a client gives"):
        require_supported(bare, (), load_blueprint(), ())


def test_rules_that_few_unique_values_leave_no_room_for_are_refused() -> None:
    assert "so few values" in refusal(SOUND, fields="  - flag: bool (unique)\n")


def test_steps_of_two_entities_never_share_a_name() -> None:
    text = LOAN.format(rules="  - transition of_book_state: NEW -> LENT", fields="  - of_book_state: Status\n")
    other = text.replace("Loan", "LoanOf").replace("loans", "loan_ofs").replace("of_book_state", "book_state")
    loan_of = read_entity_specs(other).specs.entities[1]
    first = read_entity_specs(text).specs
    both = first.model_copy(update={"entities": (*first.entities, loan_of)})
    with pytest.raises(UnsupportedSpecsError, match="would have the same name"):
        require_supported(both, (), load_blueprint(), ())


def test_steps_of_two_statuses_never_share_a_name() -> None:
    rules = ('transition status: LENT -> "back to new"', "transition status_to_back: LENT -> NEW")
    sentence = refusal(*rules, fields="  - status_to_back: Status\n")
    assert sentence.startswith("A step of Loan.status_to_back and one of Loan.status would have the same name")


def test_values_with_one_path_are_named_together() -> None:
    sentence = refusal('transition status: NEW -> LENT, LENT -> "in use" | "in-use"')
    assert "'in use' and 'in-use' would have the same path" in sentence


def test_every_form_is_stated_by_its_own_class() -> None:
    files = service("ruled")
    texts = "".join(files[f"app/rules/{module}.py"] for module in ("key", "stay", "cleaning"))
    for form in ("DerivedField(", "LatestAfter(", "NoOverlap(", "OneOpen(", "StatusTransition("):
        assert form in texts
    assert "stamps={" in texts


def test_only_the_forms_that_are_declared_are_there() -> None:
    assert not [path for path in service("library") if "rules" in path]
    assert "RuleError" not in "".join(service("library").values())
    paths = [path for task in inputs_of("ruled").task_plan.tasks() for path in task.files]
    assert "app/rules/base/no_overlap.py" in paths


def test_words_of_rules_are_quoted_for_where_they_land() -> None:
    hostile = """transition state: IN_HAND -> BACK | "it's \\"late\\"", "it's \\"late\\"" -> BACK | LOST"""
    assert write_rule(entity_of("Key").rules[0]) == hostile
    view = specs_view(ruled()).entity("Key")
    assert view.rules.words[0] == PythonLiteral.of(hostile)
    assert [step.path.text for step in view.rules.steps] == [
        "'/{key}/state/back'",
        "'/{key}/state/it-s-late'",
        "'/{key}/state/lost'",
    ]


def test_derived_fields_are_read_and_never_sent() -> None:
    view = specs_view(ruled()).entity("Key")
    assert derived_names(entity_of("Key")) == {"due_at", "remind_on"}
    assert not {"due_at", "remind_on"} & {item.field.name for item in view.given}
    files = service("ruled")
    schemas = files["app/schemas/key.py"]
    create = schemas[schemas.index("class KeyCreate") : schemas.index("class KeyRead")]
    assert "due_at" not in create
    assert "due_at: types.Moment" in schemas[schemas.index("class KeyRead") :]


def test_derivations_come_after_those_of_their_sources() -> None:
    shuffled = specs_with("paid_on = due_at + 1 days", "due_at = lent_at + 2 days").entities[1]
    assert [rule.field for rule in derivations(shuffled)] == ["due_at", "paid_on"]


def test_the_database_keeps_what_it_can_say() -> None:
    keys, stays = (schema_of(ruled()).table(name) for name in ("keys", "stays"))
    assert keys is not None
    assert stays is not None
    assert keys.indexes[-1] == Index(
        name="uq_keys_room_id_open", columns=("room_id",), unique=True, where='"returned_at" IS NULL'
    )
    assert stays.checks[0] == Check(name="ck_stays_from_until_in_order", condition='"from" <= "until"')


def test_long_names_of_constraints_are_cut_to_what_databases_take() -> None:
    specs = specs_with("one open Loan per book until back_at", "no overlap of lent_at, due_at per book")
    loan = specs.entities[1].model_copy(update={"table": "a_table_whose_name_is_almost_as_long_as_names_may_be"})
    table = schema_of(specs.model_copy(update={"entities": (specs.entities[0], loan)})).table(loan.table)
    assert table is not None
    names = [*(index.name for index in table.indexes[-1:]), *(check.name for check in table.checks)]
    assert [len(name) <= 63 for name in names] == [True, True]


@pytest.mark.parametrize("name", ["Key", "Stay", "Cleaning"])
def test_samples_keep_all_rules(name: str) -> None:
    samples = Samples(entity_of(name), ruled())
    assert samples.keeps({})


def test_samples_of_a_limit_stand_on_its_edge() -> None:
    samples = Samples(entity_of("Key"), ruled())
    (limit,) = rules_of(entity_of("Key"), LatestAfter)
    around = samples.around(limit)
    assert around is not None
    in_time, too_late = around
    assert samples.keeps(in_time)
    assert not samples.keeps(too_late)
    late, due = samples.stored(too_late)["returned_at"], samples.stored(too_late)["due_at"]
    assert (late, due) == (28 * 24 + 73, 28 * 24)


def test_periods_of_dates_hold_their_last_day_and_those_of_moments_don_t() -> None:
    samples = Samples(entity_of("Stay"), ruled())
    days, moments = rules_of(entity_of("Stay"), NoOverlap)
    assert samples.meet(days, (0, 24), (24, 48))
    assert not samples.meet(moments, (0, 24), (24, 48))
    assert samples.meet(moments, (0, None), (1000, 1001))
    for rule in (days, moments):
        answers = [is_free for _, is_free in samples.periods_in_turn(rule)]
        assert {True, False} == set(answers)
        assert answers[:2] == [True, False]


def test_a_day_follows_from_the_day_of_a_moment() -> None:
    samples = Samples(entity_of("Key"), ruled())
    remind = next(rule for rule in rules_of(entity_of("Key"), DerivedMoment) if rule.field == "remind_on")
    assert samples.later(remind, 25) == 4 * 24
    start = dt.date(2026, 1, 1)
    assert samples.text("remind_on", 4 * 24) == (start + dt.timedelta(days=4)).isoformat()


def test_tests_change_what_no_rule_is_about_where_they_can() -> None:
    assert loan_with(SOUND).changed.field.name == "lent_at"
    assert loan_with("due_at = lent_at + 2 days").changed.field.name not in {"lent_at", "due_at"}


def test_a_status_begins_at_its_default_or_where_ways_begin() -> None:
    assert loan_with(SOUND).rules.transitions[0].initial == PythonLiteral.of(["NEW", "LENT"])
    stay = specs_view(ruled()).entity("Stay")
    assert stay.rules.transitions[0].initial == PythonLiteral.of(["IN_HAND"])


def test_each_rule_has_a_criterion_that_its_task_covers() -> None:
    for ruled_entity in ruled().entities:
        criteria = entity_criteria(ruled_entity, ruled())
        assert len([each for each in criteria if each.kind is CriterionKind.RULE]) == len(ruled_entity.rules)
    inputs = inputs_of("ruled")
    covered = {
        number for task in inputs.task_plan.tasks() if task.title.endswith("rules") for number in task.requirements
    }
    rules = {item.number for item in inputs.requirements.criteria() if "the words of the rule" in item.text}
    assert rules
    assert rules <= covered


def test_the_readme_lists_every_rule() -> None:
    readme = service("ruled")["README.md"]
    told = "- A room has at most one open key at a time: one without a returned at"
    assert f"{told} (`one open Key per room until returned_at`)\n" in readme
    rules = readme.partition("## Its rules")[2].partition("\n## ")[0]
    assert "\\_" not in rules
    assert "\\|" not in rules, "nothing is escaped where people read"
    assert "POST /api/v1/keys/1/state/back" in readme


def test_actions_of_owners_are_stated_by_one_class_with_the_key_that_names_them() -> None:
    files = service("featured")
    loans, books = files["app/rules/loan.py"], files["app/rules/book.py"]
    assert loans.count("OnlyBy(") == len(["back", "delete", "read", "create"])
    assert "step={Loan.state: {enums.LoanState.BACK}}" in loans
    assert "action=RowAction.UPDATE" in books
    assert "RULES" not in books
    assert "    owners = OWNERS\n" in files["app/services/book.py"]
    assert "app/rules/base/only_by.py" not in service("ruled")


def test_strangers_are_refused_with_the_rule_that_is_looked_at_first() -> None:
    loan = specs_view(with_features(owned(), ("auth",))).entity("Loan")
    refusals = {rule.name.text: rule.refusal for rule in loan.rules.owners}
    read, create = PythonLiteral.of("read only by member_id"), PythonLiteral.of("create only by member_id")
    assert refusals == {"back": read, "delete": read, "read": read, "create": create}
    book = specs_view(with_features(owned(), ("auth",))).entity("Book")
    assert [rule.refusal for rule in book.rules.owners] == [PythonLiteral.of("update only by keeper")]


def test_a_step_needs_no_right_to_change_the_row_unless_its_account_can_not_read_it() -> None:
    def waived(*rules: str) -> PythonLiteral | None:
        note = read_entity_specs(NOTE.format(rules="\n  - ".join(("transition state: SENT -> APPROVED", *rules)))).specs
        return specs_view(with_features(note, ("auth",))).entity("Note").rules.owners[-1].waived

    step = "approved only by approver"
    assert waived("update only by owner_id", step) == PythonLiteral.of("update only by owner_id")
    assert waived("read only by approver_id", "update only by owner_id", step) is not None
    assert waived("read only by owner_id", "update only by owner_id", step) is None
    assert waived("update only by approver_id", step) is None
    assert waived(step) is None


def test_rows_that_only_owners_read_are_included_for_nobody_else() -> None:
    book = specs_view(with_features(owned(), ("auth",))).entity("Book")
    assert {item.name.text for item in book.private_includes} >= {"loans"}


def test_each_rule_about_owners_has_a_criterion_that_its_task_covers() -> None:
    inputs = build_inputs(owned(), features=("auth",))
    covered = {
        number
        for task in inputs.task_plan.tasks()
        if task.title.endswith("left to owners")
        for number in task.requirements
    }
    rules = {item.number for item in inputs.requirements.criteria() if "answer 403 with the words" in item.text}
    assert rules == covered
    assert len(rules) == len(["back", "delete", "read", "create", "update"])
