"""Says what is no thing of the plan as denials say it: "there is no glaze as a thing: it is just a note on the piece".

As in `bot.planning.built_in.words.plain_values`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.documents.naming import plural
from bot.patterns import regex
from bot.planning.built_in.words.rewriting import END, LONGEST, SENTENCE, WORD, has, put_apart, rewritten
from bot.planning.built_in.words.vocabulary import a, singular

__all__ = ["in_plain_denials"]

POINTS = r"(?!(?:this|that|these|those|there|here|nothing|everything|something|anything|such|a|an|the)\b)"
X = rf"(?:(?:an?|the|our|each|every) )?(?P<what>{POINTS}{WORD}(?: {WORD})?)"
OWN = r"(?: (?:of|on) (?:its|their) own)?"
THING = rf"(?:(?:real|separate|own|proper|distinct) )?(?:things?|tables?|entit(?:y|ies)|objects?|records?){OWN}"
BE_NOT = r"(?: is not| are not|(?: is|are| are)n't| isn't)(?: (?:really|actually|even))?"
KEEP = r"(?:keep|track|store|record|note|register|manage|save|need|have|write down|plan)"
WANT = r"(?:(?:want|need|have) to |should |will |would |ever |really )?"
HERE = r"(?: (?:here|track of|records? of|at all|ourselves|in (?:it|here|this|the (?:app|system|service|plan|bot))))?"
KEPT = rf"(?:(?:an? |any )?things?|something|anything)(?: (?:that|which))? (?:we|i|you|they) {WANT}{KEEP}{HERE}"
NONE = (
    rf"{X}(?:(?P<plain>{BE_NOT}) (?:(?:an?|any|meant as an?|to be an?) )?| (?:is|are) no ){THING}|"
    rf"there(?: is|'s| are) no (?:such thing as (?:an? )?)?(?P<there>{POINTS}{WORD}(?: {WORD})??) as (?:an? )?{THING}|"
    rf"we (?:don't|do not) {KEEP} (?:an?y? |the )?(?P<ours>{POINTS}{WORD}(?: {WORD})??) as (?:an? )?{THING}"
)
BUT = (
    r"\s*(?:[,:;–—-]+\s*(?:(?:but|rather|since|because)\s+)?|\.\s+(?=it\b|they\b|that\b))"
    r"(?:(?:it|they|that|this|those|these)(?:\s+(?:is|are)|'s|'re)\s+)?(?:(?:just|only|simply|merely|really|more)\s+)*"
)
TEXTS = "note|remark|comment|text|word|line|label|tag|name|field|entry|description|detail|fact"
FIELD = (
    rf"(?:an?|one|some)? ?(?:(?:plain|short|simple|mere|free|little) )?(?P<kind>{TEXTS}|number|date|price)s?"
    rf"(?: (?:on|of|in|for|about|with|at) (?:(?:the|each|an?|every|its|our|their) )?(?P<owner>{WORD}(?: {WORD})?))?"
)
LESS = r"(?:no|an?|any|the|its|their) "
PART = rf"(?:{LESS})?(?!(?:open|more|longer|other|current|free|idea|limit|way|need|chance|matter)\b){WORD}(?: {WORD})?"
PARTED = regex(r",? (?:and|or|nor) |, ", re.IGNORECASE)
PARTS = rf"{PART}(?:, {PART}){{0,7}}(?:,? (?:and|or|nor) {PART})?"
MOST_PARTS = 9
WHO = rf"(?P<who>(?:(?:an?|the|each|every|our) )?{POINTS}{WORD}(?: {WORD})?)"
LACKS = r"(?:has|have) (?:no|neither)|(?:does|do)(?: not|n't) have|needs? no"
LACKED = regex(rf"{SENTENCE}{WHO} (?P<verb>{LACKS}) (?P<lacked>{PARTS}){END}", re.IGNORECASE)
"""What a thing doesn't have. What it "doesn't need" may be there all the same."""
REMOVED = regex(
    rf"{SENTENCE}(?:please )?(?:remove|delete|drop|take(?: away| out)?) (?P<parts>{PARTS}) (?:from|of|off|out of) "
    rf"(?P<who>(?:(?:an?|the|each|every|our) )?{WORD}(?: {WORD})?){END}",
    re.IGNORECASE,
)
READ = frozenset({"number", "text", "word", "label", "date", "price", "field", "fact", "detail"})
"""Kinds of fields that are read as they are said: "berths aren't a thing, they are just a number"."""
NO_LIST = regex(
    rf"{SENTENCE}(?:we|i) (?:(?:don't|do not|never|won't|will not) (?:want to |need to |have to |really )?{KEEP} "
    rf"(?:an?y? |the )?|{KEEP} no )(?:lists?|tables?|records?|registers?|catalogues?|directory|overview) of "
    rf"(?:(?:the|our|any|all) )?(?P<what>{POINTS}{WORD}(?: {WORD})??){HERE}{END}",
    re.IGNORECASE,
)
"""What whoever speaks has no list of: "we don't keep a list of harbours"."""
IS_KEPT = regex(rf"{SENTENCE}{X} (?:is|are) {KEPT}{END}", re.IGNORECASE)
NOT_KEPT = regex(
    rf"{SENTENCE}{X}(?:{BE_NOT} {KEPT}| (?:is|are) (?:nothing|no things?|not among the things|none of the things) "
    rf"(?:(?:that|which) )?(?:we|i) {WANT}{KEEP}{HERE}){END}",
    re.IGNORECASE,
)
A_FIELD = regex(rf"{SENTENCE}(?:{NONE}){BUT}{FIELD}{END}", re.IGNORECASE)
NO_THING = regex(rf"{SENTENCE}(?:{NONE}){END}", re.IGNORECASE)


DENIES = regex(r"\b(?:no|not|none|nothing|never|neither|lacks?|remove|delete|drop|take)\b|n't\b", re.IGNORECASE)


def in_plain_denials(text: str) -> str:
    """Return a text with what is no thing, or only a field of one, said plainly.

    What a thing doesn't have, or is to lose, is said in a sentence for each.
    """
    if len(text) > LONGEST:
        return text
    text = rewritten(text, ((IS_KEPT, is_kept),))
    if not DENIES.search(text):
        return text
    text = rewritten(text, ((LACKED, each_lacked), (REMOVED, each_removed), (NO_LIST, no_list)))
    return rewritten(text, ((NOT_KEPT, not_kept), (A_FIELD, as_field), (NO_THING, no_thing)))


def each_lacked(found: re.Match[str], text: str) -> str | None:
    """ "A potter has no shelves, no temperature and no kiln": a sentence for each of them."""
    lacked = parts_of(found["lacked"])
    is_plain = not found["verb"].lower().startswith("need")
    if len(lacked) > MOST_PARTS or (len(lacked) == 1 and is_plain):
        return None
    return put_apart(found, text, *(f"{found['who']} {has(found['who'])} no {one}" for one in lacked))


def each_removed(found: re.Match[str], text: str) -> str | None:
    """ "Remove shelves, temperature and kiln from potter": a sentence for each of them."""
    parts = parts_of(found["parts"])
    if not 1 < len(parts) <= MOST_PARTS:
        return None
    return put_apart(found, text, *(f"remove {one} from {found['who']}" for one in parts))


def parts_of(listed: str) -> list[str]:
    """Return the parts of "shelves, no temperature and the kiln" without the words before each."""
    return [re.sub(rf"^(?:{LESS})+", "", one, flags=re.IGNORECASE) for one in PARTED.split(listed)]


def denied(found: re.Match[str]) -> str:
    """Return what a sentence says is no thing, in the singular."""
    names = found.groupdict()
    return singular((names["what"] or names.get("there") or names.get("ours") or "").lower())


def is_kept(found: re.Match[str], text: str) -> str:
    """ "A boat is a thing we keep": we keep boats."""
    return put_apart(found, text, f"We keep {plural(singular(found['what'].lower()))}")


def not_kept(found: re.Match[str], text: str) -> str:
    """ "A lead is not a thing we keep": there is none; where the same text tells of it, it is only no thing."""
    what = denied(found)
    others = f"{text[: found.start()]}. {text[found.end() :]}"
    is_told = re.search(rf"\b{re.escape(what)}(?:e?s)?\b", others, re.IGNORECASE) is not None
    return put_apart(found, text, f"{a(what).capitalize()} is not a thing" if is_told else f"There is no {what}")


def no_list(found: re.Match[str], text: str) -> str:
    """ "We don't keep a list of harbours": a harbour is no thing, and stays a word of what has one."""
    return put_apart(found, text, f"{a(denied(found)).capitalize()} is not a thing")


def as_field(found: re.Match[str], text: str) -> str | None:
    """ "There is no glaze as a thing: it is just a note on the piece": a text of the piece."""
    kind = found["kind"].lower()
    if found["plain"] and kind in READ:
        return None
    meant = kind if kind in {"number", "date", "price"} else "text"
    owner = f" of the {singular(found['owner'].lower())}" if found["owner"] else ""
    return put_apart(found, text, f"{a(denied(found)).capitalize()} is not a thing, it is just a {meant}{owner}")


def no_thing(found: re.Match[str], text: str) -> str | None:
    """ "There are no seasons as separate tables": a season is not a thing."""
    if found["plain"]:
        return None
    plain = f"{a(denied(found)).capitalize()} is not a thing"
    said = text[found.start() : found.end()].removeprefix(found["begin"])
    return None if said.casefold() == plain.casefold() else put_apart(found, text, plain)
