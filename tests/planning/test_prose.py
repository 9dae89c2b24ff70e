"""Running prose is read clause by clause; what it doesn't say stays unread, and nothing is made of chat."""

from __future__ import annotations

import time

import pytest

from bot.documents.entities.entity_specs import Cardinality
from tests.planning.talking import enums, interview, propose, quoted, shape, talk

DESCRIBED = {
    "Each van is recorded with its plate, its make, the year it was built and its mileage.": (
        "Van", "plate:str! make:str year_built:int mileage:int",
    ),
    "Of a guest we keep the name, the date of birth and a phone number if there is one.": (
        "Guest", "name:str date_of_birth:date phone_number:str?",
    ),
    "We store for every plant its name, the height in cm and when it was watered.": (
        "Plant", "name:str height_cm:float watered_on:date",
    ),
    "Boats have a name. The boat's length, colour and home port are kept as well.": (
        "Boat", "name:str length:float colour:str home_port:str",
    ),
    "A client is identified by a VAT number; we also need the company name and the billing address.": (
        "Client", "vat_number:str company_name:str billing_address:str",
    ),
    "For each pump the following shall be recorded: the serial number, the manufacturer and the weight in kg.": (
        "Pump", "serial_number:str! manufacturer:str weight_kg:float",
    ),
    "Tutors register with name, email and hourly rate.": ("Tutor", "name:str email:EmailStr! hourly_rate:Decimal"),
    "Kennels have a number and a size, which is small, medium or large.": ("Kennel", "number:str size:KennelSize"),
    "When a customer calls, we write down their name and phone number and, if they have one, an email.": (
        "Customer", "name:str phone_number:str email:EmailStr!?",
    ),
    "For every visit we open a repair order with a description and the total price.": (
        "RepairOrder", "description:str total_price:Decimal",
    ),
    "Job: title, word count, received on. Deadline, rush yes/no, note optional.": (
        "Job", "title:str word_count:int received_on:date deadline:date is_rush:bool note:str?",
    ),
    "Pass\n  holder name\n  valid from\n  valid until (optional)\n": (
        "Pass", "holder_name:str valid_from:date valid_until:date?",
    ),
    "| Thing | Kept |\n|---|---|\n| Route | name, grade, colour |\n": ("Route", "name:str grade:str colour:str"),
    "Ann: we keep track of our donors\nBob: donors = name, phone\nAnn: yes": ("Donor", "name:str phone:str"),
    "A film has a title, a director, the year, the country it was made in and the running\n"
    "time in minutes.": ("Film", "title:str director:str year:int country:str running_time_minutes:int"),
}  # fmt: skip


LAID_OUT = (
    "Members\n· name\n· email\n\nPasses\n· member\n· price",
    "a) Members: name, email\nb) Passes: member, price",
    "1.1 A member has a name and an email.\n1.2 A pass has a price and belongs to a member.",
    "**Members** – name, email\n**Passes** – member, price",
    "> Members have a name and an email.\n> Passes have a price and belong to a member.\n\nKind regards\nIda",
    (
        "Requirement 1: The system shall keep members with name and email.\n"
        "Requirement 2: A pass shall have a price and shall belong to a member."
    ),
)


@pytest.mark.parametrize("text", LAID_OUT)
def test_however_it_is_laid_out_the_same_is_read(text: str) -> None:
    found = shape(propose(talk(text)))

    assert found["Member"] == "name:str email:EmailStr!"
    assert set(found["Pass"].split()) == {"price:Decimal", "member_id:int->Member"}


@pytest.mark.parametrize("text", DESCRIBED)
def test_what_is_kept_of_a_thing_is_read_however_it_is_said(text: str) -> None:
    name, fields = DESCRIBED[text]

    assert shape(propose(talk(text)))[name].replace("!?", "?!") == fields.replace("!?", "?!")


def test_comments_behind_facts_change_them() -> None:
    proposal = propose(
        talk(
            "COURSES\n* code, e.g. ES-204, unique\n* level: beginner, intermediate, advanced\n* fee, euros and cents\n"
            "* link to the manual (some have none)\n* has a projector or not\n* start and end, both with time\n"
            "* mark, 1.0 to 6.0, as soon as there is one\n* cash, card or transfer\n"
        )
    )

    assert shape(proposal)["Course"] == (
        "code:str! level:CourseLevel fee:Decimal manual_link:HttpUrl? has_projector:bool start:datetime end:datetime "
        "mark:Decimal? kind:CourseKind"
    )
    assert enums(proposal)["CourseLevel"] == ("beginner", "intermediate", "advanced")
    assert any("“cash, card or transfer” are the values of its kind" in one for one in proposal.assumptions)


STEPS = {
    "An order goes from open to baked and then to collected.": "open -> baked, baked -> collected",
    "An order begins as requested. Then it is confirmed or cancelled. A confirmed one becomes done or missed, and "
    "after that it doesn't change any more.": "requested -> confirmed | cancelled, confirmed -> done | missed",
    "Orders go open, in progress, solved, closed.": "open -> in_progress, in_progress -> solved, solved -> closed",
    "An order is moved from draft to submitted, and from there to approved or rejected; while submitted, it may be "
    "withdrawn.": "draft -> submitted, submitted -> approved | rejected | withdrawn",
    "Order status: requested -> confirmed -> left. Requested or confirmed can be cancelled, after confirmed no more.": (
        "requested -> confirmed | cancelled, confirmed -> left | cancelled"
    ),
    "An order goes from created to sent, to delivered. If nobody is home it goes back to created. Delivered is the "
    "end.": "created -> sent, sent -> delivered | created",
    "Orders are created as draft, submitted by the owner, and then approved or rejected by a manager. A rejected order "
    "may be submitted again.": "draft -> submitted, submitted -> approved | rejected, rejected -> submitted",
}


@pytest.mark.parametrize("text", STEPS)
def test_steps_of_a_status_are_a_rule(text: str) -> None:
    proposal = propose(talk(f"An order has a number and a total price. {text}"))

    order = proposal.specs.entity("Order")
    assert order is not None
    (rule,) = order.rules
    pairs = rule.pairs() if rule.kind == "transition" else ()
    said = [tuple(step.split(" -> ")) for step in STEPS[text].split(", ")]
    assert set(pairs) == {(one, target) for one, targets in said for target in targets.split(" | ")}
    assert proposal.unread == ()


@pytest.mark.parametrize(
    "text",
    [
        "A book can be borrowed.",
        "The price goes up to 100.",
        "Members can be deleted by the office.",
        "If the printer jams, it goes back to the shop.",
    ],
)
def test_what_only_sounds_like_steps_makes_no_rule(text: str) -> None:
    proposal = propose(talk(f"A book has a title and a price. A member has a name. {text}"))

    assert not any(entity.rules for entity in proposal.specs.entities)


@pytest.mark.parametrize(
    "text",
    [
        "A translator works in many languages, a language has many translators.",
        "Many translators work in many languages.",
        "Usually several translators work in a language and each translator works in several.",
        "Each language is spoken by several translators, and each translator speaks several.",
        "One language can have several translators and a translator several languages.",
    ],
)
def test_links_that_go_both_ways_are_many_to_many(text: str) -> None:
    proposal = propose(talk(f"Languages have a name. Translators have a name. {text}"))

    joins = [entity for entity in proposal.specs.entities if entity.name not in {"Language", "Translator"}]
    ways = [way for entity in proposal.specs.entities for way in entity.relations]
    assert any(way.cardinality is Cardinality.MANY_TO_MANY for way in ways) or (
        [{field.foreign_key for field in one.fields if field.foreign_key} for one in joins]
        == [{"Language", "Translator"}]
    )


def test_one_way_alone_is_still_asked() -> None:
    proposal = propose(talk("Languages have a name. Translators have a name. A translator has several languages."))

    assert any(
        "one language can be in several" in one.lower() or "belongs to one" in one for one in proposal.assumptions
    )


DEEDS = {
    "When a book is out, readers can put a hold on it. We write down the day of the hold.": (
        "Hold", "hold_date:date reader_id:int->Reader book_id:int->Book",
    ),
    "As a reader I can make one claim for a book, with the day and the amount.": (
        "Claim", "day:date amount:Decimal reader_id:int->Reader book_id:int!->Book",
    ),
    "A loan: which reader took which book, on what day.": (
        "Loan", "reader_id:int->Reader book_id:int->Book date:date",
    ),
    "Loan: for one reader, exactly one per book, note optional.": (
        "Loan", "reader_id:int->Reader book_id:int!->Book note:str?",
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", DEEDS)
def test_what_people_do_makes_a_record_that_names_them(text: str) -> None:
    name, fields = DEEDS[text]

    found = shape(propose(talk(f"Books have a title. Readers have a name and log in. {text}")))[name]
    assert set(found.split()) == set(fields.split())


@pytest.mark.parametrize(
    "text", ["ok thanks, see you on Monday", "lol yes", "What a day, the printer ate my lunch and nobody laughed."]
)
def test_chat_among_prose_makes_nothing(text: str) -> None:
    proposal = propose(talk("Books have a title and a price.", text))

    assert shape(proposal) == {"Book": "title:str price:Decimal"}


def test_what_prose_says_beyond_the_grammar_is_quoted() -> None:
    proposal = propose(
        talk("Boats have a name and a length. A boat longer than the berth must be refused, and winters cost less.")
    )

    assert shape(proposal) == {"Boat": "name:str length:float"}
    assert "A boat longer than the berth must be refused" in " ".join(quoted(proposal))


def test_whoever_speaks_is_no_thing() -> None:
    proposal = propose(talk("Our bakery takes orders by phone. An order has a total price."))

    assert list(shape(proposal)) == ["Order"]
    assert "Our bakery takes orders by phone" in " ".join(proposal.unread)


def test_the_day_of_what_happens_to_a_thing_makes_a_record_as_assumed() -> None:
    proposal = propose(
        talk(
            "An instrument has a maker. We record the date of the calibration, the result (passed, failed) and a note."
        )
    )

    assert shape(proposal)["Calibration"] == (
        "date:date result:CalibrationResult note:str instrument_id:int->Instrument"
    )
    assert any("is kept as a calibration of its instrument" in one for one in proposal.assumptions)


def test_a_clause_about_which_is_about_the_last_thing() -> None:
    proposal = propose(talk("Employees have a name. Employees belong to a department, which has a cost centre."))

    assert shape(proposal) == {"Employee": "name:str department_id:int->Department", "Department": "cost_centre:str"}


HOSTILE = {
    "commas": "and a thing has a name, " * 1_600,
    "arrows": "open -> " * 5_000,
    "conditions": "if they have one, " * 2_200,
    "brackets": "things (name, email) " * 1_900,
    "open brackets": "x (" * 13_000,
    "stories": "when a customer calls, we write down " * 1_000,
    "steps": "goes from a to b " * 2_300,
    "outline": "  x\n" * 9_000,
    "broken lines": "a line that is quite long and goes on and on and on, and\n" * 680,
    "sentences": "Each order gets an estimate and a price is kept for each order. " * 300,
    "quotes": "> " * 20_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_prose_is_read_in_good_time(kind: str) -> None:
    started = time.process_time()
    interview(talk(HOSTILE[kind][:40_000]))

    assert time.process_time() - started < 15
