"""Reads sentences that say a rule: "a lent book can't be lent again", "only the seller may delete an offer".

A reading names what people said; whether the draft has the fields for it is decided when everything was read, by
`bot.planning.built_in.rules.rule_settling`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.documents.entities.declared_rules import Span, TimeUnit
from bot.patterns import regex
from bot.planning.built_in.phrases.left_out_phrases import split_left_out
from bot.planning.built_in.words.numerals import SMALL, TENS, figure

__all__ = ["Form", "Wish", "read_limit_of_field", "read_other_span", "read_rule", "read_span", "split_lending"]

UNITS_SAID = list(SMALL)[1:10]
SAID = (
    *("a", "an", "a dozen", *list(SMALL)[1:], *TENS),
    *(f"{ten}-{unit}" for ten in TENS for unit in UNITS_SAID),
    *(f"{unit} hundred" for unit in ("a", *UNITS_SAID)),
)
COUNTS = {word: figure(word) for word in sorted(SAID, key=len, reverse=True)}
"""Numbers in words, the longest first: "one hundred" before "one"."""
UNITS = {"hour": (1, TimeUnit.HOURS), "h": (1, TimeUnit.HOURS), "hr": (1, TimeUnit.HOURS),
         "day": (1, TimeUnit.DAYS), "week": (7, TimeUnit.DAYS)}  # fmt: skip
SPAN = rf"(?P<count>\d+|{'|'.join(COUNTS)})[ -]?(?P<unit>hours?|hrs?|h|days?|weeks?)"
CANT = (
    r"(?:can't|cannot|can not|must not|mustn't|may not|should not|shouldn't|must never|should never|never|can never|"
    r"may never)"
)
THE = r"(?:(?:an?|the|one|each|every|any|no|single)\s+)?"
NOUN = r"[a-z][\w-]*(?:\s+(?!(?:must|should|can|may|shall)\b)[a-z][\w-]*)?"
AGAIN = r"(?:again|twice|a second time|once more)"
LONGEST_RULE = 400
LEAD = regex(r"^(?:and|but|also|of course|please|obviously|naturally|clearly)[\s,]+", re.IGNORECASE)


class Form:
    """Which rule a sentence says."""

    ONE_OPEN = "one open"
    DERIVED = "derived"
    LENDING = "lending"
    """Derived, with nothing but a verb and a span: "we lend for three weeks"."""
    NO_OVERLAP = "no overlap"
    LIMIT = "limit"
    OWNER = "owner"
    DUE = "due"
    """Derived, from when something began: "books have to be returned within 3 weeks", "due back in 14 days"."""
    AFTER = "after"
    """Derived, said behind a field: "a due date (30 days after the date)"."""
    LASTING = "lasting"
    """A limit between the start and the end of something: "a lease lasts at most 90 days"."""
    NOTATION = "notation"
    """A line as documents have it: "no overlap of starts_at, ends_at per room"."""


@dataclass(frozen=True)
class Wish:
    """A rule as said: its form, the phrases for what it is about, and the span of time in it."""

    form: str
    quote: str
    parts: dict[str, str]
    span: Span | None = None

    def part(self, name: str) -> str:
        """Return a phrase in lower case, or nothing."""
        return (self.parts.get(name) or "").strip(" ,.").lower()


LEFT = r"(?P<left>[^,;:()]{1,80}?)"
RIGHT = r"(?P<right>[^,;:()]{1,80}?)"
WHO = r"(?P<who>[^,;:]{1,80}?)"
AT_A_TIME = r"at\s+(?:a time|once|the same time)"
UNIT = r"(?P<unit>time|moment|period|dates?|days?|slot|nights?|evening|hour|morning|afternoon|week|weekend|season)"
SAME_TIME = rf"(?:(?:for|at|on|in|during)\s+(?:the\s+same|one|a\s+single)\s+(?:[a-z]+\s+)?{UNIT})"
THEN = r"(?:(?:at|for|during|in)\s+(?:that|the same)\s+(?:time|moment|period|slot)|then)"
AT_MOST = r"(?:at most|only|just|no more than|never more than)"
HAS = r"(?:can\s+(?:only\s+)?have|may\s+(?:only\s+)?have|has)"
OPEN = r"(?:open|running|active|current|unfinished)"
OWNER = rf"{THE}(?P<owner>{NOUN})"
RECORD = rf"(?P<record>{NOUN}?)"
HELD = rf"(?P<held>{NOUN}?)"
"""What stands somewhere, or is what is counted itself: "a spot holds one vehicle", "a machine handles one job"."""
TAKEN = r"(?:booked|used|reserved|rented|hired|lent|loaned|borrowed|given|let|assigned)"
DOWN = r"(?:\s(?:down|off|back|up|out)(?=\s))?"
VERB_LIST = r"(?P<actions>\w+(?:(?:,\s*|\s+or\s+|\s+and\s+)\w+)*)"
DEED_LIST = rf"(?P<actions>\w+{DOWN}(?:(?:,\s*|\s+or\s+|\s+and\s+)\w+{DOWN})*)"
"""The same where only somebody may do them, who may also turn something down."""
ING_LIST = r"(?P<actions>\w+ing(?:(?:,\s*|\s+or\s+|\s+and\s+)\w+ing)*)"
OF_STATUS = rf"(?:the|its)\s+(?:status|state)(?:es|s)?\s+of\s+{THE}{NOUN}|{THE}{NOUN}['’]s?\s+(?:status|state)"
THING = rf"(?:(?:their|his|her|its)\s+(?:own\s+)?)?(?P<what>{THE}{NOUN}|{OF_STATUS})"
WHOLE_STATUS = rf"(?P<what>(?:the|its|their|an?|every|each)\s+(?:status|state)|{OF_STATUS})"
CHANGED = r"(?P<actions>changed|updated|edited|modified|set)"
THING_ALONE = rf"(?P<what>{THE}[a-z][\w-]*(?:\s+(?!(?:and|but|nobody|no)\b)[a-z][\w-]*)?)"
SETS = r"(?:set|put|move|switch|turn|change|mark|bring|flag)s?"
SET = r"(?:set|put|moved|switched|turned|changed|marked|brought|flagged)"
STATUS_OF = r"(?:the\s+(?:status|state)\s+of\s+)?"
STEPPED = rf"{STATUS_OF}(?P<what>{THE}[a-z][\w-]*(?:\s+(?!(?:to|as|into|on|in)\b)[a-z][\w-]*)?)"
STATE = r"[a-z][\w-]*(?:\s(?!by\b|or\b|and\b)[a-z][\w-]*){0,2}"
STEP = (
    r"(?:to|as|into|on|in)\s+(?:the\s+(?:status|state)\s+)?"
    rf"[\"“'‘]?(?P<step>{STATE}(?:(?:,\s(?:(?:or|and)\s)?|\s(?:or|and)\s){STATE}){{0,4}})[\"”'’]?"
)
"""A value of a status, to which a row is set: "set a loan to out", "mark it as turned down"."""
DOES = r"(?:add|create|enter|change|edit|update|delete|remove|cancel|approve|confirm|plan|manage|schedule)s?"
ELSE = r"(?:(?:somebody|someone|anybody|anyone)(?:\s+else)?|others|other\s+(?:people|users|members)|another\s+[a-z]+)"
MAY = r"(?:may|can|must|should|(?:(?:is|must be|should be|will be)\s+(?:allowed|able|permitted)\s+to))"
NOBODY_MAY = rf"(?:nobody|no one|no-one)(?:\s+else)?\s+{MAY}"
ELSES = (
    r"(?:(?:somebody|someone|anybody|anyone)\s+else's|others'|other\s+(?:people|member|user)s?'?s?|another\s+[a-z]+'s)"
)
LENDS = r"(?P<verb>lends?|lent|rents?|rented|loans?|loaned|borrows?|borrowed|hires?|hired)"
LATEST = r"(?:(?:but\s+)?at most|within|no later than|not later than|no more than)"
OUT = (
    r"(?:out|away|lent(?: out)?|loaned(?: out)?|on loan|taken|rented(?: out)?|hired(?: out)?|borrowed|checked out|"
    r"in use|given out|with (?:someone|somebody)(?: else)?)"
)
THAT_IS_OUT = rf"(?:that|which)(?:'s|'re|\s+is|\s+are|\s+has been)\s+(?:(?:already|still|currently)\s+)?{OUT}"
THAT_IS_BOOKED = (
    r"(?:(?:that|which)(?:'s| is| has been)|(?:that\s+|which\s+)?(?:someone|somebody)\s+else\s+has)"
    r"\s+(?:already\s+)?(?:booked|reserved|rented|hired|taken|occupied)"
)
TAKE = r"(?:take|borrow|lend|rent|hire|loan|check out|have|get)"
PATTERNS: dict[str, tuple[str, ...]] = {
    Form.ONE_OPEN: (
        (
            rf"^{OWNER}\s+{THAT_IS_OUT},?\s+{CANT}\s+be\s+(?P<verb>{TAKEN}|taken)(?:\s+(?:out|away))?"
            rf"(?:\s+{AGAIN}|\s+(?:by|to)\s+(?:(?:some|any)(?:one|body)(?:\s+else)?|others?|another\s+\w+|two\s+\w+))?$"
        ),
        (
            rf"^{OWNER}\s+(?:can|may|must|should)\s+(?:only\s+)?be\s+(?:out\s+|away\s+|lent\s+)?(?:with|by|to)\s+"
            rf"(?:{AT_MOST}\s+)?(?:one|a single)\s+{NOUN}\s+{AT_A_TIME}$"
        ),
        (
            rf"^no\s+(?P<owner>{NOUN}?)\s+{THAT_IS_OUT},?\s+(?:can|may|must|should)\s+be\s+(?P<verb>{TAKEN}|taken)"
            rf"(?:\s+(?:out|away))?(?:\s+{AGAIN}|\s+(?:by|to)\s+[\w ]+)?$"
        ),
        (
            rf"^{NOBODY_MAY}\s+(?P<verb>{TAKE})\s+{OWNER}\s+{THAT_IS_OUT}"
            rf"(?:\s+already)?(?:\s+(?:by|to)\s+[\w ]+)?$"
        ),
        rf"^{THE}(?P<verb>\w+)\s+(?P<owner>{NOUN})\s+{CANT}\s+be\s+(?P=verb)\s+{AGAIN}\b.*$",
        rf"^{OWNER}\s+(?:can|may)\s+only\s+be\s+(?P<verb>\w+)\s+once\s+{AT_A_TIME}$",
        (
            rf"^{OWNER}\s+(?:can|may|must|should)\s+(?:only\s+)?be\s+(?P<verb>{TAKEN})(?:\s+out)?\s+(?:by|to|for)\s+"
            rf"(?:{AT_MOST}\s+)?(?:one|a single)\s+{NOUN}\s+{AT_A_TIME}$"
        ),
        rf"^{OWNER}\s+{HAS}\s+{AT_MOST}\s+one\s+{OPEN}\s+{RECORD}(?:\s+{AT_A_TIME})?$",
        rf"^{OWNER}\s+{HAS}\s+{AT_MOST}\s+one\s+{RECORD}\s+{AT_A_TIME}$",
        (
            rf"^{OWNER}\s+{CANT}\s+have\s+(?:more than one|two|"
            rf"several)\s+{OPEN}\s+{RECORD}(?:\s+(?:{AT_A_TIME}|at any time))?$"
        ),
        (
            rf"^{AT_MOST}\s+one\s+(?:{OPEN}\s+)?{RECORD}(?:\s+{AT_A_TIME})?\s+(?:per|for|of)\s+{THE}(?P<owner>{NOUN}?)"
            rf"(?:\s+{AT_A_TIME})?(?:\s*\(.*\))?$"
        ),
        (
            rf"^(?:there\s+(?:must|may|can|should)\s+(?:never|not|only)\s+be|never|no)\s+(?:two|"
            rf"more than one)\s+(?:{OPEN}\s+)?{RECORD}"
            rf"(?:\s+(?:still\s+)?(?:{OPEN}|out))?\s+(?:for|of|per|on|at)\s+(?:the same|one|an?|each|"
            rf"any)\s+(?P<owner>(?!\w+ overlap){NOUN}?)"
            rf"(?:\s+{AT_A_TIME})?$"
        ),
        (
            rf"^(?:there (?:is|are|(?:can|may|must|should) be)\s+)?(?:at most|max(?:imum)?|only|just|no more than|"
            rf"never more than)\s+one\s+(?:{OPEN}\s+)?{RECORD}"
            rf"(?:\s+(?:still\s+)?(?:{OPEN}|out))?\s+(?:per|for|of)\s+(?:(?:the same|one|an?|each|"
            rf"any)\s+)?(?P<owner>{NOUN}?)"
            rf"(?:\s+{AT_A_TIME})?(?:,\s.*)?$"
        ),
        (
            rf"^(?:only\s+)?one\s+{OPEN}\s+{RECORD}\s+(?:per|for each|for every|"
            rf"for a)\s+(?P<owner>{NOUN}?)\s+(?:is|at most|only|may|can|at a)"
            r"\b.*$"
        ),
        rf"^one\s+(?:{OPEN}\s+)?{RECORD}\s+(?:per|for each|for every)\s+(?P<owner>{NOUN}?)\s+{AT_A_TIME}$",
        (
            rf"^{OWNER}\s+{CANT}\s+(?:start|begin|open|take|have|make|get)\s+(?:an?|another)\s+"
            rf"(?:(?:new|second|other|further)\s+)?{RECORD}\s+(?:while|until|before|unless|as long as)\s+.+$"
        ),
    ),
    Form.NO_OVERLAP: (
        (
            rf"^(?:the\s+)?(?P<record>{NOUN}?)\s+(?:of|for|in|on|at)\s+(?:the same|one|a|each|any|"
            rf"every)\s+(?P<owner>{NOUN}?)\s+"
            r"(?:(?:must|may|can|should|do|are)\s*(?:not|never|n't)|never|can't|cannot|mustn't|don't|aren't)\s+"
            r"(?:be\s+)?(?:allowed to\s+)?(?:overlap|overlapping|clash|collide)$"
        ),
        (
            rf"^no\s+{OWNER}\s+(?:can|may|must|should|is|gets?)\s+(?:be\s+)?(?:ever\s+)?(?:have|has|"
            rf"hold|in|on|take)\s+two\s+{RECORD}\s+"
            rf"{AT_A_TIME}$"
        ),
        (
            rf"^{OWNER}\s+{CANT}\s+"
            r"(?:have|hold|be (?:out )?(?:in|on|at)|take|teach|drive|work(?: on)?|do|run|play|give|attend|make)\s+"
            rf"(?:two|several|more than one)\s+{RECORD}\s+{AT_A_TIME}$"
        ),
        rf"^{OWNER}\s+{CANT}\s+have\s+(?:two\s+)?overlapping\s+{RECORD}$",
        (
            rf"^no\s+(?P<owner>{NOUN})\s+(?:can|may|must|should)\s+(?:ever\s+)?be\s+(?P<verb>{TAKEN})(?:\s+(?:out|away))?\s+"
            rf"twice\s+(?:{AT_A_TIME}|for overlapping \w+|{SAME_TIME})$"
        ),
        (
            rf"^(?:no\s+)?two\s+{RECORD}\s+(?:{CANT}\s+|can\s+|may\s+)?(?:be\s+(?:held\s+)?|"
            rf"take place\s+|run\s+|happen\s+)?(?:in|of|for|on|at)\s+"
            rf"(?:the same|one|a)\s+(?P<owner>{NOUN}?)\s+(?:{AT_A_TIME}|(?:may |can |must |{CANT} )?overlap)$"
        ),
        (
            rf"^(?P<record>{NOUN}?)\s+(?:of|for|in|on|at)\s+(?:the same|one|a|each)\s+(?P<owner>{NOUN}?)\s+"
            rf"(?:do not|don't|{CANT})\s+overlap$"
        ),
        (
            rf"^{OWNER}\s+{CANT}\s+be\s+(?P<verb>{TAKEN})(?:\s+(?:out|away))?\s+"
            r"(?:twice|by\s+(?:two|several|more than one|different)\s+[\w-]+)\s+"
            rf"(?:{AT_A_TIME}|for overlapping \w+|{SAME_TIME}|at overlapping times)$"
        ),
        (
            rf"^(?:no|never)\s+two\s+{RECORD}\s+{AT_A_TIME}\s+(?:in|of|for|on|at|with)\s+(?:the same|one|an?)\s+"
            rf"(?P<owner>{NOUN})$"
        ),
        rf"^{OWNER}\s+(?:{CANT}|is never|are never)\s+(?:be\s+)?double[- ]?(?P<verb>booked)$",
        rf"^(?:no|never)\s+double[- ]?(?P<verb>book)ings?\s+(?:of|for)\s+(?:the same\s+)?{THE}(?P<owner>{NOUN})$",
        (
            rf"^(?:(?:no\s+)?two|several|different)\s+[\w-]+\s+(?:{CANT}|can|may)\s+"
            r"(?P<verb>book|reserve|rent|hire|borrow|use)\s+"
            rf"(?:the same|one|a)\s+(?P<owner>{NOUN}?)\s+(?:{AT_A_TIME}|{SAME_TIME})$"
        ),
        (
            rf"^{NOBODY_MAY}\s+(?P<verb>{TAKE}|book|reserve|use)\s+an?\s+(?P<owner>{NOUN}?)\s+"
            rf"(?:{THAT_IS_OUT}(?:\s+already)?\s+{THEN}|{THAT_IS_BOOKED}(?:\s+{THEN})?)$"
        ),
        rf"^(?:no\s+)?(?:two\s+)?{RECORD}\s+(?:(?:{CANT}|do not|don't)\s+(?:ever\s+)?|(?:can|may|must)\s+)?overlap$",
        (
            rf"^{OWNER}\s+(?:can|may|must|should|is allowed to)\s+(?:only\s+|ever\s+)*be\s+"
            rf"(?:in|on|at|part of|(?:assigned|booked|used|given)\s+(?:to|for|in|on|by))\s+"
            rf"(?:{AT_MOST}\s+)?(?:one|a single)\s+{RECORD}\s+{AT_A_TIME}$"
        ),
        (
            rf"^{OWNER}\s+(?:can|may|must|should)\s+(?:only\s+)?(?:hold|host|take|fit|serve|handle|store|carry|keep|do|run|play|lead|teach|give|guide)\s+"
            rf"(?:{AT_MOST}\s+)?(?:one|a single)\s+{HELD}\s+{AT_A_TIME}$"
        ),
        rf"^{OWNER}\s+(?:hold|host|take|fit|serve)s?\s+(?:{AT_MOST}\s+)?(?:one|a single)\s+{HELD}\s+{AT_A_TIME}$",
        (
            rf"^(?:no|never|avoid|prevent|there\s+(?:{CANT}|should\s+never)\s+be)\s+(?:any\s+)?"
            r"double[- ]?(?P<verb>book)ings?(?:\s+(?:allowed|possible|ever|please))*$"
        ),
        (
            r"^double[- ]?(?P<verb>book)ings?\s+(?:is|are|must be|should be)\s+"
            r"(?:not allowed|forbidden|impossible|prevented|refused|avoided)$"
        ),
        rf"^no\s+overlapping\s+{RECORD}(?:\s+(?:of|for|in|on|at|per)\s+(?:the same\s+)?{THE}(?P<owner>{NOUN}))?$",
    ),
    Form.OWNER: (
        rf"^only\s+{WHO}\s+(?:(?:may|can|should|(?:is|are) allowed to)\s+)?{SETS}\s+{STEPPED}\s+{STEP}$",
        (
            rf"^(?:nobody|no one|no-one)\s+(?:but|except|other than)\s+{WHO}\s+(?:(?:may|can)\s+)?"
            rf"{SETS}\s+{STEPPED}\s+{STEP}$"
        ),
        rf"^{WHO}\s+(?:only|alone)\s+(?:may|can|(?:is|are) allowed to)\s+{SETS}\s+{STEPPED}\s+{STEP}$",
        (
            rf"^{STEPPED}\s+(?:may|can|should|must|is to|are to|shall)\s+(?:only|solely|exclusively)\s+be\s+{SET}\s+"
            rf"{STEP}\s+by\s+{WHO}$"
        ),
        (
            rf"^(?:setting|putting|moving|switching|turning|changing|marking|bringing)\s+{STEPPED}\s+{STEP}\s+is\s+"
            r"(?:only\s+)?(?:up to|left to|reserved for)\s+(?P<who>[^,;:]{1,80})$"
        ),
        rf"^only\s+{WHO}\s+(?:may|can|is allowed to|are allowed to|should)\s+(?!be\b){DEED_LIST}\s+{THING}$",
        (
            rf"^(?:nobody|no one|no-one)\s+(?:but|except|other than)\s+{WHO}\s+(?:(?:may|can)\s+)?"
            rf"{VERB_LIST}\s+{THING}$"
        ),
        (
            rf"^{WHO}\s+(?:may|can|(?:is|are) allowed to)\s+(?!be\b|only\b){VERB_LIST}\s+{THING_ALONE},?\s+"
            r"(?:(?:and|but)\s+)?(?:nobody|no one|no-one)\s+else(?:\s+(?:may|can|is))?$"
        ),
        rf"^{WHO}\s+(?:only|alone)\s+(?:may|can|(?:is|are) allowed to)\s+(?!be\b){VERB_LIST}\s+{THING}$",
        (
            rf"^only\s+(?:an?\s+|the\s+|our\s+)?(?P<who>[a-z][\w-]*(?:\s[a-z][\w-]*)?(?:\s(?:and|or)\s[a-z][\w-]*)?)\s+"
            rf"(?P<actions>{DOES}(?:(?:,\s*|\s+or\s+|\s+and\s+){DOES})*)\s+{THING}$"
        ),
        rf"^{NOBODY_MAY}\s+{VERB_LIST}\s+(?:{THING}\s+(?:of|from|by)\s+{ELSE}|{ELSES}\s+(?P<things>{NOUN}))$",
        rf"^(?:you|users?|people|they)\s+{CANT}\s+{VERB_LIST}\s+(?:{ELSES}\s+(?P<what>{NOUN})|(?P<things>{NOUN})\s+of\s+{ELSE})$",
        (
            rf"^{THING}\s+(?:(?:may|can|should|must|is to|are to|shall)\s+(?:only|solely|"
            rf"exclusively)\s+be|(?:may|can|should|must|shall)\s+be)\s+"
            rf"{VERB_LIST}\s+(?:only\s+|solely\s+|exclusively\s+)?by\s+{WHO}(?:\s+alone|\s+only)?$"
        ),
        rf"^only\s+{WHO}\s+(?P<actions>sets?|changes?|updates?)\s+{WHOLE_STATUS}$",
        rf"^{WHOLE_STATUS}\s+(?:is|are)\s+(?:only|solely)\s+{CHANGED}\s+by\s+{WHO}$",
        rf"^{WHOLE_STATUS}\s+(?:is|are)\s+{CHANGED}\s+only\s+by\s+{WHO}$",
        rf"^{WHOLE_STATUS}\s+(?:is|are)\s+{CHANGED}\s+by\s+{WHO}\s+(?:only|alone)$",
        (
            rf"^(?P<who>{NOUN}?)\s+(?:(?:can|may|should)\s+)?{VERB_LIST}\s+(?:their|his|her|its)\s+own\s+"
            rf"(?P<what>{NOUN}?)\s+only$"
        ),
        (
            rf"^(?P<who>{NOUN}?)\s+(?:(?:can|may)\s+)?(?:only\s+)?{VERB_LIST}\s+(?:only\s+)?(?:their|"
            rf"his|her|its)\s+own\s+"
            rf"(?P<what>{NOUN}?)(?:,?\s*(?:never|not)\s+.+)?$"
        ),
        (
            rf"^{ING_LIST}\s+{THING}\s+is\s+(?:only\s+)?(?:up to|left to|reserved for)\s+(?P<who>.+?)"
            r"(?:\s+(?:and|,)\s+(?:no one|nobody).*)?$"
        ),
    ),
    Form.LASTING: (
        (
            rf"^{THE}(?P<what>{NOUN}?)\s+(?:may |can |must |should )?(?:lasts?|runs?|takes?|"
            rf"goes on)\s+(?:for\s+)?(?:at most\s+)?{SPAN}\s+at most$"
        ),
        (
            rf"^{THE}(?P<what>{NOUN}?)\s+(?:may |can |must |should )?(?:lasts?|runs?|takes?|goes on)\s+(?:for\s+)?"
            rf"(?:at most|no longer than|not longer than|no more than|up to)\s+{SPAN}$"
        ),
        (
            rf"^{THE}(?P<what>{NOUN}?)\s+(?:may|can|must|should)\s*(?:not|n't|never)\s+(?:last|run|"
            rf"take|be|go on)\s+(?:for\s+)?(?:longer|more)\s+than\s+{SPAN}$"
        ),
    ),
    Form.LENDING: (
        rf"^(?P<thing>{NOUN}?)\s+(?:is|are)\s+(?:always\s+)?{LENDS}\s+(?:out\s+)?for\s+{SPAN}$",
        rf"^(?:(?:we|you)\s+)?(?:always\s+)?{LENDS}\s+(?:(?:it|them|{NOUN})\s+)??(?:out\s+)?for\s+{SPAN}$",
    ),
    Form.LIMIT: (
        (
            rf"^{LEFT}\s+(?:(?:is|are|must be|has to be|can be|may be)\s+)?{LATEST}\s+{SPAN}\s+(?:after|of)\s+"
            rf"{RIGHT}$"
        ),
    ),
    Form.DUE: (
        (
            rf"^(?:(?:it|they)\s+(?:is|are)\s+|{THE}(?P<what>(?!it\b|they\b){NOUN}?)\s+(?:is|are|falls?)\s+)?"
            rf"(?:always\s+)?(?P<due>due)(?:\s+back)?\s+(?:in|within|after)\s+{SPAN}$"
        ),
        (
            rf"^{THE}(?P<what>{NOUN}?)\s+(?:has to|have to|must|should|needs? to|is to|are to)\s+be\s+"
            rf"(?:returned|back|paid|settled|(?:brought|given|handed|taken|sent)\s+back)\s+"
            rf"(?:in|within|after|no later than|at most)\s+{SPAN}$"
        ),
    ),
    Form.DERIVED: (
        (
            rf"^{LEFT}\s+(?:is|are|falls?|becomes?)\s+(?:always\s+|automatically\s+)?(?P<due>due\s+"
            rf")?{SPAN}\s+(?:after|from)\s+"
            rf"{RIGHT}(?:,\s*nobody\s.+)?$"
        ),
        rf"^{LEFT}\s+(?P<verb>runs? out|expires?|ends?|lapses?)\s+{SPAN}\s+(?:after|from)\s+{RIGHT}$",
        rf"^(?:it is |and )?(?P<due>due)\s+(?:always\s+)?{SPAN}\s+(?:after|from)\s+{RIGHT}$",
        rf"^(?P<left>[\w ]+?)\s*=\s*(?P<right>[\w ]+?)\s*\+\s*{SPAN}$",
    ),
}
COMPILED = tuple((form, regex(pattern, re.IGNORECASE)) for form, patterns in PATTERNS.items() for pattern in patterns)
LENDING_TAIL = regex(rf"^(?P<rest>(?!we\b|you\b)[^,;:]*?\b{LENDS}\b[^,;:]*?)\s+(?P<tail>for\s+{SPAN})$", re.IGNORECASE)
BETWEEN = regex(
    rf"^(?P<rule>.+?),?\s+(?:(?:counted|measured)\s+)?(?:from|between)\s+{THE}(?P<start>[a-z][\w-]*)\s+"
    rf"(?:until|till|to|and)\s+{THE}(?P<end>[a-z][\w-]*)$",
    re.IGNORECASE,
)
"""A rule against overlaps with the moments that it counts: "…, from departs until arrives"."""
AFTER_FIELD = regex(rf"^(?:which is\s+)?(?:always\s+)?{SPAN}\s+(?:after|from)\s+{RIGHT}$", re.IGNORECASE)
OF_FIELD = regex(rf"^{LATEST}\s+{SPAN}\s+(?:after|of)\s+{RIGHT}$", re.IGNORECASE)


def read_span(match: re.Match[str]) -> Span:
    """Return the span of time in a match; weeks are counted in days."""
    factor, unit = UNITS[match["unit"].lower().rstrip("s")]
    return Span(count=figure(match["count"]) * factor, unit=unit)


@lru_cache(maxsize=1_000)
def read_rule(sentence: str) -> Wish | None:
    """Return the rule that a whole sentence says, or None where it says anything else."""
    text = LEAD.sub("", " ".join(sentence.split())).strip(" .!")
    if len(text) > LONGEST_RULE:
        return None
    counted, apart = split_left_out(text)
    between = BETWEEN.match(counted)
    for form, pattern in COMPILED:
        match = pattern.match((between["rule"] if between else counted) if form == Form.NO_OVERLAP else text)
        if match:
            parts = {key: value or "" for key, value in match.groupdict().items()}
            if form == Form.OWNER and not parts.get("who"):
                parts |= {"who": "owner", "what": parts.get("what") or parts.get("things", "")}
            if form == Form.NO_OVERLAP:
                parts |= {"apart": apart} | ({"start": between["start"], "end": between["end"]} if between else {})
            return Wish(form, sentence.strip(), parts, read_span(match) if parts.get("count") else None)
    return None


def split_lending(sentence: str) -> tuple[str, Wish] | None:
    """Part "people borrow them for three weeks" into what is said besides, and the span as a rule; or return None."""
    match = LENDING_TAIL.match(sentence.strip(" .")) if len(sentence) <= LONGEST_RULE else None
    if match is None:
        return None
    return match["rest"], Wish(Form.LENDING, match["tail"], {"verb": match["verb"]}, read_span(match))


def read_limit_of_field(item: str) -> Wish | None:
    """Return the limit that an item puts on the field before it: "last day, at most 12 weeks after the first day"."""
    after = AFTER_FIELD.match(item.strip())
    if after:
        return Wish(Form.AFTER, item.strip(), {"right": after["right"]}, read_span(after))
    match = OF_FIELD.match(item.strip())
    return Wish(Form.LIMIT, item.strip(), {"left": "", "right": match["right"]}, read_span(match)) if match else None


OTHER_SPAN = tuple(
    regex(pattern, re.IGNORECASE)
    for pattern in (
        rf"^make\s+(?P<what>.+?)\s+{SPAN}(?:\s+(?:long|instead|now))?$",
        (
            rf"^(?P<what>.+?\b(?:for|due after|after|within|at most))\s+{SPAN}\s+(?:instead|now|"
            rf"from now on)(?:\s+of\s.+)?$"
        ),
        rf"^(?P<what>.+?\b(?:is|are)\s+due)\s+(?:after|within|in)\s+{SPAN}$",
        rf"^(?:extend|shorten|change|set|raise|lower|increase|reduce)\s+(?P<what>.+?)\s+(?:from\s.+?\s+)?to\s+{SPAN}$",
        (
            rf"^(?P<what>.+?)\s+(?:is|are|lasts?|takes?|should be|must be)\s+{SPAN}(?:\s+long)?(?:\s+"
            rf"(?:instead|now|from now on))(?:\s+of\s.+)?$"
        ),
        rf"^{SPAN}\s+instead(?P<what>(?:\s+of\s.+)?)$",
    )
)


def read_other_span(sentence: str) -> tuple[Span, str] | None:
    """Return the span that is to hold from now on, and of what, as in "make it four weeks"; or None."""
    text = LEAD.sub("", " ".join(sentence.split())).strip(" .!")
    for pattern in OTHER_SPAN if len(text) <= LONGEST_RULE else ():
        match = pattern.match(text)
        if match:
            return read_span(match), match["what"]
    return None
