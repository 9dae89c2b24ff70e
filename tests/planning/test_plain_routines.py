"""What people tell of their days: what is handed out, measured and worked, and what is done one after the other."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.plain_chains import in_plain_chains
from bot.planning.built_in.words.plain_routines import in_plain_routines
from tests.planning.talking import propose, quoted, shape, talk

GARDEN = (
    "I'd like a simple app for our allotment garden. There are 60 plots with a number and a size, each one is "
    "rented by "
    "a member who pays a yearly fee. Members have to do ten hours of community work a year, so we note who worked how "
    "long on which day."
)
WHEELCHAIRS = (
    "Our hospital lends out wheelchairs. A nurse hands one out to a patient on a ward, notes the time, and when it's "
    "back she notes that too."
)
THEATRE = (
    "Planning software for a theatre: plays have scenes, an actor plays a role in a play, and for each rehearsal we "
    "plan "
    "which scenes are rehearsed and who has to come. Rehearsals are in a room at a certain time."
)
BREWERY = (
    "A small brewery makes batches of beer. Each batch follows a recipe with a name, ferments in a tank, and we "
    "measure "
    "temperature and gravity every day."
)
NEWSPAPER = (
    "A reporter pitches a story, an editor accepts or rejects it, the reporter writes it, and then it's published "
    "in an "
    "issue. A story has a headline and a deadline."
)


@pytest.mark.parametrize(
    ("said", "things"),
    [
        (
            GARDEN,
            {
                "Plot": "number:str size:str",
                "Member": "name:str yearly_fee:Decimal",
                "Rental": "member_id:int->Member plot_id:int->Plot rented_at:datetime due_at:datetime "
                "returned_at:datetime?",
                "WorkEntry": "date:date number_of_hours:int member_id:int->Member",
            },
        ),
        (
            WHEELCHAIRS,
            {
                "Wheelchair": "name:str",
                "Loan": "handed_out_at:datetime returned_at:datetime? wheelchair_id:int->Wheelchair "
                "patient_id:int->Patient ward_id:int->Ward nurse_id:int->Nurse",
                "Patient": "name:str",
                "Ward": "name:str",
                "Nurse": "name:str",
            },
        ),
        (
            THEATRE,
            {
                "Play": "name:str",
                "Role": "name:str actor_id:int->Actor play_id:int->Play",
                "Actor": "name:str",
                "RehearsalEntry": "rehearsal_id:int->Rehearsal scene_id:int->Scene",
                "Rehearsal": "time:time room_id:int->Room",
                "Scene": "name:str",
                "Attendance": "actor_id:int->Actor rehearsal_id:int->Rehearsal",
                "Room": "name:str",
                "PlayScene": "play_id:int->Play scene_id:int->Scene",
            },
        ),
        (
            BREWERY,
            {
                "Batch": "recipe_id:int->Recipe tank_id:int->Tank",
                "Recipe": "name:str",
                "Tank": "name:str",
                "Measurement": "date:date temperature:float gravity:float batch_id:int->Batch",
            },
        ),
        (
            NEWSPAPER,
            {
                "Story": "headline:str deadline:date status:StoryStatus reporter_id:int->Reporter "
                "editor_id:int?->Editor issue_id:int?->Issue",
                "Reporter": "name:str",
                "Editor": "name:str",
                "Issue": "name:str",
            },
        ),
    ],
)
def test_an_idea_is_read_as_its_writer_means_it(said: str, things: dict[str, str]) -> None:
    proposal = propose(talk(said))
    assert shape(proposal) == things
    assert proposal.unread == ()


def test_what_was_done_so_often_is_a_figure_and_what_there_is_a_fact() -> None:
    told = talk("A marina has a name. We need to know how many berths it has.")
    assert shape(propose(told))["Marina"] == "name:str berths:int"
    counted = propose(talk("A student has a name. We need to know how many lessons a student had."))
    assert shape(counted) == {"Student": "name:str"}
    assert [piece.startswith("We need to know how many lessons") for piece in quoted(counted)] == [True]


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        (
            "An employee hands in an expense, a manager approves or refuses it, and accounting pays it.",
            (
                "Each expense belongs to an employee. An expense may belong to a manager. An expense is "
                "submitted, then "
                "approved or refused, then paid."
            ),
        ),
        (
            "A customer sends in a watch, a watchmaker inspects it, then it is repaired and finally it's sent back.",
            (
                "Each watch belongs to a customer. A watch may belong to a watchmaker. A watch is submitted, then "
                "inspected, "
                "then repaired, then sent back."
            ),
        ),
    ],
)
def test_what_is_done_one_after_the_other_is_a_row_of_steps(said: str, plain: str) -> None:
    assert in_plain_chains(said) == plain


@pytest.mark.parametrize(
    "said",
    [
        "A member owns a boat, a guest sees it and likes it.",
        "A reporter pitches a story, an editor accepts it.",
        "A reporter pitches a story, an editor accepts it, and everybody is happy.",
        "A teacher helps a pupil, a parent calls him, and the school notes it.",
    ],
)
def test_a_story_that_is_no_row_of_steps_stays_as_it_was_said(said: str) -> None:
    assert in_plain_chains(said) == said


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("A farmer books it from one time to another.", "A farmer books it from a start to an end."),
        ("Farmers rent machines from our cooperative.", "Farmers rent machines."),
        ("Radio club: we log contacts.", "Radio club: We keep contacts."),
        ("We have about 200 trees with a species.", "There are trees with a species."),
        ("A resident books a machine for two hours, at most twice a week.",
         "A resident books a machine. A booking lasts two hours. A resident can book at most twice a week."),
        ("A singer takes a part in a concert.", "Each part belongs to a singer and a concert. A part has a name."),
        ("A cheese ripens in a cellar and has a weight.", "Each cheese belongs to a cellar. A cheese has a weight."),
        ("Greenhouses have a name. We note temperature and humidity every morning.",
         ("Greenhouses have a name. Each measurement belongs to a greenhouse. A measurement has a date, a "
         "temperature and "
         "a humidity (float).")),
        ("We measure the level of each tank daily.",
         "Each measurement belongs to a tank. A measurement has a date and a level (float)."),
        ("Volunteers have a phone number, so we note who helped how long.",
         ("Volunteers have a phone number. Each work entry belongs to a volunteer. A work entry has a date and a "
         "number "
         "of hours.")),
        ("For each concert we decide which pieces are played.",
         "Each concert entry belongs to a concert and a piece."),
    ],
)  # fmt: skip
def test_it_is_said_plainly(said: str, plain: str) -> None:
    assert in_plain_routines(said) == plain


@pytest.mark.parametrize(
    "said",
    [
        "A child sleeps in a bed.",
        "We measure the temperature every day.",
        "We have 60 members.",
        "A book can't be lent to a member who has an overdue loan.",
        "A nurse hands out a leaflet.",
        "We note who worked how long.",
    ],
)
def test_what_means_something_else_stays_as_it_was_said(said: str) -> None:
    assert in_plain_routines(said) == said
