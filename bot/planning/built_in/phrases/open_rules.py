"""Reads rules that no declared form holds, as far as to say them back: an order of moments, a limit by another thing's
amount, a count of records, an exception to a rule. They are told as understood, and stay open tasks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.patterns import regex
from bot.planning.built_in.phrases.rations import read_ration
from bot.planning.built_in.phrases.rule_phrases import AT_A_TIME, CANT, COUNTS, NOUN, THE, Form, read_rule
from bot.planning.built_in.phrases.rule_sentences import is_rule_sentence
from bot.planning.built_in.words.numerals import figure
from bot.planning.built_in.words.vocabulary import straight

__all__ = [
    "FORBIDS",
    "OpenForm",
    "OpenRule",
    "is_of_table",
    "is_order",
    "is_ration",
    "is_rule_like",
    "is_together",
    "read_open_rule",
    "rules_of",
    "without_times",
]

LONGEST = 400
RULE_LIKE = regex(
    rf"\b(?:{CANT}|must|has to|have to|may only|can only|only (?:if|when|while|by|after|before|from|"
    rf"until)|never|at most|"
    r"at least|no more than|not more than|no fewer than|no less than|fewer than|more than|exceeds?|unless|until|"
    r"(?:only|at most|just) once (?:per|an?|each|every|for|in)|"
    r"not allowed|isn't allowed|is forbidden|are forbidden|impossible|makes? no sense|(?:don't|"
    r"doesn't|do not|does not) count|"
    r"nobody|no one|no two|no double|nothing (?:can|may|must|should|will)|"
    r"only\s+(?:[\w-]+\s+){1,8}?(?:may|can)|none of|"
    r"^no\s+(?!longer\b|matter\b|idea\b|need\b|accounts?\b|logins?\b|other\b|further\b)[a-z][\w-]*\s+"
    r"(?:may|must|is|are|has|have|gets?|[a-z]+s)(?=\s+\w)|shall (?:not|refuse|reject|deny|prevent)|"
    r"(?:up to|within)\s+(?:\d+|an?|one|two|three)\s+(?:minutes?|hours?|days?|weeks?|months?)"
    r"(?:\s+(?:before|after|of)\b|$))\b",
    re.IGNORECASE,
)
"""Words that a rule has and a description has not."""
FORBIDS = regex(
    rf"\b(?:{CANT}|never|only|at most|at least|no more|more than|not more than|no less than|"
    r"no fewer than|exceeds?|unless|until|"
    r"not allowed|(?:isn't|aren't) (?:allowed|accepted|permitted)|not (?:accepted|permitted)|forbidden|impossible|"
    r"makes? no sense|nobody|no one|none of|no two|no double|nothing (?:can|may|must)|"
    r"(?:must|has to|have to|needs? to) be (?:refused|rejected|turned (?:away|down)|sent away)|"
    r"^no\s(?=[a-z])|up to|within|"
    r"(?:is|are|be) (?:after|before|later|earlier)|unique|CHECK)\b",
    re.IGNORECASE,
)
"""Words that say what must be refused."""


class OpenForm:
    """Which rule a sentence says."""

    ORDER = "order"
    """One moment is never before another one."""
    PAST = "past"
    """A moment is not in the past."""
    FUTURE = "future"
    """A moment is not in the future."""
    COMPARED = "compared"
    """An amount is at most another one, of the same thing or of one that it names."""
    COUNT = "count"
    """At most so many records, of one owner or in all."""
    EXCEPTION = "exception"
    """Records that a rule doesn't count."""
    TOGETHER = "together"
    """Values of several fields that occur once together: "the vintage is unique per vineyard"."""
    CHECK = "check"
    """A check of a table that no limit of one field holds, as SQL has it."""


@dataclass(frozen=True)
class OpenRule:
    """A rule as said: its form, the phrases for what it is about, and the number in it."""

    form: str
    parts: tuple[tuple[str, str], ...]
    count: int = 0

    def part(self, name: str) -> str:
        """Return a phrase in lower case, or nothing."""
        return dict(self.parts).get(name, "").strip(" ,.").lower()


PHRASE = r"[^,;:()]{1,60}?"
FIRST, SECOND = rf"(?P<early>{PHRASE})", rf"(?P<late>{PHRASE})"
BE = r"(?:is|are|must be|has to be|have to be|should be|must come|comes|lies|must lie|shall be)"
BEGINS, ENDS = r"(?:starts?|begins?|started|begun|beginning)", r"(?:ends?|finish(?:es)?|stops?|ended)"
OTHER_END = rf"(?:(?:it|they)\s+(?:has\s+|have\s+)?|its\s+|their\s+|the\s+)(?:{BEGINS}|{ENDS})"
NUMBER = rf"(?P<count>\d{{1,6}}|{'|'.join(COUNTS)})"
COUNTED_WHEN = rf"(?:\s+(?:{AT_A_TIME}|out|open|(?:per|a|each) (?P<span>day|week|month|year)))*"
MORE = r"(?:more|larger|bigger|higher|greater)"
PATTERNS: tuple[tuple[str, str], ...] = (
    (
        OpenForm.ORDER,
        (
            rf"^{THE}{SECOND}\s+before\s+{THE}{FIRST}\s+(?:makes?|is|are)\s+(?:no sense|nonsense|wrong|"
            rf"not allowed|impossible|an error)$"
        ),
    ),
    (
        OpenForm.ORDER,
        (
            rf"^{THE}{FIRST}\s+after\s+{THE}{SECOND}\s+(?:makes?|is|are)\s+(?:no sense|nonsense|wrong|"
            rf"not allowed|impossible|an error)$"
        ),
    ),
    (
        OpenForm.ORDER,
        (
            rf"^{THE}{SECOND}\s+(?:{CANT}|is never|are never|isn't|is not)\s+(?:be\s+|lie\s+|come\s+"
            rf")?(?:before|earlier than)\s+{THE}{FIRST}$"
        ),
    ),
    (
        OpenForm.ORDER,
        (
            rf"^{THE}{FIRST}\s+(?:{CANT}|is never|are never|isn't|is not)\s+(?:be\s+|lie\s+|come\s+"
            rf")?(?:after|later than)\s+{THE}{SECOND}$"
        ),
    ),
    (OpenForm.ORDER, rf"^{THE}{SECOND}\s+{BE}\s+(?:always\s+)?(?:after|later than|behind)\s+{THE}{FIRST}$"),
    (OpenForm.ORDER, rf"^{THE}{FIRST}\s+{BE}\s+(?:always\s+)?(?:before|earlier than)\s+{THE}{SECOND}$"),
    (
        OpenForm.ORDER,
        (
            rf"^{THE}(?P<what>{NOUN}?)\s+(?:{CANT}|never)\s+ends?\s+before\s+(?:it\s+)?(?P<early>starts?|"
            rf"begins?)(?:\s+starts?)?(?P<late>)$"
        ),
    ),
    (
        OpenForm.ORDER,
        (
            rf"^{THE}(?P<what>{NOUN}?)(?:'s)?\s+(?:(?:must|has to|have to|should|shall|can only|may only)\s+)?"
            rf"(?:always\s+)?(?:{ENDS}\s+(?:only\s+)?after|{BEGINS}\s+before)\s+{OTHER_END}$"
        ),
    ),
    (
        OpenForm.ORDER,
        (rf"^{THE}(?P<what>{NOUN}?)\s+(?:{CANT}|never)\s+(?:{ENDS}\s+before|{BEGINS}\s+after)\s+{OTHER_END}$"),
    ),
    (OpenForm.PAST, rf"^{THE}{FIRST}\s+(?:{CANT}|is never|are never|isn't)\s+(?:be\s+|lie\s+)?in the past$"),
    (OpenForm.PAST, rf"^{THE}{FIRST}\s+{BE}\s+(?:always\s+)?in the future$"),
    (OpenForm.FUTURE, rf"^{THE}{FIRST}\s+(?:{CANT}|is never|are never|isn't)\s+(?:be\s+|lie\s+)?in the future$"),
    (OpenForm.FUTURE, rf"^{THE}{FIRST}\s+{BE}\s+(?:always\s+)?in the past$"),
    (
        OpenForm.COMPARED,
        (
            rf"^(?:there (?:can|may|must) (?:never |not )?be\s+)?(?:no|not|never)\s+more\s+{FIRST}\s+than\s+"
            rf"{THE}(?P<owner>{NOUN}?)\s+(?:has|have|holds?|allows?|offers?|takes?)\s*(?P<late>{NOUN})?(?:\s+"
            rf"for)?$"
        ),
    ),
    (
        OpenForm.COMPARED,
        (
            rf"^{THE}{FIRST}\s+(?:{CANT}|may never|is never|are never)\s+(?:be\s+)?(?:exceed|exceeds|"
            rf"{MORE} than|above|over|beyond)\s+{THE}{SECOND}$"
        ),
    ),
    (
        OpenForm.COMPARED,
        (
            rf"^{THE}{FIRST}\s+(?:{BE}|may be|can be)\s+(?:at most|no {MORE} than|not {MORE} than|below|"
            rf"smaller than|less than)\s+{THE}(?P<late>(?!\d)(?!{'|'.join(COUNTS)}\b){PHRASE})$"
        ),
    ),
    (
        OpenForm.COUNT,
        (
            rf"^{THE}(?P<owner>{NOUN}?)\s+(?:can|may|must|should|has|have)\s*(?:only\s+)?(?:[a-z]+\s+"
            rf")?(?:at most|no more than|up to|only|not more than|a maximum of)\s+"
            rf"{NUMBER}\s+(?P<record>{NOUN}?){COUNTED_WHEN}$"
        ),
    ),
    (
        OpenForm.COUNT,
        (
            rf"^{THE}(?P<owner>{NOUN}?)\s+{CANT}\s+[a-z]+\s+more than\s+"
            rf"{NUMBER}\s+(?P<record>{NOUN}?){COUNTED_WHEN}$"
        ),
    ),
    (
        OpenForm.COUNT,
        (
            rf"^(?:there (?:can|may|must) (?:never |not )?be\s+)?(?:at most|no more than|never more than|"
            rf"not more than|only|max(?:imum)?(?: of)?)\s+{NUMBER}\s+(?P<record>{NOUN}?)(?:\s+(?:out|open|"
            rf"at work|running))?(?:\s+{AT_A_TIME})?(?:\s+(?:per|a|each) (?P<span>day|week|month|"
            rf"year))?(?:\s+(?:per|for each|for every|for|of)\s+{THE}(?P<owner>{NOUN}))?(?:\s+"
            rf"{AT_A_TIME})?(?:\s+(?:per|a|each) (?P<later_span>day|week|month|year))?$"
        ),
    ),
    (
        OpenForm.EXCEPTION,
        (
            rf"^{THE}(?P<record>{NOUN}(?:\s+(?:and|or)\s+{NOUN})?)\s+(?:do not|don't|does not|doesn't|never|"
            rf"{CANT})\s+(?:be\s+)?count(?:ed)?(?:\s+(?:for|towards?|against|as|when|in|to)\b.*)?$"
        ),
    ),
    (
        OpenForm.EXCEPTION,
        (
            rf"^(?:except|but not|not counting|leaving out|unless it is|other than)\s+(?:for\s+"
            rf")?(?P<record>{NOUN})$"
        ),
    ),
)
ONE_NAME = r"[a-z][\w-]*(?:\s+(?!and\b|or\b|which\b|that\b|is\b|are\b)[a-z][\w-]*){0,2}?"
ONCE = r"(?:is|are|must be|has to be|have to be|should be)\s+(?:always\s+)?(?:only\s+)?unique"
SAME = r"(?:have|has|share|carry|get)\s+the\s+same"
MAY = r"(?:(?:can|may|must|should)\s+)?"
ONCE_TOGETHER: tuple[tuple[str, str], ...] = (
    (
        OpenForm.TOGETHER,
        (
            rf"^(?:make\s+)?{THE}(?P<early>{ONE_NAME})\s+(?:{ONCE}|unique)\s+(?:only\s+)?(?:per|(?:within|inside|for|in)\s+"
            rf"(?:each|every|one|an?|the same|its|their|that))\s+{THE}(?P<late>{NOUN})$"
        ),
    ),
    (
        OpenForm.TOGETHER,
        (
            rf"^(?:(?:the\s+)?(?:combination|pair)\s+of\s+)?{THE}(?P<early>{ONE_NAME})\s+and\s+{THE}(?P<late>{ONE_NAME})"
            rf"\s+(?:(?:taken\s+)?together\s+{ONCE}|{ONCE}\s+(?:(?:taken\s+)?together|in combination|as a pair))$"
        ),
    ),
    (
        OpenForm.TOGETHER,
        (
            rf"^(?:the\s+)?(?:combination|pair)\s+of\s+{THE}(?P<early>{ONE_NAME})\s+and\s+{THE}(?P<late>{ONE_NAME})"
            rf"\s+{ONCE}$"
        ),
    ),
    (
        OpenForm.TOGETHER,
        (
            rf"^no two\s+(?P<what>{NOUN}?)\s+(?:of|in|for|on|at|from)\s+the\s+same\s+(?P<late>{ONE_NAME})\s+{MAY}"
            rf"{SAME}\s+(?P<early>{ONE_NAME})$"
        ),
    ),
    (
        OpenForm.TOGETHER,
        rf"^no two\s+(?P<what>{NOUN}?)\s+{MAY}{SAME}\s+(?P<early>{ONE_NAME})\s+and\s+{THE}(?P<late>{ONE_NAME})$",
    ),
    (OpenForm.TOGETHER, r"^(?P<what>\w+): UNIQUE(?: \w+)? \((?P<early>\w+), (?P<late>[\w, ]+)\)$"),
    (OpenForm.CHECK, r"^(?P<what>\w+): CHECK \((?P<early>\w+) (?P<sign>[<>]=?) (?P<late>\w+)\)$"),
    (OpenForm.CHECK, r"^(?P<what>\w+): CHECK \((?P<rest>.+)\)$"),
)
"""What several fields say together, in words and as a table of SQL says it."""
PATTERNS = (*PATTERNS, *ONCE_TOGETHER)
COMPILED = tuple((form, regex(pattern, re.IGNORECASE)) for form, pattern in PATTERNS)
TIMES = regex(rf"\s+(?:{AT_A_TIME}|(?:per|a|each) (?:day|week|month|year))(?=[\s.!]*$)", re.IGNORECASE)
"""When a limited number counts, at the end of its sentence."""
OF_TABLE = regex(r"^\w+: (?:UNIQUE|CHECK)\b.*\)$")
RATION = regex(
    rf"^{THE}{NOUN}?\s+(?:(?:can|may|must|should|always|only)\s+)*(?:(?:gets?|receives?)\s+(?:(?:at most|only|just|"
    r"up to|exactly|no more than|not more than)\s+)?|"
    r"(?:has|have)\s+(?:at most|only|up to|no more than|not more than)\s+)"
    rf"(?:one|1|a single)\s+{NOUN}?\s+(?:per|an?|each|every|in a|in any)\s+(?:day|night|week|month|quarter|year|season)"
    r"[\s.!]*$",
    re.IGNORECASE,
)
"""How often somebody gets one of something, which names none of them: "a household gets at most one parcel a week"."""
LEAD = regex(r"^(?:and|but|also|of course|please|note that)\s+", re.IGNORECASE)


@lru_cache(maxsize=1_000)
def read_open_rule(sentence: str) -> OpenRule | None:
    """Return the rule that a whole sentence says, or None where it says anything else."""
    text = LEAD.sub("", straight(sentence)).strip(" .!")
    for form, pattern in COMPILED if len(text) <= LONGEST else ():
        match = pattern.match(text)
        if match:
            parts = {key: value for key, value in match.groupdict().items() if value}
            count = parts.pop("count", "")
            return OpenRule(form, tuple(parts.items()), figure(count) if count else 0)
    return None


def without_times(sentence: str) -> str:
    """Return a sentence that limits a number as it describes things: without "at once", "per day" at its end."""
    said = read_open_rule(sentence)
    return TIMES.sub("", sentence) if said is not None and said.form == OpenForm.COUNT else sentence


def is_ration(sentence: str) -> bool:
    """Tell whether a whole sentence says how often somebody gets one of something."""
    return len(sentence) <= LONGEST and RATION.match(LEAD.sub("", straight(sentence))) is not None


def is_order(sentence: str) -> bool:
    """Tell whether a whole sentence says that something never ends before it starts."""
    said = read_open_rule(sentence)
    return said is not None and said.form == OpenForm.ORDER and bool(said.part("what"))


def is_together(sentence: str) -> bool:
    """Tell whether a whole sentence says what occurs once together, which no field by itself can hold."""
    said = read_open_rule(sentence)
    return said is not None and said.form == OpenForm.TOGETHER


def is_of_table(piece: str) -> bool:
    """Tell whether a piece is a constraint of a table as SQL has it: what stands in its brackets is no note."""
    return OF_TABLE.match(piece) is not None


def is_rule_like(sentence: str) -> bool:
    """Tell whether a sentence has words that a rule has."""
    if len(sentence) > LONGEST:
        return False
    wish = read_rule(sentence)
    is_counting = wish is not None and wish.form in {Form.NO_OVERLAP, Form.ONE_OPEN, Form.DUE}
    is_like = RULE_LIKE.search(sentence) is not None or read_open_rule(sentence) is not None
    return is_counting or is_like or read_ration(sentence) is not None or is_rule_sentence(sentence)


JOINT = (
    r"(?:,\s+(?:and\s+|but\s+)?|;\s+(?:and\s+)?|\s+and\s+)(?=(?:an?|each|every|the|all|any)\s+[a-z]|"
    r"(?!(?:its|this|is|has|was|as|yes|us|always)\b)(?:[a-z]+\s)?[a-z]+s\s+"
    r"(?:must|can|may|have to|has to|are|should|last|never)\b{})"
)
JOINED_RULES = regex(
    JOINT.format(r"|(?:no\s+[a-z]|(?:at most|no more than|only|nobody|no one|no-one)\s)"), re.IGNORECASE
)
"""What joins two rules that each say of what they are."""
JOINED_FORMS = regex(JOINT.format(""), re.IGNORECASE)
"""What joins rules of which one could be read as all of the sentence."""
DEPENDS = regex(
    r"^(?:if|unless|when|whenever|once|as soon as|as long as|until|till|while|before|after|with|without|provided|"
    r"in case)\b",
    re.IGNORECASE,
)


RULE_BEHIND = regex(
    rf"^(?P<main>.+?),\s+(?:and|but)\s+"
    rf"(?P<rule>(?:the same\s+[^,]{{1,60}}?\s+{CANT}|no two|no\s+[\w-]+\s+{CANT}|never two)\s.+)$",
    re.IGNORECASE,
)
"""A description with a rule behind it: "…, and the same seat can't be booked twice"."""


def rules_of(sentence: str) -> list[str]:
    """Return the rules of a sentence that joins several by "and", each by itself; a list of one for any other."""
    if len(sentence) > LONGEST:
        return [sentence]
    is_one = read_rule(sentence) is not None
    parts = joined_rules(sentence, JOINED_FORMS if is_one else JOINED_RULES)
    if len(parts) > 1 or is_one:
        return parts
    behind = RULE_BEHIND.match(sentence)
    return [behind["main"], behind["rule"]] if behind and is_rule_like(behind["rule"]) else [sentence]


def joined_rules(sentence: str, joint: re.Pattern[str]) -> list[str]:
    """Return the rules that a sentence joins; what is none belongs to the rule before it."""
    if DEPENDS.match(LEAD.sub("", sentence)):
        return [sentence]
    starts = [0, *(match.end() for match in joint.finditer(sentence)), len(sentence)]
    parts: list[str] = []
    for start, end in pairwise(starts):
        if parts and not is_rule(joint.sub("", f"{sentence[start:end]} ").strip(" ,;")):
            parts[-1] += sentence[start:end]
        else:
            parts.append(sentence[start:end])
    plain = [re.sub(r"(?:\s*[,;]\s*(?:and|but)?|\s+and)\s*$", "", part, flags=re.IGNORECASE) for part in parts]
    return plain if all(is_rule(part) for part in plain) else [sentence]


def is_rule(part: str) -> bool:
    """Tell whether a part of a sentence is a rule by itself."""
    return read_rule(part) is not None or is_rule_like(part)
