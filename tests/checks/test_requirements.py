"""Every rule over requirements, with a document that breaks it and one that doesn't; our own break none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.checks import all_rules, check_requirements
from bot.checks.ambiguous_words import AMBIGUOUS_WORDS, ambiguous_words
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs, FieldType, OnDelete
from bot.documents.findings import Place, Severity
from bot.documents.requirements.requirements import AcceptanceCriterion, Requirement, Requirements, Term
from bot.documents.requirements.requirements_reader import read_requirements
from bot.generation.criteria import derive_requirements
from tests.checks.sentences import assert_sentences
from tests.generation.samples import LEND

GOOD = "WHEN a book is lent, THE System SHALL refuse a second loan with 409."


def document(*texts: str, number: int = 1, numbers: tuple[str, ...] = ()) -> Requirements:
    """Return requirements with one requirement that holds the criteria."""
    criteria = tuple(
        AcceptanceCriterion(number=numbers[index] if numbers else f"1.{index + 1}", text=text)
        for index, text in enumerate(texts)
    )
    requirement = Requirement(
        number=number, title="Loans", user_story="As a member, I want to borrow.", criteria=criteria
    )
    return Requirements(title="Library", introduction="", requirements=(requirement,))


def twice(document: Requirements) -> Requirements:
    """Return the document with its requirement given twice, criteria of the second left out."""
    (requirement,) = document.requirements
    second = requirement.model_copy(
        update={"criteria": (AcceptanceCriterion(number="1.9", text="THE System SHALL log."),)}
    )
    return document.model_copy(update={"requirements": (requirement, second)})


def story(text: str) -> Requirements:
    """Return requirements whose one requirement has the user story."""
    sound = document(GOOD)
    (requirement,) = sound.requirements
    return sound.model_copy(update={"requirements": (requirement.model_copy(update={"user_story": text}),)})


CASES: dict[str, list[tuple[Requirements, Requirements]]] = {
    "PT101": [(document(), document(GOOD)), (Requirements(title="", introduction=""), document(GOOD))],
    "PT102": [
        (document("Books can be lent."), document(GOOD)),
        (document("WHEN a book is lent, it is gone."), document("when a book is lent, the System shall refuse it")),
        (document("Then THE System SHALL go"), document("IF a book is late THEN the System SHALL mark it")),
        (document(""), document("WHILE a book is lent, THE System SHALL show it as lent.")),
        (document("WHEN a book is lent, THE System SHALL"), document("WHERE mail is on THE System SHALL send one")),
    ],
    "PT103": [
        (document("WHEN x, THE System SHALL do y and SHALL do z."), document(GOOD)),
        (document("THE System SHALL a SHALL b"), document("THE System SHALL answer “you SHALL not pass”.")),
        (document("the System shall a and shall b"), document("THE System SHALL say who shall go.")),
    ],
    "PT104": [
        (document("THE System SHALL be fast."), document("THE System SHALL answer within 200 ms.")),
        (document("THE System SHALL store some fields, etc."), document("THE System SHALL answer `some`.")),
        (document("THE System SHALL be user-friendly."), document("THE System SHALL store the something-else.")),
        (document("THE System SHALL show many books."), document("THE System SHALL show how many books there are.")),
        (document("THE System SHALL take large files."), document("THE System SHALL answer 413 Content Too Large.")),
        (document("THE System SHALL ship a small box."), document("THE System SHALL ship a SMALL box.")),
        (document("THE SYSTEM SHALL BE FAST."), document("THE SYSTEM SHALL ANSWER 204.")),
        (document("THE System SHALL answer in TBD ms."), document("THE System SHALL answer “TBD”, “soon” or «nice».")),
    ],
    "PT105": [
        (document(GOOD, "THE System SHALL log.", numbers=("1.1", "1.1")), document(GOOD, numbers=("1.7",))),
        (twice(document(GOOD)), document(GOOD)),
    ],
    "PT106": [
        (document(GOOD, number=2), document(GOOD)),
        (document(GOOD, numbers=("1.x",)), document(GOOD, numbers=("1.17",))),
        (document(GOOD, numbers=("1",)), document(GOOD)),
        (document(GOOD, numbers=("1.1.1",)), document(GOOD)),
    ],
    "PT107": [
        (document(GOOD, GOOD), document(GOOD, "THE System SHALL log.")),
        (document(GOOD, GOOD.upper().rstrip(".")), document(GOOD)),
        (document(GOOD, GOOD.replace(", THE", "  THEN  THE")), document(GOOD, GOOD.replace("409", "410"))),
        (document("No EARS here", "no ears  here."), document("No EARS here", "No EARS there")),
        (document(GOOD, GOOD), document(GOOD, GOOD.replace("SHALL", "SHALL NOT"))),
        (document(GOOD, GOOD), document(GOOD, GOOD.replace("WHEN", "WHILE"))),
        (document(GOOD, GOOD), document(GOOD, GOOD.replace("System", "Service"))),
    ],
    "PT108": [
        (document(GOOD, GOOD.replace("SHALL", "SHALL NOT")), document(GOOD, GOOD)),
    ],
    "PT109": [
        (story(""), story("As a member, I want to borrow.")),
        (story(" "), story("x")),
    ],
    "PT110": [
        (
            document("WHEN a book is lent, WHILE it is late, THE System SHALL go."),
            document("WHILE it is late, WHEN a book is lent, THE System SHALL go."),
        ),
        (
            document("IF it is lent, WHERE mail is on, THEN THE System SHALL go."),
            document("WHERE mail is on, IF it is lent, THEN THE System SHALL go."),
        ),
    ],
}


def rules_broken(requirements: Requirements) -> set[str]:
    """Return the ids of the rules that a document breaks."""
    return {finding.rule for finding in check_requirements(requirements)}


def test_every_rule_has_a_case() -> None:
    assert set(CASES) == {rule.id for rule in all_rules() if rule.id.startswith("PT1")}


@pytest.mark.parametrize(("rule", "broken", "sound"), [(rule, *pair) for rule in CASES for pair in CASES[rule]])
def test_a_rule_finds_what_breaks_it_and_only_that(rule: str, broken: Requirements, sound: Requirements) -> None:
    assert rule in rules_broken(broken)
    assert rule not in rules_broken(sound)


@pytest.mark.parametrize(("rule", "broken"), [(rule, broken) for rule in CASES for broken, _ in CASES[rule]])
def test_findings_are_sentences(rule: str, broken: Requirements) -> None:
    assert_sentences(finding for finding in check_requirements(broken) if finding.rule == rule)


def test_a_sound_document_has_no_findings() -> None:
    assert check_requirements(document(GOOD)) == ()


def test_ambiguous_words_are_named_once_each() -> None:
    (finding,) = check_requirements(document("THE System SHALL quickly show some of some books."))
    assert finding.message == "“quickly”, “some” in 1.1 can't be decided by a test."
    assert finding.place.file == "requirements.md"
    assert finding.severity is Severity.WARNING


def test_every_ambiguous_word_is_found_with_what_to_write_instead() -> None:
    assert len(AMBIGUOUS_WORDS) == 7
    for advice, words in AMBIGUOUS_WORDS.items():
        for word in words:
            assert ambiguous_words(f"THE System SHALL do {word} it.") == {word: advice}
            if " " not in word:
                assert ambiguous_words(f"THE System SHALL do x{word} it and {word}x, `{word}` and -{word}-.") == {}


def test_advice_is_given_once_for_words_of_one_kind() -> None:
    (finding,) = check_requirements(document("THE System SHALL be fast, easy, and quick, e.g. for files."))
    assert finding.next_step == (
        "Say within what time, or how often. "
        "Say what people can observe: which steps, which limit, which answer. "
        "List every case."
    )


def test_names_of_the_glossary_are_no_ambiguous_words() -> None:
    text = "THE System SHALL list the quick loans, the recent price and the some of a good."
    terms = (Term(word="Quick loan", meaning="A stored row with recent price, a b c d some."),)
    requirements = document(text).model_copy(update={"glossary": terms})
    (finding,) = check_requirements(requirements)
    assert finding.message == "“some”, “good” in 1.1 can't be decided by a test."


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("quick loan", "SHALL list quick loans.", False),
        ("quick loan", "SHALL list quick notes.", True),
        ("big quick red loan", "SHALL list one big quick red loan there.", False),
        ("one big quick red loan", "SHALL list one big quick red loan there.", True),
        ("quick", "quick", False),
        ("loan quick", "a loan quick", False),
        ("goods", "good", True),
        ("a b c quick", "a b c quick loan", False),
        ("a b c d quick", "a b c d quick loan", True),
        ("", "how many books", False),
        ("", "many books, and how", True),
        ("", "so many", True),
    ],
)
def test_a_name_is_left_alone_as_a_whole(name: str, text: str, found: bool) -> None:
    assert bool(ambiguous_words(text, {name})) is found


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("The system must log.", "Say SHALL in place of “must”: “WHEN …, THE System SHALL …”."),
        ("It needs to log.", "Say SHALL in place of “needs to”: “WHEN …, THE System SHALL …”."),
        ("It says “must”.", "Write it as “WHEN …, THE System SHALL …” or “IF …, THEN THE System SHALL …”."),
        ("It shall or will.", "Write it as “WHEN …, THE System SHALL …” or “IF …, THEN THE System SHALL …”."),
    ],
)
def test_a_sentence_in_another_form_is_told_how_to_get_there(text: str, step: str) -> None:
    (finding,) = check_requirements(document(text))
    assert (finding.rule, finding.next_step) == ("PT102", step)


def test_clauses_in_another_order_are_written_in_the_right_one() -> None:
    (finding,) = check_requirements(document("WHEN a book is lent, WHILE it is late, THE System SHALL go."))
    assert finding.message == "The clauses of 1.1 stand in the order WHEN, WHILE."
    assert finding.next_step == "Write “WHILE it is late, WHEN a book is lent, THE System SHALL go.”."


def test_a_duplicate_names_the_first() -> None:
    (finding,) = check_requirements(document(GOOD, "THE System SHALL log.", GOOD))
    assert finding.message == "1.3 says the same as 1.1."
    assert finding.severity is Severity.WARNING


BROKEN = """# Requirements Document

## Requirements

### Requirement 1: Loans

#### Acceptance Criteria

1. THE System SHALL lend and SHALL mail.
2. THE System SHALL log.
3. THE System SHALL NOT log.
4. THE System SHALL log.

### Requirement 2: Mail

**User Story:** As a member, I want mail, so that I know.
"""


def test_findings_are_whole_sentences_at_their_lines() -> None:
    reading = read_requirements(BROKEN, "r.md")
    found = check_requirements(reading.requirements, reading.places)
    step = "Decide which one holds and take the other out, or say in which case each holds."
    assert [(each.rule, str(each.place), each.message, each.next_step) for each in found] == [
        (
            "PT101",
            "r.md:14:1",
            "Requirement 2 “Mail” has no acceptance criterion.",
            "Add one such as “WHEN …, THE System SHALL …”.",
        ),
        ("PT103", "r.md:9:1", "1.1 says SHALL 2 times.", "Split it into one criterion for each SHALL."),
        (
            "PT107",
            "r.md:12:1",
            "1.4 says the same as 1.2.",
            "Take one of them out, or say how they differ.",
        ),
        ("PT108", "r.md:11:1", "1.3 contradicts 1.2: “SHALL log” there and “SHALL NOT log” here.", step),
        (
            "PT109",
            "r.md:5:1",
            "Requirement 1 “Loans” has no user story.",
            "Add “As a …, I want …, so that …”.",
        ),
    ]


def test_an_empty_document_is_told_what_it_lacks() -> None:
    (finding,) = check_requirements(Requirements(title="", introduction=""))
    assert (finding.message, finding.next_step, finding.place.line) == (
        "There is no requirement.",
        "Add one requirement for each thing that people asked for.",
        None,
    )


def test_numbers_are_told_how_to_be_right() -> None:
    doubled = document(GOOD, "THE System SHALL log.", numbers=("1.1", "1.1"))
    (finding,) = check_requirements(doubled)
    assert finding.next_step == "Give the later one a number of its own."
    (finding,) = check_requirements(document(GOOD, numbers=("1.1.1",)))
    assert finding.message == "“1.1.1” can't number a criterion of requirement 1."
    assert finding.next_step == "Number it 1.1, 1.2 …"


def test_a_number_that_stands_twice_is_said_for_requirements_and_criteria() -> None:
    doubled = twice(document(GOOD, numbers=("1.9",)))
    places = {"1": Place(file="r.md", line=3), "1.9": Place(file="r.md", line=9)}
    assert [(finding.message, finding.place.line) for finding in check_requirements(doubled, places)] == [
        ("The number 1 is given to two requirements.", 3),
        ("The number 1.9 is given to two criteria.", 9),
    ]


entity_names = st.lists(
    st.sampled_from(["Good", "QuickLoan", "Some", "Book", "Sample", "LargeBox", "Modern"]),
    min_size=1,
    max_size=4,
    unique=True,
)
field_names = st.lists(
    st.sampled_from(["name", "good", "recent_price", "a_name", "few", "easy_to_use", "due_on", "etc"]),
    max_size=3,
    unique=True,
)


@st.composite
def specs(draw: st.DrawFn) -> EntitySpecs:
    """Return specs whose names are ambiguous words, with unique fields and keys to every entity."""
    names = draw(entity_names)
    entities = []
    for name in names:
        texts = [EntityField(name=field, type=FieldType(name="str"), unique=True) for field in draw(field_names)]
        parents = draw(st.lists(st.sampled_from(names), max_size=2, unique=True))
        keys = [
            EntityField(
                name=f"{parent.lower()}_id",
                type=FieldType(name="int"),
                foreign_key=parent,
                optional=True,
                on_delete=draw(st.sampled_from(list(OnDelete))),
            )
            for parent in parents
        ]
        key = EntityField(name="id", type=FieldType(name="int"), primary_key=True)
        entities.append(Entity(name=name, table=name.lower(), api_path=f"/{name}", fields=(key, *texts, *keys)))
    return EntitySpecs(entities=tuple(entities))


@settings(max_examples=60, deadline=None)
@given(specs())
def test_requirements_that_we_derive_have_no_findings(specs: EntitySpecs) -> None:
    assert check_requirements(derive_requirements("Library", "Books.", specs, (LEND,), ())) == ()
