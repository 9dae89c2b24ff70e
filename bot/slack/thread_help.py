"""What the bot tells about itself where it is asked: what can be said at a plan's stage, and what it can build."""

from __future__ import annotations

import re

from bot.documents.entities.declared_rules import RULE_FORMS
from bot.patterns import regex
from bot.planning.built_in.rules.rule_examples import RULE_EXAMPLES
from bot.planning.built_in.words.vocabulary import straight
from bot.slack.blocks.rendered import Rendered
from bot.slack.texts import render, sections
from bot.store.tables import Plan
from bot.workflow.stages import Hold, PlanStage

__all__ = ["asks_what_is_built", "stage_help", "what_is_built"]

LONGEST = 120
HERE = r"(?:\s+(?:here|for (?:me|us)|yourself|by yourself|without a model|from templates|so far|already|then|at all))*"
VERB = r"(?:build|make|generate|do|know|understand|read|support|handle|write|take|have)"
WHAT_IS_BUILT = regex(
    r"^(?:(?:hi|hey|hello|ok|and|so|but|please)\b[,!\s]*)*(?:"
    rf"(?:what|which)(?:\s+(?:kinds?|sorts?|types?|forms?)\s+of)?(?:\s+rules)?\s+(?:can|could|do)\s+(?:you|i|we)\s+"
    rf"(?:actually\s+|really\s+|also\s+)?(?:{VERB}|say|use|ask for|write down)|"
    r"(?:what|which)\s+(?:(?:kinds?|sorts?|types?)\s+of\s+)?rules\s+(?:are|exist|can be|do you)\b[\w\s]{0,40}|"
    r"(?:list|show|tell me)\s+(?:the\s+|your\s+|all\s+)*(?:(?:kinds?|forms?)\s+of\s+)?rules"
    rf"(?:\s+(?:that\s+)?you\s+(?:can\s+)?{VERB})?|"
    r"how\s+(?:do|can|should|must)\s+(?:i|we|you)\s+(?:say|write|phrase|word)\s+(?:a\s+)?rules?"
    rf"){HERE}$",
    re.IGNORECASE,
)


def asks_what_is_built(said: str) -> bool:
    """Tell whether a whole message asks what the bot can build, or which rules it knows."""
    text = straight(said, " ?!.？")
    return len(text) <= LONGEST and WHAT_IS_BUILT.match(text) is not None


def what_is_built() -> Rendered:
    """Return the kinds of rules that templates build, an example each, and what becomes of any other."""
    rules = list(zip(RULE_FORMS, RULE_EXAMPLES.values(), strict=True))
    return Rendered(text="What I can build", blocks=sections(render("can_build", rules=rules)))


def stage_help(plan: Plan) -> Rendered:
    """Return what can be said in a plan's thread as it stands now."""
    text = render("stage_help", plan=plan, Stage=PlanStage, Hold=Hold)
    return Rendered(text="What you can say here", blocks=sections(text))
