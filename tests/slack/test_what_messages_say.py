"""What messages say and offer, as things stand."""

from __future__ import annotations

from typing import Any

from bot.documents.entities.declared_rules import NoOverlap
from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.documents.findings import Severity
from bot.local_workspace.limits import block_problems, view_problems
from bot.planning.conversation import Question
from bot.slack.blocks.card import card
from bot.slack.blocks.notices import problem, status
from bot.slack.blocks.questions import questions
from bot.slack.blocks.rendered import Rendered
from bot.slack.blocks.review import Deciding, review
from bot.slack.blocks.views import document_view
from bot.slack.rendering import together
from bot.store.tables import Plan, PlanQuestion, Review
from bot.workflow.approvals import Shown
from bot.workflow.reviews import ReviewContent
from bot.workflow.stages import Hold, PlanStage
from tests.slack.running import shown
from tests.slack.test_blocks import HOSTILE, SIZES, a_plan, a_review, a_view, some_documents, some_questions, texts


def test_who_decided_something_is_named_and_not_told_by_an_id() -> None:
    beside = "Decided:\n" + f"- {HOSTILE} (U0JON)\n" * 400
    whole = document_view(a_plan(1), {}, beside, ["U0JON"])
    assert view_problems(whole) == []
    words = "".join(block["text"]["text"] for block in whole["blocks"])
    assert words.count("(<@U0JON>)") == 400
    assert "<!channel>" not in words
    assert "<@U0ADA>" not in words


def test_a_document_that_does_not_fit_says_where_the_rest_is() -> None:
    whole = document_view(a_plan(1), {"requirements": "line\n" * 200_000, "entity_specs": "", "task_plan": ""})
    assert ".planning/" in str(whole["blocks"][-1])


def test_a_review_of_a_change_tells_first_what_it_changes_in_what_was_delivered() -> None:
    words = shown({"blocks": a_review(1, Severity.WARNING, delivered_review=1).blocks})
    assert "*What changes in what was delivered*" in words
    assert "New since review 0: " in words
    assert words.index("*Asked for*") < words.index("*What changes in what was delivered*")
    first = shown({"blocks": a_review(1, Severity.WARNING).blocks})
    assert "*What changed*" in first
    assert "New since" not in first


def test_a_finding_that_blocks_says_what_to_write() -> None:
    words = shown({"blocks": a_review(1, Severity.ERROR).blocks})
    assert "Mention me and say what it should be, or what you want instead." in words
    assert "`/plan export hhhhhhhhhhhhhhhhhhhhhhhhhhhhhh entity-specs` gives the entities as a file" in words
    assert "`Forget it` leaves everything" not in words
    assert "`Forget it` leaves everything" in shown({"blocks": a_review(1, Severity.ERROR, delivered_review=1).blocks})


def test_only_an_open_review_without_errors_can_be_approved() -> None:
    def buttons(message: Rendered) -> list[str]:
        return [e["text"]["text"] for b in message.blocks if b["type"] == "actions" for e in b["elements"]]

    assert buttons(a_review(1, Severity.WARNING)) == [
        "Approve and build",
        "Request changes",
        "Edit entities",
        "Whole document",
    ]
    assert buttons(a_review(1, Severity.ERROR)) == ["Request changes", "Edit entities", "Whole document"]
    assert buttons(a_review(1, Severity.WARNING, stage=PlanStage.DELIVERED)) == ["Whole document"]
    change = a_review(1, Severity.WARNING, delivered_review=1, review=1)
    assert buttons(change) == ["Approve and build", "Request changes", "Edit entities", "Whole document", "Forget it"]
    assert buttons(a_review(1, Severity.WARNING, run_stage="plan")) == ["Whole document"]
    assert buttons(a_review(1, Severity.WARNING, stage=PlanStage.GATHERING)) == ["Whole document"]
    assert buttons(a_review(1, Severity.WARNING, review=2)) == []


def test_a_decision_mentions_who_said_it_when_they_belong_to_the_plan() -> None:
    shown = str(a_review(1, Severity.WARNING).blocks)
    assert "Books are lent (<@U0JON>)" in shown


def test_answers_withdrawn_and_open_questions_look_different() -> None:
    message = questions(a_plan(1, stage=PlanStage.GATHERING), some_questions(1))
    assert message is not None
    shown = [text["text"] for text in texts(message.blocks)]
    assert any(text.startswith("*1. ") for text in shown)
    assert any(text.startswith("✓ 2. ") and "<@U0JON>" in text for text in shown)
    assert any(text.startswith("· 3. ") and "no longer asked" in text for text in shown)
    later = questions(a_plan(1, stage=PlanStage.IN_REVIEW), some_questions(1))
    assert later is not None
    assert [block["type"] for block in later.blocks].count("actions") == 0
    assert questions(a_plan(1), []) is None


def test_who_leaves_a_question_of_several_to_the_planner_presses_a_button_with_its_number() -> None:
    rows = some_questions(1)
    plan = a_plan(1, stage=PlanStage.GATHERING)

    for asked, label in ((rows, "1: you decide"), (rows[:1], "You decide")):
        message = questions(plan, asked)
        assert message is not None
        buttons = [element for block in message.blocks if block["type"] == "actions" for element in block["elements"]]
        assert buttons[-1]["text"]["text"] == label


def test_a_settled_problem_loses_its_buttons() -> None:
    assert [block["type"] for block in problem(a_view(1), {"sentence": "x"}, current=False).blocks] == ["section"]


def test_the_card_offers_what_can_be_done_now() -> None:
    def buttons(**changes: Any) -> list[str]:
        message = card(a_view(1, web_url="", **changes))
        return [e["text"]["text"] for b in message.blocks if b["type"] == "actions" for e in b["elements"]]

    assert buttons(stage=PlanStage.GATHERING, phases=()) == ["Stop"]
    assert buttons(hold=Hold.PAUSED) == ["Resume", "Details"]
    assert buttons(hold=Hold.BLOCKED) == ["Retry", "Details"]
    assert buttons(stage=PlanStage.DELIVERED) == ["Details"]
    assert buttons(stage=PlanStage.CANCELLED, phases=()) == []


def test_a_card_and_its_review_are_one_message_only_where_slack_takes_it_whole() -> None:
    head, below = card(a_view(1)).blocks, a_review(1, Severity.WARNING).blocks
    assert together(head, below) == [*head, *below]
    for size in SIZES:
        for review_size in SIZES:
            blocks = together(card(a_view(size)).blocks, a_review(review_size, Severity.WARNING).blocks)
            assert block_problems(blocks) == []
            assert sum(len(text["text"]) for text in texts(blocks)) <= 20_000
    long = card(a_view(200)).blocks
    assert together(long, a_review(200, Severity.WARNING).blocks) == long


def test_each_choice_of_a_question_has_its_example_and_no_two_buttons_say_the_same() -> None:
    long = "a choice that goes on and on, longer than any button of Slack can hold, and ends with "
    asked = Question(
        id="x", text="Which?", reason="", options=(f"{long}one", f"{long}two"), examples=("a row", "two rows")
    )
    row = PlanQuestion(
        workspace="T1", plan_id="p", question_id="x", round=1, position=1, question=asked.model_dump(mode="json")
    )

    message = questions(
        Plan(workspace="T1", channel="C1", handle="x", title="X", stage="gathering", starter="U1"), [row]
    )

    assert message is not None
    labels = [
        one["text"]["text"] for block in message.blocks if block["type"] == "actions" for one in block["elements"]
    ]
    assert len(set(labels)) == len(labels) == 2
    assert labels[0].startswith("1. a choice")
    text = "\n".join(block["text"]["text"] for block in message.blocks if block["type"] == "section")
    assert "for example: a row" in text
    assert "for example: two rows" in text


def test_a_choice_is_said_once_on_its_button_and_its_text_adds_only_an_example() -> None:
    asked = Question(
        id="x",
        text="“a member borrows books”: a record, or only a link?",
        reason="",
        options=("A loan of its own, with lent at and due at", "Only a link: each book names one", "Not linked"),
        examples=("member 1 had book 5 in May", "book 5 names member 1 now"),
        default="A loan of its own, with lent at and due at",
    )
    row = PlanQuestion(
        workspace="T1", plan_id="p", question_id="x", round=1, position=1, question=asked.model_dump(mode="json")
    )

    message = questions(
        Plan(workspace="T1", channel="C1", handle="x", title="X", stage="gathering", starter="U1"), [row]
    )

    assert message is not None
    text = "\n".join(block["text"]["text"] for block in message.blocks if block["type"] == "section")
    labels = [
        one["text"]["text"] for block in message.blocks if block["type"] == "actions" for one in block["elements"]
    ]
    assert labels == [*asked.options, "You decide"]
    assert not [label for label in asked.options if label in text]
    assert "• _A loan of its own_ – for example: member 1 had book 5 in May" in text
    assert "• _Only a link_ – for example: book 5 names member 1 now" in text
    assert "(You decide: A loan of its own)" in text


def test_a_review_begins_with_what_people_decided_and_lists_its_rules_with_their_sentences() -> None:
    rule = NoOverlap(start="starts_at", end="ends_at", relation="room")
    booking = Entity(name="Booking", table="bookings", api_path="/bookings", fields=(), rules=(rule,))
    form = "no overlap of starts_at, ends_at per room"
    content = ReviewContent(
        decisions=(f"Rule of Booking, “{form}”: “no double bookings” (U0JON)", "Each booking names one room (U0JON)"),
        assumptions=("Employees are not linked",),
    )
    shown_now = Shown(revision=1, fingerprint="f" * 64).model_dump()
    row = Review(
        workspace="T1", plan_id="p", number=1, content=content.model_dump(mode="json"),
        documents=dict.fromkeys(("requirements", "entity_specs", "task_plan"), shown_now),
    )  # fmt: skip
    documents = some_documents(1).model_copy(update={"specs": EntitySpecs(entities=(booking,))})
    deciding = Deciding(allowed=("U0JON",), approved=(), needed=1)

    message = review(a_plan(1), row, documents, [], deciding, ["U0JON"])

    text = "\n".join(block["text"]["text"] for block in message.blocks if block["type"] == "section")
    assert text.index("Each booking names one room (<@U0JON>)") < text.index("_assumed:_ Employees are not linked")
    rules = text[text.index("*Rules*") :]
    assert (
        "• Bookings with the same room don't overlap in time (from starts at to ends at): “no double bookings”" in rules
    )
    assert text.count("no double bookings") == 1


def test_a_count_that_grew_says_what_is_new() -> None:
    grown = a_view(
        1, stage=PlanStage.GATHERING, phases=(), slots_known=8, slots_total=9, slots_missing="who", came_up=1
    )
    assert "8 of 9 things known · still missing: who · 1 more question came up" in shown({"blocks": card(grown).blocks})
    assert "(1 came up from what was said)" in shown({"blocks": status(grown).blocks})
