"""Says plainly what a thing is made of beside what it has: "a loan covers paintings, has a start, a value for each".

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, listed, one
from bot.planning.built_in.words.plain_counts import UNITS
from bot.planning.built_in.words.rewriting import END, LONGEST, NUMBER, SENTENCE, TERM, WORD, Ways, replaced, rewritten
from bot.planning.built_in.words.vocabulary import a, has_plural, singular

__all__ = ["in_plain_wholes"]

SOME = (
    rf"(?:several|many|some|a few|various|different|one or (?:more|several)|at least one|(?:two|\d+) or more|{NUMBER})"
)
MADE = r"(?:is (?:made|built|put) (?:up |together )?(?:of|from)|consists of|is composed of|comprises)"
COVERS = r"(?:covers|contains|includes|holds|bundles)"
VERB = rf"(?:{MADE}|{COVERS}|has|belongs to|costs|lasts|is|takes place|can|must|may)"
JOINT = regex(rf",\s*(?:and\s+)?(?:it\s+)?(?={VERB}\b)|\s+and\s+(?:it\s+)?(?={VERB}\b)", re.IGNORECASE)
OF_PARTS = regex(
    rf"^(?P<verb>{MADE}|{COVERS}) (?P<some>{SOME} )?(?P<many>(?:{WORD} )??[a-z][a-z-]+s|people|children)"
    r"(?:,? (?:each |each of them )?(?:with|which (?:each )?have) (?P<facts>(?:(?:its|their|an?|the) )?[^:()]+))?$",
    re.IGNORECASE,
)
FACTS = regex(r"^has (?P<facts>.+)$", re.IGNORECASE)
PARTS = regex(r",\s*(?:and\s+)?|\s+and\s+", re.IGNORECASE)
FOR_EACH = regex(
    rf"^(?:and )?(?P<fact>(?:an?|the) [a-z -]+?) (?:for|of) (?:each|every)(?: of the)? (?P<of>{TERM})$", re.IGNORECASE
)
OWN = regex(
    r"\b(?P<has>(?:has|have)(?: (?!only\b|see\b)[^.;:!?\n]*?)?|with) (?P<whose>its|their|his|her|an?) own (?=[a-z])",
    re.IGNORECASE,
)
NO_OWN = regex(r"\b(?:only|see|sees|edit|change|view|manage|delete|brings?|uses?|wears?|pays?|takes?)\b", re.IGNORECASE)


def parts_of(clause: re.Match[str], whole: str) -> list[str]:
    """Return what something is made of as parts that belong to it; what it covers may be in several."""
    part = singular(clause["many"].lower())
    is_made = re.match(MADE, clause["verb"], re.IGNORECASE) is not None
    if clause["facts"] and not is_made:
        return [f"{a(whole).capitalize()} {clause[0]}"]
    if is_made:
        told = [f"Each {part} belongs to {a(whole)}"]
    else:
        told = [f"{a(whole).capitalize()} {clause['verb']} {clause['some'] or 'several '}{clause['many']}"]
    if clause["facts"]:
        facts = [re.sub(r"^(?:its|their) ", "", fact.strip()) for fact in PARTS.split(clause["facts"])]
        told.append(f"Each {part} has {listed(facts)}")
    return told


def facts_of(clause: str, whole: str, part: str) -> list[str]:
    """Return the facts of a whole, and what it has for each of its parts as a fact of the pair of both."""
    facts = [fact.strip() for fact in PARTS.split(clause) if fact.strip()]
    paired = [each["fact"] for fact in facts if (each := FOR_EACH.match(fact)) and one(each["of"]) == part]
    own = [fact for fact in facts if not ((each := FOR_EACH.match(fact)) and one(each["of"]) == part)]
    told = [f"{a(whole).capitalize()} has {listed(own)}"] if own else []
    if paired:
        pair = f"{whole.rsplit(maxsplit=1)[-1]} {part.rsplit(maxsplit=1)[-1]}"
        told += [f"Each {pair} belongs to {a(whole)} and {a(part)}", f"{a(pair).capitalize()} has {listed(paired)}"]
    return told


def whole_and_parts(found: re.Match[str], text: str) -> str | None:
    """Return "a loan covers several paintings, has a start and a value for each painting" in sentences."""
    whole, clauses = one(found["what"]), JOINT.split(found["does"].strip())
    parts = [clause for said in clauses if (clause := OF_PARTS.match(said))]
    if len(parts) != 1 or not has_plural(parts[0]["many"].lower()) or is_person(whole):
        return None
    is_made = re.match(MADE, parts[0]["verb"], re.IGNORECASE) is not None
    if len(clauses) < 2 and not (parts[0]["facts"] and is_made):
        return None
    if not parts[0]["some"] and not re.match(
        r"is made up of|consists of|covers|comprises", parts[0]["verb"], re.IGNORECASE
    ):
        return None
    part = singular(parts[0]["many"].lower())
    if part == whole or part.split()[-1] in UNITS:
        return None
    told: list[str] = []
    pairs: list[str] = []
    for said in clauses:
        if clause := OF_PARTS.match(said):
            told += parts_of(clause, whole)
        elif has := FACTS.match(said):
            facts = facts_of(has["facts"], whole, "" if is_made else part)
            told += facts[:1]
            pairs += facts[1:]
        else:
            told.append(f"Each {whole} {said}")
    if pairs:
        told = [said for said in told if not re.search(rf"\b{COVERS} ", said)]
    return replaced(found, text, *told, *pairs)


def for_each_known(found: re.Match[str], text: str) -> str | None:
    """Return "has a start, and a value for each painting" with the value as a sentence, or as a fact of their pair."""
    whole, part = one(found["what"]), one(found["of"])
    is_thing = re.search(
        rf"\b(?:an?|each|every) {part} (?:has|is|belongs)\b|\b{part}s (?:have|are|belong)\b", text, re.IGNORECASE
    )
    if not is_thing or part == whole or part.split()[-1] in UNITS:
        return None
    lead = re.sub(r"(?:,|,?\s+and)$", "", (found["facts"] or "").strip())
    told = [f"{a(whole).capitalize()} has {lead}"] if lead else []
    if re.search(rf"\b{whole} {COVERS} (?:{SOME} )?{part}s\b", text, re.IGNORECASE):
        pair = f"{whole.split()[-1]} {part.split()[-1]}"
        told += [f"Each {pair} belongs to {a(whole)} and {a(part)}", f"{a(pair).capitalize()} has {found['fact']}"]
    elif not told:
        return None
    else:
        told.append(f"{a(whole).capitalize()} has {found['fact']} for each {part}")
    return replaced(found, text, *told)


def without_own(text: str) -> str:
    """Return "has its own number" as that it has a number; who sees only "their own" is something else."""
    at = 0
    while found := OWN.search(text, at):
        at = found.start() + 1
        clause = re.split(r"[.;!?\n]", text[: found.start()])[-1] + found["has"]
        if not NO_OWN.search(clause):
            article = "a" if found["whose"].lower() in {"a", "an"} else found["whose"]
            text = f"{text[: found.start()]}{found['has']} {article} {text[found.end() :]}"
            at = found.start()
    return text


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{SENTENCE}(?:an?|each|every|the) (?P<what>{TERM}) has "
                r"(?P<facts>[^.;:!?\n()]*?(?:,\s+(?:and\s+)?|\s+and\s+))?"
                rf"(?P<fact>(?:an?|the) (?:{WORD} ){{0,2}}?{WORD}) for (?:each|every) (?P<of>{TERM}){END}"
            ),
            for_each_known,
        ),
        (rf"{SENTENCE}(?:an?|each|every|the) (?P<what>{TERM}) (?P<does>{VERB} [^.;:!?\n()]*){END}", whole_and_parts),
    )
)
"""Ways of telling what a thing is made of, and what says it plainly."""


def in_plain_wholes(text: str) -> str:
    """Return a text with what things are made of said in sentences of one fact each."""
    return text if len(text) > LONGEST else rewritten(without_own(text), WAYS)
