"""Tells what a letter says of how things are today from what it wants: "until now it was in a notebook, which "
"got wet".

Background is quoted, and nothing is made of it: no thing, no fact, and no task.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import straight

__all__ = ["is_background"]

LONGEST = 400
LEAD = r"(?:(?:and|but|so|well|also|of course|unfortunately|sadly|honestly|frankly|sometimes|often)\b,?\s+)*"
PAPER = (
    r"(?:spreadsheets?|excel|paper|notebooks?|index cards?|diary|diaries|binders?|whiteboards?|blackboards?|"
    r"post-its?|"
    r"e-?mails?|whatsapp|by hand|in (?:my|our|her|his) heads?|folders?|ring binders?|sticky notes|google "
    r"(?:sheet|doc)s?|"
    r"sheets? of paper|lists? on the wall|calendar on the wall|cardboard|shoe ?box(?:es)?)"
)
TODAY = (
    r"(?:so far|until now|up to now|till now|up until now|at the moment|currently|right now|nowadays|today|"
    r"these days|"
    r"at present|for years|for ages|in the past|previously|traditionally)"
)
LAST = (
    r"(?:last (?:year|month|week|winter|summer|spring|autumn|season|time)|"
    r"(?:a few|two|three|some) (?:years|months|weeks) ago)"
)
PAST = r"(?:was|were|had|has been|have been|has kept|have kept|got|went|wrote|lost|forgot|came|took|did|used to)"
WANTS = regex(
    r"\b(?:must|mustn't|should|shouldn't|may not|cannot be|can't be|need to|needs to|would like|'d like|want|"
    r"wants|wish|"
    r"each|every|columns?|per)\b",
    re.IGNORECASE,
)
"""Words that say what shall be, or what each of a kind has: a sentence with one of them is no background."""
FORMS = tuple(
    regex(rf"^{LEAD}{said}", re.IGNORECASE)
    for said in (
        rf"{TODAY},?\s+.*\b(?:{PAPER})\b",
        rf"{TODAY},?\s+.*\b{PAST}\b",
        rf".*\b(?:{PAPER})\b.*\b(?:until now|so far|at the moment|today|since \d{{4}}|for years|currently)\b",
        rf"{LAST}\b.*\b{PAST}\b",
        r"(?:what|whatever) (?:goes|went|often goes|usually goes|is going) wrong\b",
        (
            r"(?:the|our|my) (?:main |biggest |real |only |big )?(?:problem|trouble|difficulty|issue|pain)(?: "
            r"(?:today|now|is that|we have|with (?:it|this|that)))"
        ),
        (
            r"(?:it|this|that)(?:'s| is| was)(?: (?:all|really|so|very|quite|rather|just|always|a bit|getting|"
            r"becoming))* "
            r"(?:an? )?(?:complete |total |real |big )?(?:embarrassing|annoying|chaos|chaotic|mess|messy|confusing|"
            r"frustrating|"
            r"tedious|nightmare|riddle|painful|a pain|tiring|shame|disaster)\b"
        ),
        r"in [a-z ]+ it is (?:complete |total |pure )?chaos\b",
        (
            r"(?:let me|i'll(?: try to)?|i will(?: try to)?|i'd like to|i want to|i have tried to|i've tried to|i "
            r"tried to) "
            r"(?:explain|describe|write down|sum up|summari[sz]e|tell you|outline)\b"
        ),
        r"(?:here is|here's|this is|below is) (?:how|what) (?:we|it|i)\b",
        (
            r"(?:as you (?:all )?(?:know|may know|might know)|as (?:discussed|promised|agreed)|following (?:our|up|"
            r"your|the)\b|"
            r"thank you for|thanks for|i hope)\b"
        ),
        (
            r"(?:most|many|some|a few) of (?:them|these|our [a-z]+) (?:own|have|had) (?:a single|only one|just one|"
            r"one or two)\b"
        ),
        (
            r"(?:nobody|no one) (?:ever |even |really )?(?:paid|thanked|noticed|came|told|asked|knew|saw|helped|said|"
            r"answered|cared|remembered|wrote|looked)\b(?!.*\b(?:unless|until|may|can)\b)"
        ),
        r"(?:\w+ ){1,3}(?:has|have) never been (?:seen|found|returned) (?:again|since)$",
    )
)


def is_background(sentence: str) -> bool:
    """Tell whether a sentence only says how things are or were, or introduces what is said after it."""
    text = straight(sentence, " .!")
    return len(text) <= LONGEST and not WANTS.search(text) and any(form.match(text) for form in FORMS)
