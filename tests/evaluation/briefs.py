"""A small brief, and planners that answer it well, badly, or not at all."""

from __future__ import annotations

from pathlib import Path

from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.evaluation.briefs import Brief, read_brief
from bot.planning.conversation import Conversation, Interview, PlannerError, Proposal, Question

BRIEF = """
title = "Tools"
style = "plain"
brief = "We lend tools to neighbours."

[[answers]]
about = ["account", "log in"]
answer = "only neighbours log in"
[[answers]]
about = ["fee", "late", "late fee"]
answer = "no fee"

[[entities]]
name = "Tool"
also = ["Item"]
  [[entities.fields]]
  name = "name"
  also = ["label"]
  type = "str"
  [[entities.fields]]
  name = "state"
  type = "enum"
  [[entities.fields]]
  name = "tags"
  type = "list[str]"
  essential = false
[[entities]]
name = "Neighbour"
account = true
  [[entities.fields]]
  name = "email"
  type = "EmailStr"
[[entities]]
name = "Loan"
  [[entities.fields]]
  name = "lent_on"
  type = "date"
  [[entities.fields]]
  name = "due_on"
  type = "date"
  [[entities.fields]]
  name = "returned_on"
  type = "date"
  optional = true

[[relations]]
from = "Loan"
to = "Tool"
kind = "many-to-one"
[[relations]]
from = "Tool"
to = "Neighbour"
kind = "many-to-many"

[[rules]]
form = "one open"
entity = "Loan"
words = "a tool has at most one loan that is not back"
fields = ["tool_id", "returned_on"]
[[rules]]
form = "derived"
entity = "Loan"
words = "due two weeks (14 days) after it was lent"
fields = ["due_on", "lent_on"]
[[rules]]
form = "transition"
entity = "Tool"
words = "free to out or broken; out to free; nothing after broken"
fields = ["state"]

[[ambiguities]]
about = "late fees"
words = ["fee"]
[[ambiguities]]
about = "copies"
words = ["copies"]

[[custom]]
words = "an e-mail to the neighbour when a tool is late"
"""

GOOD = """ENTITY: Item
FIELDS:
  - id: int (primary key)
  - label: str
  - state: State (enum, default FREE)
RELATIONS:
  - neighbours: Neighbour (ManyToMany)
RULES:
  - transition state: FREE -> OUT | BROKEN, OUT -> FREE

ENTITY: Neighbour (account)
FIELDS:
  - id: int (primary key)
  - email: EmailStr (unique)

ENTITY: Loan
FIELDS:
  - id: int (primary key)
  - item_id: int (foreign key to Item)
  - lent_on: date
  - due_on: date
  - returned_on: Optional[date]
RULES:
  - one open Loan per item until returned_on
  - due_on = lent_on + 14 days

ENUM: State
VALUES: FREE, OUT, BROKEN
"""


def small_brief(folder: Path, group: str = "tuned", text: str = BRIEF) -> Brief:
    """Write the small brief into a folder of briefs and read it."""
    path = folder / group / "tools.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return read_brief(path)


class Scripted:
    """A planner that asks what it is told to, then proposes given specs, or fails."""

    name = "scripted planner"

    def __init__(self, specs: str = GOOD, *questions: str, failure: str = "", **said: tuple[str, ...]) -> None:
        """Prepare what is asked, one question a round, and what is proposed."""
        self.specs, self.questions, self.failure, self.said = specs, questions, failure, said

    async def interview(self, conversation: Conversation) -> Interview:
        """Ask the next question."""
        rest = self.questions[len(conversation.answers) :][:1]
        asked = tuple(Question(id=text, text=text, reason="", default="") for text in rest)
        return Interview(title="Tools", slots=(), questions=asked)

    async def propose(self, conversation: Conversation) -> Proposal:
        """Propose the specs."""
        if self.failure:
            raise PlannerError(self.failure)
        specs = read_entity_specs(self.specs).specs
        return Proposal.model_validate({"title": "Tools", "introduction": "", "specs": specs, **self.said})
