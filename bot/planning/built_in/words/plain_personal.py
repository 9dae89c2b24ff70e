"""Says whose the facts are that are told as "theirs": "patients book appointments. We need their date of birth".

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_occasion, is_person, listed, one
from bot.planning.built_in.words.rewriting import END, WORD, Ways, added, rewritten
from bot.planning.built_in.words.vocabulary import ARRANGEMENT_NOUNS, has_plural, is_verb_form, singular, word_set

__all__ = ["in_plain_personal"]

KEEP = (
    r"(?:(?:(?:also|always|then|just|only|have to|need to|want to|must|should|would like to|like to|'d like to) )*"
    r"(?:need(?: to know)?|want(?: to know)?|ask for|record|note(?: down)?|keep(?: track of)?|store|log|collect|save|"
    r"track|write down|take down|know|require|register|enter|hold)|"
    r"(?:then |also |always )?(?:needs|asks for|records|notes(?: down)?|keeps(?: track of)?|stores|logs|collects|"
    r"writes down|takes down|registers|enters)) "
)
FACTS = r"(?P<facts>[^.;:!?\n]*?\btheir (?!own\b)[^.;:!?\n]+?)"
CONTACT = word_set("phone telephone mobile cell email e-mail mail address contact bank iban account postcode zip")
"""Facts by which somebody is reached: of a grown-up who brings others along."""
PERSONAL = CONTACT | word_set(
    "birth birthday birthdate age gender sex allergy allergies nationality passport diet dietary surname height "
    "salary profession job occupation insurance licence license qualification qualifications blood weight medication "
    "medications illness illnesses"
)
"""Words of facts that are somebody's, whatever else a sentence speaks of."""
OF_THINGS = word_set(
    "title author isbn brand model make colour color edition publisher genre plate registration mileage serial frame "
    "price material manufacturer type kind breed species condition fault value"
)
"""Words of facts that a thing has, not somebody."""
LEAD = regex(r"^(?:(?:at|in|on|for|with|when|every|each|once|during|after|before)\b[^,]*, ?)?(?:and )?", re.IGNORECASE)
HAVING = regex(
    r"^(?:we|i|(?:our|the|an?) [a-z-]+) (?:have|has|teach(?:es)?|trains?|employs?|coach(?:es)?|look after|looks after|"
    r"works? with|hosts?|keeps?) (?:about |around |some |many |several |\d+ )*(?P<who>[a-z-]+(?: [a-z-]+)?)$",
    re.IGNORECASE,
)
"""A sentence that only says who there is: "our choir has singers"."""
NOT_MANY = word_set("nights days weeks months years hours minutes times evenings mornings weekends")
ANIMALS = word_set(
    "dog cat horse pet puppy kitten pony cow sheep goat pig rabbit bird hen chicken animal parrot hamster snake fish "
    "donkey duck goose bee"
)
OBJECT = regex(rf"\b(?P<their>their )?(?P<many>{WORD}s|children)\b(?! (?:of|who|that)\b)", re.IGNORECASE)
PARTS = regex(r"(?:,\s*(?:and\s+)?|\s+and\s+)(?![^()]*\))", re.IGNORECASE)
STARTS = regex(r"(?P<their>their)\b|(?:the|which|what|how|when|whether|where|who|its)\b", re.IGNORECASE)
"""How a fact begins that says whose it is, or that it is somebody else's."""
PAIRED = regex(
    r"\b(first|given|home|postal|billing|private) and (last|family|second|work|office|delivery|e-mail|mobile) "
    r"(names?|address|number|phone)\b",
    re.IGNORECASE,
)
"""Two facts with one noun: "their first and last name"."""
LONGEST_NAME = 3
"""Words that somebody is called by."""
FURTHEST = 3
"""Sentences back that may all go on with "they"."""


def sentences_before(before: str) -> list[str]:
    """Return the last sentences of a text, the nearest first."""
    told = re.split(r"[.!?;]\s+|\n\s*", before.strip(" .,;:!?\n"))
    return [said.strip() for said in reversed(told[-FURTHEST:])]


def told_of(before: str) -> tuple[str, str]:
    """Return the people that a text spoke of last as who does something, and what the sentence says of them."""
    for said in sentences_before(before):
        if re.match(r"(?:then |later |sometimes |usually )?they\b", said, re.IGNORECASE):
            continue
        return subject_of(LEAD.sub("", re.sub(r",? (?:and|where|so)$", "", said)).lower())
    return "", ""


def subject_of(said: str) -> tuple[str, str]:
    """Return the people who are the subject of a sentence, and what it says of them; or nothing."""
    having = HAVING.match(said)
    words = (having["who"] if having else re.sub(r"^(?:(?:the|our|all|some|most|many|several) )+", "", said)).split()
    is_one = not having and words[:1] and words[0] in {"a", "an", "each", "every"}
    words = words[1:] if is_one else words
    if words[:1] == ["people"]:
        return "people", " ".join(words[1:])
    for length in range(1, LONGEST_NAME + 1):
        who = " ".join(words[:length])
        if len(words) < length or not re.fullmatch(rf"{WORD}(?: {WORD})*", who):
            return "", ""
        if is_person(who) and (is_one or has_plural(who)):
            return one(who), " ".join(words[length:])
    return "", ""


def others_in(rest: str, who: str) -> tuple[str, bool]:
    """Return the thing, or the people, that a sentence speaks of besides its subject; and whether they are theirs."""
    for found in OBJECT.finditer(rest):
        many = found["many"].lower()
        noun = singular(many)
        if (
            has_plural(many)
            and noun != who
            and many not in NOT_MANY
            and not is_occasion(noun)
            and noun not in ARRANGEMENT_NOUNS
        ):
            return noun, found["their"] is not None
    return "", False


def has_word(fact: str, words: frozenset[str]) -> bool:
    """Tell whether one of the words of a fact is one of these."""
    return any(word in words for word in re.findall(r"[a-z-]+", fact.lower()))


def parted(facts: str) -> tuple[list[str], list[str]]:
    """Return the facts of a list that are "theirs", and all others: "their weight and the amount given"."""
    own: list[str] = []
    rest: list[str] = []
    is_own = False
    for piece in filter(str.strip, PARTS.split(PAIRED.sub(r"\1 \3 and \2 \3", facts))):
        bare = re.sub(r"^(?:their|any|all) ", "", piece.strip(), flags=re.IGNORECASE)
        starts = STARTS.match(piece.strip())
        is_own = is_own if starts is None else starts["their"] is not None or has_word(bare, PERSONAL)
        is_own = is_own and not is_verb_form(bare.rpartition(" ")[2].lower())
        (own if is_own else rest).append(re.sub(r"^the ", "", bare, flags=re.IGNORECASE) if is_own else piece.strip())
    return own, rest


def holder_of(own: list[str], who: str, rest: str) -> str:
    """Return whose facts these are, by what a sentence tells that somebody does with something; or nothing."""
    other, is_theirs = others_in(rest, who)
    if not other:
        return who
    if any(has_word(fact, CONTACT) for fact in own):
        return who if is_theirs or not is_person(other) else ""
    if is_person(other):
        return other if is_theirs else ""
    if all(has_word(fact, OF_THINGS) for fact in own):
        return other
    is_personal = other not in ANIMALS and any(has_word(fact, PERSONAL) for fact in own)
    return other if is_theirs and not is_personal else who


def theirs(found: re.Match[str], text: str) -> str | None:
    """Return "donors come to a session, and we record their weight" as the weight of a donor."""
    who, said = told_of(text[: found.start()])
    own, rest = parted(found["facts"])
    holder = holder_of(own, who, said) if who and own else ""
    if not holder:
        return None
    before, after = text[: found.start()], text[found.end() :]
    told = f"Each {'person' if holder == 'people' else holder} has {listed(own)}"
    if rest and found["keep"]:
        begin = ". " if found["begin"].startswith((",", " ")) else found["begin"]
        return added(f"{before}{begin}We record {listed(rest)}{after}", found.start(), told)
    if rest:
        return None
    return added(f"{before}{after.lstrip('.') if before.endswith('.') else after}", max(found.start() - 1, 0), told)


BEGIN = r"(?P<begin>^|[.!?;]\s+|,\s+(?:and\s+|so\s+|where\s+)?|\s+and\s+|\s+where\s+|\n\s*)"
IS = r"(?:is|are|must be|should be|has to be|have to be) (?:also |always )?"
KEPT = r"(?:kept|recorded|noted|stored|needed|required|registered|saved|logged|written down)"
FIRST = r"(?:(?:before|after|when|once|as soon as|whenever) they [a-z ]{2,25}?,? )?"
WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (rf"{BEGIN}{FIRST}(?P<keep>(?:we|i|(?:the|an?|our) {WORD}(?: {WORD})?) {KEEP}){FACTS}{END}", theirs),
        (rf"{BEGIN}(?P<keep>)(?P<facts>their (?!own\b)[^.;:!?\n]+?) {IS}{KEPT}{END}", theirs),
    )
)
"""Ways of telling what is kept of those that a text spoke of, and what says it plainly."""


def in_plain_personal(text: str) -> str:
    """Return a text with what it keeps of "them" said of whoever they are."""
    return rewritten(text, WAYS)
