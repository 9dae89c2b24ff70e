"""What somebody does with each of a thing, verb after verb: no verb is a thing, each says what the thing has."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, quoted, shape, talk


def test_a_report_has_its_urgency_and_who_it_is_passed_to() -> None:
    proposal = propose(
        talk(
            "The residents of our apartment building report problems such as a broken lift or a leaking pipe. The "
            "caretaker looks at each report, says how urgent it is, and passes it to a tradesman. A report stays open "
            "until the resident confirms the repair."
        )
    )
    assert {
        "urgency:str",
        "resident_id:int->Resident",
        "caretaker_id:int?->Caretaker",
        "tradesman_id:int?->Tradesman",
    } <= set(shape(proposal)["Report"].split())
    assert set(shape(proposal)) == {"Report", "Resident", "Caretaker", "Tradesman"}
    assert quoted(proposal) == ["A report stays open until the resident confirms the repair"]


@pytest.mark.parametrize(
    ("text", "thing", "kept"),
    [
        (
            "A technician opens each ticket, says how big it is, and assigns it to a colleague.",
            "Ticket",
            "size:str technician_id:int?->Technician colleague_id:int?->Colleague",
        ),
        (
            "The clerk checks each form, rates how complete it is, and forwards it to a manager.",
            "Form",
            "completeness:str clerk_id:int?->Clerk manager_id:int?->Manager",
        ),
        (
            "The ranger inspects every tree, says how tall it is, and notes its girth.",
            "Tree",
            "height:float girth:str ranger_id:int?->Ranger",
        ),
        (
            "The vet examines each animal, writes down its weight and hands it to a keeper.",
            "Animal",
            "weight:float vet_id:int?->Vet keeper_id:int?->Keeper",
        ),
        (
            "Tenants report a fault. The landlord looks at it, says how urgent it is and passes it on to a plumber.",
            "Fault",
            "urgency:str tenant_id:int->Tenant landlord_id:int?->Landlord plumber_id:int?->Plumber",
        ),
        (
            "Each complaint is read by a clerk, who says how urgent it is and passes it to a department.",
            "Complaint",
            "urgency:str clerk_id:int->Clerk department_id:int?->Department",
        ),
        (
            (
                "Residents report problems. A report has a date. The caretaker says how urgent the report is. The "
                "caretaker passes the report to a tradesman."
            ),
            "Report",
            "date:date urgency:str resident_id:int->Resident tradesman_id:int?->Tradesman",
        ),
        (
            "An offer has a total. The supervisor says how urgent it is.",
            "Offer",
            "total:Decimal urgency:str",
        ),
        (
            "A volunteer collects each parcel, checks the content, and brings it to a family. A parcel has a weight.",
            "Parcel",
            "weight:float volunteer_id:int?->Volunteer family_id:int?->Family",
        ),
    ],
)
def test_what_is_done_verb_after_verb_is_kept_of_the_thing(text: str, thing: str, kept: str) -> None:
    proposal = propose(talk(text))
    assert set(shape(proposal)[thing].split()) == set(kept.split())
    assert not {"Say", "Note", "Check", "Decide", "Rate"} & set(shape(proposal))
    assert not quoted(proposal)


def test_what_cannot_be_kept_of_a_chain_is_quoted_with_who_does_it() -> None:
    proposal = propose(
        talk(
            "Our gardener inspects every tree, notes how tall it is and decides whether it must be cut. A tree has a "
            "species."
        )
    )
    assert "height:float" in shape(proposal)["Tree"]
    assert quoted(proposal) == ["Our gardener decides whether it must be cut"]


def test_a_name_never_ends_with_an_article() -> None:
    shapes = shape(propose(talk("The ranger gives each visitor a map. A visitor has a name.")))
    assert "VisitorA" not in shapes
    assert "name:str" in shapes["Visitor"]
