"""A sentence that is a rule or a condition stays an open task with its words; a description is none."""

from __future__ import annotations

import pytest

from bot.planning.built_in.phrases.rule_sentences import is_rule_sentence
from tests.planning.talking import propose, quoted, shape, talk

RULES = [
    "Anything nobody has collected after ninety days goes to charity",
    "An instructor must never be booked twice at the same hour",
    "Anybody who cancels less than a day ahead still pays",
    "Once the deposit has arrived the order counts as confirmed, before that it is only a quote",
    "The volume shouldn't be larger than the van holds",
    "Someone who gave less than eight weeks ago has to be turned away",
    "Only people on the child's pick-up list may take it home",
    "When a claim matches an item, the item is marked as returned and the traveller signs for it",
    "Changes are accepted until six in the evening the day before",
    "Boats longer than the berth aren't allowed",
    "Somebody other than the translator must proofread it",
    "With a serious fault the lift is shut down until a technician has fixed it",
    "Whoever breaks a glass pays half of it",
    "Those who find everything full go on a waiting list, first come first served",
    "If a walker twists an ankle, the whole group turns back",
    "A climber who has missed the briefing gets no harness",
    "Unless the vet has signed, the foal stays in quarantine",
    "As soon as the last reviewer has answered, the paper is closed",
    "Parcels left behind for a week are sent back",
    "Candles are not permitted in the gallery",
    "There has to be at least one adult for every ten pupils",
    "Sign-up closes 48 hours before the shift starts",
    "Nurses can swap shifts if the head nurse agrees",
    "After three reminders nobody may use the sauna",
    "Without a signed waiver a child can't climb",
    "No changes after four in the afternoon, that's when the dough gets made",
    "Non-members pay double",
    "Entries with a torn label are excluded",
    "In the last week, nobody may swap a duty",
    "Every term, whoever has the fewest points goes first",
    "On the last evening of a season, no one may use the sauna alone",
]
DESCRIPTIONS = [
    "We note when it was picked up",
    "Until now everything was in a notebook",
    "Nobody knows where the keys are",
    "We can never find the right costume",
    "When I started the shop there were three of us",
    "When I drink one I note the date and what I thought of it",
    "After the lesson she writes a short report",
    "Each fire extinguisher has a serial number and a date when it must be checked next",
    "People who borrow books have a name and a phone number",
    "Before Christmas we are always busy",
    "The system should be easy to use",
    "It would be nice if everyone got a reminder",
    "A veterinary clinic needs to track animals and visits",
    "A donation is made once or monthly",
    "Listeners can send in wishes for songs",
    "The gardener comes when the weather is nice",
    "After the wedding we deliver a gallery",
    "Somebody from the office looks at the photos",
    "What I like best is the colour",
    "Once a month we meet at one member's home",
    "Everybody who works here is friendly",
    "Nobody has the time to look through all the folders",
    "We have to write everything down twice",
    "A card has a number and is valid from one day until another",
    "In the old days, nobody knew where anything was",
    "Every evening, anybody can look at the photos",
    "The phone rings all day when it rains",
]
SHELVES = "Shelves have a number and a colour. "


@pytest.mark.parametrize("said", RULES)
def test_a_rule_becomes_an_open_task_with_all_of_its_words(said: str) -> None:
    proposal = propose(talk(f"{SHELVES}{said}."))
    assert quoted(proposal) == [said]
    assert proposal.unread == ()
    assert shape(proposal) == {"Shelf": "number:str colour:str"}


@pytest.mark.parametrize("said", DESCRIPTIONS)
def test_a_description_becomes_none(said: str) -> None:
    assert not is_rule_sentence(said)
    assert propose(talk(f"{SHELVES}{said}.")).custom == ()


@pytest.mark.parametrize(
    "said",
    [
        "Nobody knows which shelf holds the paint",
        "Nobody ever counted the shelves",
        "We can never find the right shelf",
        "It is a big cellar, and nobody remembers the number of a shelf",
    ],
)
def test_what_tells_how_things_are_is_no_rule_though_it_names_them(said: str) -> None:
    proposal = propose(talk(f"{SHELVES}{said}."))
    assert proposal.custom == ()
    assert shape(proposal) == {"Shelf": "number:str colour:str"}


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ("Lessons have a date and a start time", "an instructor must never be booked twice at the same hour"),
        ("Berths have a length and a depth", "boats longer than the berth aren't allowed"),
        ("Orders have a number and a delivery time", "changes are accepted until six in the evening the day before"),
        ("Ovens have a name and a size", "only trained bakers may light them"),
        ("Trips have a date and a price", "whoever cancels late pays anyway"),
    ],
)
def test_a_rule_behind_a_description_is_one_by_itself(facts: str, rule: str) -> None:
    proposal = propose(talk(f"{facts}, and {rule}."))
    assert [task.details[0] for task in proposal.custom] == [f"The rule as it was said: “{rule}”."]
    assert proposal.unread == ()
    assert shape(proposal) == shape(propose(talk(f"{facts}.")))


@pytest.mark.parametrize(
    ("said", "is_refused"),
    [
        ("With a serious fault the lift is shut down until a technician has fixed it", False),
        ("A torn sail is kept in the loft until somebody has mended it", False),
        ("Boats longer than the berth aren't allowed", True),
        ("Changes are accepted until six in the evening the day before", True),
        ("Nobody may light the kiln alone", True),
    ],
)
def test_what_is_so_for_a_while_refuses_no_request(said: str, is_refused: bool) -> None:
    (task,) = propose(talk(f"{SHELVES}{said}.")).custom
    assert ("409" in task.criterion) is is_refused
