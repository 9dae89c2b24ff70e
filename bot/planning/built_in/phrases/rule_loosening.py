"""Reads sentences that take a rule back: "drop the rule that …", "books can be lent twice now", "… may overlap".

A reading names what people said of the rule; which one is meant is found by the module
`bot.planning.built_in.changes.rule_changes`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from itertools import islice, pairwise, takewhile

from bot.patterns import regex
from bot.planning.built_in.phrases.rule_phrases import AT_A_TIME, LONGEST_RULE, NOUN, OPEN, RECORD, SPAN, THE, VERB_LIST

__all__ = ["Allowance", "Loosening", "each_rule_dropped", "read_loosening"]


class Allowance(Enum):
    """What becomes possible when a rule goes."""

    AGAIN = "again"
    """Something twice, or at the same time: "books can be lent twice", "bookings of one room may overlap"."""
    ANYBODY = "anybody"
    """An action that only its owner had: "everybody may delete an offer"."""
    LONGER = "longer"
    """A span past its limit: "a lease may last longer than 90 days"."""


@dataclass(frozen=True)
class Loosening:
    """A rule that goes, as said: the words of the rule, or what is allowed without it."""

    rule: str = ""
    """The rule in words that said it, or would."""
    topic: str = ""
    """What the rule is about: "the rule about due dates"."""
    is_all: bool = False
    """Every rule about the topic goes: "drop the rules of loans"."""
    is_everything: bool = False
    """Every rule goes: "drop all rules"."""
    is_both: bool = False
    """Two rules go, and no more: "drop both rules"."""
    noun: str = ""
    """What the rule is called, where the sentence speaks of one: "the rule that", "the ban on"."""
    allowance: Allowance | None = None
    parts: tuple[tuple[str, str], ...] = ()

    def part(self, name: str) -> str:
        """Return a phrase of what is allowed in lower case, or nothing."""
        return dict(self.parts).get(name, "").lower()


TAIL = regex(r",?\s+(?:now|again|after all|from now on|any ?more|any longer|as well|too)$", re.IGNORECASE)
"""Words that may only say that it was otherwise before."""
MOST_TAILS = 3
TAKEN_BACK = regex(r",?\s+after all$", re.IGNORECASE)
KINDS = "rule|limit|restriction|ban|condition"
RULE = rf"(?P<noun>{KINDS})(?P<all>s)?"
DROP = (
    r"(?:drop|remove|delete|forget|cancel|lift|scrap|abolish|take back|take out|leave out|get rid of|"
    r"withdraw|no more|ignore)"
)
DROPPED = (
    regex(
        rf"^{DROP}\s+(?:the\s+|that\s+|this\s+|our\s+)?(?P<topic>)(?P<rule>(?!rule|all\b|any\b|(?:the|that|this|our)\s|"
        rf"every\b)[\w' -]{{2,60}}?)\s+"
        r"(?P<noun>rule|limit|restriction|ban)(?P<all>s)?$",
        re.IGNORECASE,
    ),
    regex(
        rf"^(?:{DROP}|there (?:is|are) no)\s+(?P<all>all|any|every|the|our)?\s*(?:of the\s+|the\s+)?(?P<noun>rule)s"
        r"(?:\s+(?P<topic>about|on|for|of)\s+(?P<rule>.+?))?(?:\s+(?:any ?more|any longer))?$",
        re.IGNORECASE,
    ),
    regex(
        (
            r"^no\s+(?P<noun>limit|restriction|rule)(?P<all>s)?\s+(?P<topic>on|of|for|about)\s+"
            r"(?P<rule>.+?)(?:\s+(?:any ?more|any longer|at all))?$"
        ),
        re.IGNORECASE,
    ),
    regex(
        rf"^{DROP}\s+"
        rf"(?:the\s+|that\s+|this\s+|our\s+)?{RULE}(?:\s+(?P<topic>about|on|for|of)\s+|\s*:\s*|\s+that\s+|\s+)?"
        r"(?P<rule>.*)$",
        re.IGNORECASE,
    ),
    regex(
        rf"^(?:the\s+|that\s+|this\s+|our\s+)?{RULE}\s+(?:(?P<topic>about|on|for|of)\s+|that\s+)(?P<rule>.+?)\s+"
        r"(?:is (?:gone|dropped|void|lifted|no longer (?:valid|needed))|no longer (?:holds|applies)|"
        r"doesn't (?:hold|apply)(?: any ?more| any longer)?|(?:can|should|must) (?:go|be dropped))$",
        re.IGNORECASE,
    ),
)
UNNEEDED = rf"(?P<what>(?:the|that|this|our) (?:[\w' -]{{1,60}} )?(?:{KINDS})s?(?: [^;:]{{1,120}}?)??)"
NOT_NEEDED = tuple(
    regex(rf"^{form}(?:\s+(?:any ?more|any longer|either|after all|now))?$", re.IGNORECASE)
    for form in (
        rf"{UNNEEDED} (?:isn['’]t|aren['’]t|(?:is|are) not|(?:is|are) no longer) (?:needed|necessary|wanted)",
        rf"(?:(?:we|i) (?:don['’]t|do not|no longer) need|nobody needs) {UNNEEDED}",
        rf"{UNNEEDED} (?:can|may|should|must) go(?: away)?",
    )
)
"""A rule that nobody needs: "the limit isn't needed any more"."""
EVERY = regex(r"(?:(?P<both>both|two)|all|these|those|all (?:of )?(?:these|those|our|my))", re.IGNORECASE)
"""Which rules go that are called by nothing else: "drop both rules"."""
CALLED = r"(?P<noun>rule|limit|restriction|ban|condition|requirement|criterion|task)s?"
WHOLE = r"[“\"](?P<rule>[^“”\"]{3,})[”\"]"
QUOTED = (
    regex(rf"^(?:please\s+)?{DROP}\b[^“”\"]*\b{CALLED}\b[^“”\"]*{WHOLE}", re.IGNORECASE),
    regex(
        rf"^(?:the|that|this|our)\s+(?:\w+\s+)?{CALLED}\s*:?\s*{WHOLE},?\s+"
        r"(?:goes|is (?:gone|dropped|void|there twice|not needed|no longer)|isn't needed|no longer|"
        r"(?:can|should|must|has to) (?:go|be))\b",
        re.IGNORECASE,
    ),
)
"""A rule that is taken back by its own words, whatever else is said of it: "forget the rule “…”, it's there twice"."""
LISTED = regex(r"[“\"][^“”\"]{3,600}[”\"]")
SEVERAL = regex(
    rf"(?:(?:please|and|also|then|ok|okay|now|can you|could you)[, ]+){{0,3}}(?P<drop>{DROP}) +"
    rf"(?:(?:all|both|of|the|these|those|our|my|open|following|two|three|four|five|\d{{1,2}}) +){{0,4}}"
    rf"{CALLED} ?:? ?",
    re.IGNORECASE,
)
"""What stands before several rules that are to go: "drop the rules “…”, “…” and “…”"."""
BETWEEN = regex(rf" ?(?:[,;&]|\b(?:and|or|also|plus|the|{CALLED})\b| )+", re.IGNORECASE)
MOST_LISTED = 24
NO_LONGER = regex(
    r"\bno longer\s+|(?P<be>\b(?:needn't|need not|doesn't (?:have|need) to|don't (?:have|need) to)\s+be\b)",
    re.IGNORECASE,
)
CAN = r"(?:can|may|could|is allowed to|are allowed to)(?:\s+(?:now|again|also|still))?"
MAY = regex(rf"\b{CAN}\s+(?=\w)", re.IGNORECASE)
ANYONE = r"(?:everybody|everyone|anybody|anyone)"
MANY = r"(?:several|two|more than one|many|any number of|as many)"
OWNER = rf"{THE}(?P<owner>{NOUN}?)"
ALLOWED: tuple[tuple[Allowance, re.Pattern[str]], ...] = tuple(
    (allowance, regex(pattern, re.IGNORECASE))
    for allowance, pattern in (
        (
            Allowance.AGAIN,
            (
                rf"^{OWNER}\s+{CAN}\s+be\s+(?P<verb>\w+)(?:\s+out)?\s+(?:again|twice|several times|more than once|"
                rf"a second time|once more|by (?:several|two|many) \w+)(?:\s+{AT_A_TIME}|\s+(?:while|before)\s.+)?$"
            ),
        ),
        (
            Allowance.AGAIN,
            (
                rf"^{OWNER}\s+{CAN}\s+(?:have|take|hold|open|start)\s+(?:{MANY}|another)\s+(?:{OPEN}\s+)?{RECORD}"
                rf"(?:\s+{AT_A_TIME}|\s+(?:while|before)\s.+)?$"
            ),
        ),
        (
            Allowance.AGAIN,
            (
                rf"^(?:two\s+|several\s+)?{RECORD}\s+(?:of|for|in|on|at)\s+(?:the same|one|an?|each|every)\s+"
                rf"(?P<owner>{NOUN}?)\s+{CAN}\s+overlap$"
            ),
        ),
        (Allowance.AGAIN, rf"^{RECORD}\s+{CAN}\s+overlap$"),
        (
            Allowance.AGAIN,
            (
                rf"^(?:please\s+)?(?:allow|permit)\s+(?:{MANY}\s+)?{RECORD}\s+(?:of|for|in|on|at|per)\s+"
                rf"(?:the same|one|an?|each|every)\s+(?P<owner>{NOUN}?)(?:\s+(?:{AT_A_TIME}|to overlap))$"
            ),
        ),
        (
            Allowance.AGAIN,
            (
                rf"^(?:{MANY}\s+)?{RECORD}\s+(?:of|for|in|on|at|per)\s+(?:the same|one|an?|each|every)\s+"
                rf"(?P<owner>{NOUN}?)\s+(?:(?:{CAN}\s+(?:be|take place|run|happen)\s+)?{AT_A_TIME}"
                r"(?:\s+(?:is|are) (?:fine|ok|okay|allowed|possible))?)$"
            ),
        ),
        (Allowance.AGAIN, rf"^(?:allow|permit)\s+overlapping\s+{RECORD}$"),
        (Allowance.AGAIN, rf"^overlapping\s+{RECORD}\s+(?:is|are) (?:fine|ok|okay|allowed|possible)$"),
        (Allowance.ANYBODY, rf"^{ANYONE}\s+{CAN}\s+{VERB_LIST}\s+{THE}(?P<what>{NOUN})$"),
        (Allowance.ANYBODY, rf"^{THE}(?P<what>{NOUN}?)\s+{CAN}\s+be\s+{VERB_LIST}\s+by\s+{ANYONE}$"),
        (
            Allowance.LONGER,
            (
                rf"^{THE}(?P<what>{NOUN}?)\s+{CAN}\s+(?:last|run|take|be|go on)\s+(?:for\s+)?"
                rf"(?:(?:longer|more)\s+than\s+{SPAN}|as long as\s.+|longer)$"
            ),
        ),
    )
)


def each_rule_dropped(sentence: str) -> list[str]:
    """Return a sentence that takes several quoted rules back as one for each; any other by itself.

    What is said behind the last of them stays with it.
    """
    text = " ".join(sentence.split())
    quotes = list(islice(LISTED.finditer(text), MOST_LISTED))
    before = SEVERAL.fullmatch(text[: quotes[0].start()]) if quotes else None
    if before is None:
        return [sentence]
    pairs = takewhile(lambda pair: BETWEEN.fullmatch(text[pair[0].end() : pair[1].start()]), pairwise(quotes))
    *first, last = [quotes[0], *(second for _, second in pairs)]
    lead = f"{before['drop']} the rule"
    return [*(f"{lead} {one[0]}" for one in first), f"{lead} {text[last.start() :]}"] if first else [sentence]


def read_loosening(sentence: str) -> Loosening | None:
    """Return how a sentence takes a rule back, or None where it does nothing of the kind."""
    text = " ".join(sentence.split()).strip(" .!")
    if len(text) > LONGEST_RULE:
        return None
    unneeded = next((match for pattern in NOT_NEEDED if (match := pattern.match(text))), None)
    text = f"drop {unneeded['what']}" if unneeded else text
    quoted = next((match for pattern in QUOTED if (match := pattern.match(text))), None)
    if quoted:
        return Loosening(quoted["rule"].strip(" .…"), noun="rule")
    dropped = next((match for pattern in DROPPED if (match := pattern.match(text))), None)
    if dropped:
        said = (dropped["rule"] or "").strip(" \"'“”.")
        rule, topic = ("", said) if dropped["topic"] or dropped["topic"] == "" else (said, "")
        is_all = bool(dropped["all"])
        if is_all and (every := EVERY.fullmatch(said)):
            return Loosening(noun=dropped["noun"].lower(), is_all=True, is_everything=True, is_both=bool(every["both"]))
        return Loosening(rule, topic, noun=dropped["noun"].lower(), is_all=is_all, is_everything=is_all and not said)
    if NO_LONGER.search(text):
        return Loosening(rule=NO_LONGER.sub(lambda found: "is" if found["be"] else "", TAIL.sub("", text), count=1))
    for plain in reversed(without_tails(text)):
        for allowance, pattern in ALLOWED:
            match = pattern.match(plain)
            if match:
                parts = tuple((key, value) for key, value in match.groupdict().items() if value)
                return Loosening(forbidden(plain), allowance=allowance, parts=parts)
    return Loosening(forbidden(TAKEN_BACK.sub("", text))) if TAKEN_BACK.search(text) and MAY.search(text) else None


def without_tails(text: str) -> list[str]:
    """Return a sentence, then without one after the other of the last words that may say that it was otherwise."""
    found = [text]
    while len(found) <= MOST_TAILS and TAIL.search(found[-1]):
        found.append(TAIL.sub("", found[-1]))
    return found


def forbidden(text: str) -> str:
    """Return the rule that would forbid what a sentence allows: "books may overlap" → "books can't overlap"."""
    return MAY.sub("can't ", text, count=1)
