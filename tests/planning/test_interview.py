"""The interview: at most three questions at once, answers in any words, nothing asked twice or guessed silently."""

from __future__ import annotations

import pytest

from bot.checks import check_entity_specs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.entities.entity_specs_writer import write_entity_specs
from bot.documents.findings import has_errors
from bot.generation.account_specs import account_of
from bot.planning.conversation import PlannerError
from tests.planning.talking import asked, enums, interview, propose, shape, talk
from tests.planning.test_sentences_of_many_domains import CASES, LIBRARY

LOAN = "link:borrow:member:book"


def test_the_first_round_says_what_is_known_and_asks_three_things() -> None:
    first = interview(talk(LIBRARY))

    assert first.title == "Library"
    assert [slot.name for slot in first.slots if not slot.known] == [
        "how they are linked",
        "what must be unique",
        "who uses it",
    ]
    assert len(first.slots) == 7
    assert [question.id for question in first.questions] == [LOAN, "unique", "use"]
    for question in first.questions:
        assert question.text
        assert question.reason
        assert question.default in question.options


def test_answered_questions_are_not_asked_again_and_it_stops() -> None:
    answers = {LOAN: "2", "unique": "only the ISBN", "use": "no accounts"}

    assert asked(talk(LIBRARY, answers={LOAN: "2"})) == ["unique", "use"]
    assert asked(talk(LIBRARY, answers=answers)) == []
    assert all(slot.known for slot in interview(talk(LIBRARY, answers=answers)).slots)


@pytest.mark.parametrize(
    ("answer", "entities", "is_assumed"),
    [
        ("", ["Book", "Member", "Loan"], True),
        ("you decide", ["Book", "Member", "Loan"], True),
        ("a loan with dates please", ["Book", "Member", "Loan"], False),
        ("A loan of its own, with lent at, due at and returned at", ["Book", "Member", "Loan"], False),
        ("only a link", ["Book", "Member"], False),
        ("2", ["Book", "Member"], False),
        ("many to many", ["Book", "Member", "Loan"], False),
    ],
)
def test_a_borrowing_is_a_loan_or_a_link(answer: str, entities: list[str], is_assumed: bool) -> None:
    proposal = propose(talk(LIBRARY, answers={LOAN: answer}))

    assert [entity.name for entity in proposal.specs.entities] == entities
    mentions = [line for line in proposal.assumptions if "borrows" in line]
    assert bool(mentions) is is_assumed
    if not is_assumed:
        assert any("(Jon)" in line for line in proposal.decisions)


def test_an_answer_that_can_not_be_read_is_kept_and_the_default_is_an_assumption() -> None:
    proposal = propose(talk(LIBRARY, answers={LOAN: "it depends on the weather"}))

    assert "it depends on the weather" in proposal.unread
    assert any("is kept as a loan" in line for line in proposal.assumptions)


def test_uniqueness_is_answered_in_any_words() -> None:
    def unique(answer: str) -> str:
        book = propose(talk(LIBRARY, answers={"unique": answer})).specs.entities[0]
        return " ".join(field.name for field in book.fields if field.unique)

    assert unique("yes") == "isbn"
    assert unique("") == "isbn"
    assert unique("no") == ""
    assert unique("only the e-mail") == ""
    assert unique("all but the isbn") == ""


@pytest.mark.parametrize(
    ("answer", "unique"),
    [
        ("the plate and the licence, but the e-mail may be shared", "number_plate licence_number"),
        ("the e-mail may be shared", "number_plate licence_number"),
        ("the e-mail can occur twice, the plate must be unique", "number_plate"),
        ("yes, except the licence", "number_plate email"),
        ("yes all of them", "number_plate email licence_number"),
        ("not the e-mail but the plate", "number_plate"),
        ("neither the plate nor the licence nor the e-mail", ""),
        ("no, people share an e-mail", ""),
        ("only the number plate", "number_plate"),
        ("plate, licence", "number_plate licence_number"),
        ("the plate isn't, the other two are", "email licence_number"),
        ("2", ""),
    ],
)
def test_some_of_several_fields_are_unique(answer: str, unique: str) -> None:
    cars = "cars with a number plate; drivers with a name, an e-mail and a licence number"
    proposal = propose(talk(cars, answers={"unique": answer}))

    found = [field.name for entity in proposal.specs.entities for field in entity.fields if field.unique]
    assert " ".join(found) == unique


def test_who_says_that_people_sign_in_gets_accounts() -> None:
    proposal = propose(talk(LIBRARY, answers={"use": "librarians sign in with a password"}))

    assert account_of(proposal.specs) is not None
    assert proposal.unread == ()
    assert "use" not in asked(talk("books with a title. We need no logins."))


@pytest.mark.parametrize("answer", ["nobody signs in, it's only us in the office", "no one has to log in", "nobody"])
def test_who_says_that_nobody_signs_in_gets_no_accounts(answer: str) -> None:
    proposal = propose(talk(LIBRARY, answers={"use": answer}))

    assert account_of(proposal.specs) is None
    assert proposal.unread == ()


def test_fields_are_asked_for_and_read_from_free_text() -> None:
    talked = talk("a gym with members", answers={"fields:member": "name, e-mail and a birthday; phone optional"})

    assert asked(talk("a gym with members")) == ["fields:member"]
    assert shape(propose(talked))["Member"] == "name:str email:EmailStr! birthday:date phone:str?"


def test_values_are_asked_for_when_a_status_has_none() -> None:
    text = "tickets with a title and a status"

    assert asked(talk(text))[0] == "values:ticket.status"
    assert enums(propose(talk(text, answers={"values:ticket.status": "new / fixed"}))) == {
        "TicketStatus": ("new", "fixed")
    }
    free = propose(talk(text, answers={"values:ticket.status": "Free text, any value"}))
    assert shape(free)["Ticket"] == "title:str status:str"


def test_a_plural_becomes_a_list_or_things_of_their_own() -> None:
    text = "recipes with a title and ingredients"
    key = "plural:recipe.ingredients"

    assert shape(propose(talk(text, answers={key: "1"})))["Recipe"] == "title:str ingredients:str[]"
    assert shape(propose(talk(text, answers={key: "One longer text"})))["Recipe"] == "title:str ingredients:str"
    own = talk(text, answers={key: "things of their own"})
    assert asked(own) == ["several:recipe:ingredient", "fields:ingredient"]
    assert "Ingredient" in shape(propose(own))


@pytest.mark.parametrize(
    ("answer", "entities"), [("no", ["Project", "Task"]), ("yes, in many", ["Project", "Task", "ProjectTask"])]
)
def test_many_may_belong_to_one_or_to_several(answer: str, entities: list[str]) -> None:
    text = "a project has a name and many tasks; a task has a title"
    talked = talk(text, answers={"several:project:task": answer})

    assert [entity.name for entity in propose(talked).specs.entities] == entities


def test_things_side_by_side_are_asked_for_their_links() -> None:
    text = "trees with a height; gardens with a name"
    linked = propose(talk(text, answers={"links": "each tree belongs to a garden"}))

    assert "links" in asked(talk(text))
    assert shape(linked)["Tree"] == "height:float garden_id:int->Garden"
    assert "Trees and gardens are not linked (Jon)" in propose(talk(text, answers={"links": "no"})).decisions


def test_a_head_noun_may_be_a_thing_or_the_whole() -> None:
    text = "a playlist with songs"
    key = "whole:playlist"

    assert asked(talk(text))[0] == key
    assert list(shape(propose(talk(text, answers={key: "It is what the whole is called"})))) == ["Song"]
    assert "Playlist" in shape(propose(talk(text, answers={key: "A playlist is one of the things it manages"})))


@pytest.mark.parametrize("text", ["something cool please", "???", "", "make it nice", "Wohnungen mit einer Adresse"])
def test_a_text_without_things_is_asked_about_with_an_example(text: str) -> None:
    first = interview(talk(text))

    assert [question.id for question in first.questions] == ["things"]
    assert "Book: title, isbn" in first.questions[0].text
    with pytest.raises(PlannerError, match="books with a title"):
        propose(talk(text))


def test_what_could_not_be_read_is_quoted_in_the_question() -> None:
    assert "“something cool”" in interview(talk("something cool")).questions[0].text


def test_things_are_read_from_the_answer_or_asked_for_again() -> None:
    assert asked(talk("hello", answers={"things": "no idea"})) == ["things:2"]
    assert list(shape(propose(talk("hello", answers={"things": "cat, dog and food bowl"})))) == [
        "Cat",
        "Dog",
        "FoodBowl",
    ]
    described = propose(talk("hello", answers={"things": "Cat: name, age"}))
    assert shape(described) == {"Cat": "name:str age:int"}


def test_other_words_for_what_was_not_read_are_read() -> None:
    text = "books with a title; frobnicate the shelves"
    talked = talk(text, answers={"unread": "shelves with a number; each book belongs to a shelf"})

    assert "unread" in asked(talk(text))
    assert shape(propose(talked)) == {"Book": "title:str shelf_id:int->Shelf", "Shelf": "number:str"}


def test_later_messages_of_the_thread_count() -> None:
    proposal = propose(talk("a library: books with a title", "books also have a publisher", "members have a name"))

    assert shape(proposal) == {"Book": "title:str publisher:str", "Member": "name:str"}
    assert all("(Mara)" in line for line in proposal.decisions)


def test_pasted_entity_specs_are_taken_as_they_stand() -> None:
    block = write_entity_specs(propose(talk(LIBRARY)).specs)

    proposal = propose(talk(f"our library:\n{block}"))

    assert write_entity_specs(proposal.specs) == block
    assert asked(talk(f"our library:\n{block}")) == ["use"]


def test_what_is_wrong_in_pasted_specs_is_told() -> None:
    proposal = propose(talk("ENTITY_SPECS:\nENTITY: Book\nFIELDS:\n  - id: int (primary key)\n  - title\n"))

    assert any("line 5" in line for line in proposal.unread)


@pytest.mark.parametrize("case", CASES)
def test_every_proposal_passes_the_checks_and_survives_its_own_text(case: str) -> None:
    specs = propose(talk(CASES[case].text)).specs

    assert not has_errors(check_entity_specs(specs)), [str(finding) for finding in check_entity_specs(specs)]
    assert read_entity_specs(write_entity_specs(specs)).specs == specs


@pytest.mark.parametrize(
    ("key", "answer"), [(LOAN, "it depends on the weather"), ("unique", "hmm, difficult"), ("use", "purple")]
)
def test_an_answer_that_answers_nothing_is_asked_again_once_with_an_example(key: str, answer: str) -> None:
    settled = {"link:borrow:member:book": "1", "unique": "yes", "use": "no accounts"}
    first = talk(LIBRARY, answers=settled | {key: answer})

    (question,) = interview(first).questions
    assert question.id == f"{key}:again"
    assert question.text.startswith(f"I could not take “{answer}” as an answer, so once more: ")
    assert f"You can say “{question.default}”." in question.text
    again = talk(LIBRARY, answers=settled | {key: answer, question.id: "something else altogether"})
    assert f"{key}:again" not in asked(again)
    assert any(one in " ".join(propose(again).unread) for one in ("something else altogether",))


def test_a_second_answer_that_answers_is_taken_and_the_first_forgotten() -> None:
    proposal = propose(
        talk(LIBRARY, answers={LOAN: "it depends", f"{LOAN}:again": "only a link", "use": "no accounts"})
    )

    assert [entity.name for entity in proposal.specs.entities] == ["Book", "Member"]
    assert proposal.unread == ()


def test_each_choice_about_a_link_has_an_example() -> None:
    for text in (LIBRARY, "a project has a name and many tasks; a task has a title"):
        question = interview(talk(text)).questions[0]
        assert len(question.examples) == len(question.options) == len(set(question.examples))


def test_a_first_value_that_nobody_chose_is_said_as_an_assumption() -> None:
    ordered = "An order has a number, and is new, then paid, then sent."
    told = propose(talk(f"Kilns have a name and a status working or broken. {ordered}"))
    assert [one for one in told.assumptions if one.startswith("Where no other")] == [
        "Where no other value is given, the status of a kiln is working"
    ]
