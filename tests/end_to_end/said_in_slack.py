"""A script of `examples/`, said in a channel: the first reply by command, answers as replies, decisions by buttons."""

from __future__ import annotations

import re
from pathlib import Path

from bot.terminal.lines import Reply, Waiting
from bot.terminal.scripts import Script
from tests.end_to_end.people import Message, Person, button_labels, for_all, text_of
from tests.end_to_end.programs import until

__all__ = ["said_in_slack"]

OPEN = re.compile(r"^\*(\d+)\. (.+?)\*", re.MULTILINE)
REVIEW = re.compile(r"for review\*(?: · review (\d+))?")
CHANGE = re.compile(r"changes?\s*:\s*(.*)", re.IGNORECASE | re.DOTALL)


def said_in_slack(script: Path, people: dict[str, Person]) -> str:
    """Say a script up to its approval, each reply by the person that it names; return the thread of the plan."""
    return Conversation(Script(script), people).held()


class Conversation:
    """One conversation. Replies without a name are said by the first person."""

    def __init__(self, script: Script, people: dict[str, Person]) -> None:
        self.script = script
        self.people = people
        self.first = next(iter(people.values()))
        self.head = ""
        self.reviews = 0

    def held(self) -> str:
        """Say everything; return the thread."""
        opening = self.script.next_reply(Waiting(prompt=""))
        self.speaker(opening).command(f"new {opening.text}")
        self.head = str(self.first.sees("gathering requirements")["ts"])
        while True:
            waiting, review = until(self.look, "a question or a review", self.first.log)
            reply = self.script.next_reply(waiting)
            if review is None:
                self.answer(reply, waiting)
            elif change := CHANGE.fullmatch(reply.text):
                self.speaker(reply).press(review, "Request changes")
                self.speaker(reply).fill({"text": change[1]})
            else:
                self.speaker(reply).press(review, "Approve and build")
                return self.head

    def speaker(self, reply: Reply) -> Person:
        """Return who says a reply."""
        return self.people[reply.person] if reply.person else self.first

    def look(self) -> tuple[Waiting, Message | None] | None:
        """Return what is waited for: open questions, or a review that nobody saw yet."""
        messages = for_all(self.first.thread(self.head))
        if questions := self.open_questions(messages):
            return Waiting(prompt="", questions=questions), None
        reviews = [message for message in messages if "Approve and build" in button_labels(message)]
        if not reviews or review_number(reviews[-1]) <= self.reviews:
            return None
        self.reviews = review_number(reviews[-1])
        return Waiting(prompt="", in_review=True), reviews[-1]

    def open_questions(self, messages: list[Message]) -> tuple[tuple[int, str], ...]:
        """Return the questions that wait, by their numbers."""
        return tuple((int(number), text) for message in messages for number, text in OPEN.findall(text_of(message)))

    def answer(self, reply: Reply, waiting: Waiting) -> None:
        """Reply in the thread, with the question's number, and wait until it is taken."""
        first = waiting.questions[0][0]
        text = reply.text if re.match(r"\d+\. ", reply.text) else f"{first}. {reply.text}"
        number = int(text.partition(".")[0])
        self.speaker(reply).say(text, self.head)

        def taken() -> bool:
            messages = for_all(self.first.thread(self.head))
            return number not in dict(self.open_questions(messages))

        until(taken, f"an answer to question {number}", self.first.log)


def review_number(message: Message) -> int:
    """Return the number of a review; the first says none."""
    found = REVIEW.search(text_of(message))
    return int(found[1] or 1) if found else 0
