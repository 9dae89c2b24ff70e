"""Knows the nouns of deeds: who is somebody, what happens once at a time, and what a record of a deed is called."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.planning.built_in.words.people_words import GROUPS, PEOPLE
from bot.planning.built_in.words.sentence_marks import NOT_THINGS
from bot.planning.built_in.words.vocabulary import a, singular, word_set

__all__ = [
    "ART",
    "MODAL",
    "NOUN",
    "NOUN_OF",
    "belonging",
    "gerund_of",
    "having",
    "is_noun_of",
    "is_occasion",
    "is_person",
    "is_somebody",
    "listed",
    "noun_of",
    "one",
    "record_noun",
    "spoken_of",
]

SMALL = (
    r"(?!(?:an?|the|our|their|his|her|its|my|your|this|that|these|those|and|or|but|to|of|in|on|at|by|for|with|from|into|"
    r"is|are|was|were|be|been|has|have|had|can|may|might|must|should|will|would|it|they|them|he|she|we|you|i|who|whom|"
    r"which|what|where|when|why|how|whether|if|not|no|never|only|each|every|any|all|some|one|two|three|more|most|at|"
    r"least|also|then|than|per|as|up|out|home|back|away|do|does|did|get|gets|nobody|somebody|someone|anyone|anybody|"
    r"everyone|everybody|whoever|people|there|usually|always|often|already|really|different|several|many)\b)"
)
NOUN = rf"{SMALL}[a-z][a-z-]+(?:\s{SMALL}[a-z][a-z-]+){{0,2}}?"
"""One to three words, the fewest that fit."""
ART = r"(?:(?:an?|the|our|their|each|every|any|some|all|one|one of (?:our|the|their)|several|different)\s+)?"
MODAL = (
    r"(?:(?:can|may|might|must|should|will|also|then|usually|always|often|sometimes|first|just|"
    r"want to|wants to|need to|needs to|have to|has to)\s+)*"
)
OCCASIONS = word_set(
    "lesson session training coaching consultation consult appointment treatment massage haircut checkup check-up "
    "interview rehearsal exam examination test fitting shoot photoshoot audition tutorial therapy vaccination "
    "injection ride audit assessment hearing trial tryout screening tasting demonstration viewing inspection surgery "
    "operation scan photo-shoot induction briefing prescription referral diagnosis certificate "
    "tutoring donation wedding "
)
"""What is held once at a time, by those who take part: a record of its own."""
NO_PEOPLE = word_set(
    "computer printer router server container trailer scooter folder order letter paper water poster number corner "
    "flower river tower timer locker burner counter ladder reactor motor door floor tractor color mirror monitor "
    "meter power shower drawer boiler cooker freezer mower trimmer filter layer marker offer paper pepper powder "
    "quarter register roller ruler sensor shelter shutter slipper stapler sticker summer winter theater theatre "
    "toaster tumbler wrapper transfer tender matter newsletter chapter semester calendar seminar harbor harbour "
    "elevator generator projector laser dinner supper hammer blender mixer copier scanner charger adapter tanker "
    "other another rather whether either neither "
    "extinguisher heater cooler dryer washer beamer amplifier sprinkler thermometer "
    "radiator ventilator incubator transformer dispenser router binder hanger digger excavator escalator dishwasher "
    "refrigerator strainer loader sprayer cultivator carburettor gutter starter "
    "ledger banner saucer corridor detector compressor cylinder rudder harvester grinder defibrillator "
    "voucher chamber cluster planter cover cutter canister carrier feeder flyer jumper bumper stroller booster "
    "burger butter cracker crater disaster encounter fiber finger gender glacier plaster tracker buffer cellar "
    "freighter helicopter copper silver timber lumber weather wander letter sector vector error ballot spot pilot's"
)
NOUN_OF = {
    "train": "training", "coach": "coaching", "examine": "examination", "treat": "treatment",
    "vaccinate": "vaccination",
    "inspect": "inspection", "repair": "repair", "tutor": "tutoring", "interview": "interview", "test": "test",
    "service": "service", "assess": "assessment", "restore": "restoration", "operate": "operation", "visit": "visit",
    "consult": "consultation", "instruct": "instruction", "maintain": "maintenance", "audit": "audit", "check": "check",
    "clean": "cleaning", "play": "game", "meet": "match", "fight": "fight", "race": "race",
    "debate": "debate", "feed": "feeding",
    "weigh": "weighing", "water": "watering", "groom": "grooming", "perform": "performance", "deliver": "delivery",
    "teach": "lesson", "shoe": "shoeing", "finish": "completion", "complete": "completion",
    "attend": "attendance", "donate": "donation",
    "book": "booking", "reserve": "reservation", "rent": "rental", "borrow": "loan", "lend": "loan", "order": "order",
    "buy": "purchase", "register": "registration", "sign": "registration", "enroll": "enrollment", "enrol": "enrolment",
    "apply": "application", "subscribe": "subscription", "hire": "hire", "lease": "lease", "wash": "washing",
    "use": "usage", "massage": "massage", "mentor": "mentoring", "induct": "induction", "certify": "certification",
    "prepare": "preparation", "sell": "sale",
}  # fmt: skip
"""What the record of a deed is called, by the verb in its base form."""
SECOND_FORMS = {
    "taught": "teach", "shod": "shoe", "met": "meet", "fed": "feed", "bought": "buy", "lent": "lend", "fought": "fight",
    "certified": "certify", "applied": "apply", "done": "complete", "passed": "complete",
}  # fmt: skip
GERUNDS = {
    "read": "reading", "seen": "viewing", "watched": "viewing", "paid": "payment", "handed": "submission",
    "submitted": "submission", "received": "receipt", "there": "attendance", "present": "attendance",
    "answered": "answer", "signed": "signature", "solved": "solution", "come": "attendance",
    "came": "attendance", "been": "attendance", "eaten": "tasting", "taken": "taking", "given": "giving",
    "heard": "hearing", "sung": "singing", "swum": "swim", "ridden": "ride", "driven": "drive",
    "flown": "flight", "written": "writing",
}  # fmt: skip
WORK = word_set("work works do does")
"""What somebody does is said by what they are called: restorers who work on an exhibit do a restoration."""
NO_DEEDS = word_set("have has had own owns is are be get gets need needs belong belongs")
NOUN_ENDINGS = r"(?:ation|ition|ution|tion|sion|ment|ing|al|ance|ence|ure|age|ery|y|is)"
SHORTEST_STEM = 4
SAYING = "has|have|is|are|lasts?|takes?|costs?|gets?|ends?|begins?|starts?|consists?|belongs?|needs?|can|may|must"
"""Verbs by which a text says of something what it has or is."""


def one(noun: str) -> str:
    """Return a noun in the singular and in lower case, without its article."""
    return singular(re.sub(rf"^{ART}", "", " ".join(noun.lower().split()), count=1))


def is_person(noun: str) -> bool:
    """Tell whether a noun is somebody, by what people are called: "trainer", "choir conductor"."""
    last = singular(noun.lower().split()[-1]) if noun.split() else ""
    if last in PEOPLE | GROUPS:
        return True
    is_called = re.search(r"(?:[a-z]{3}(?:er|or|ist|ian|eer|ee)|man|woman)$", last) is not None
    return is_called and last not in NO_PEOPLE


def is_occasion(noun: str) -> bool:
    """Tell whether a noun is what happens once at a time: "driving lesson"."""
    return singular(noun.lower().split()[-1]) in OCCASIONS


def is_somebody(noun: str) -> bool:
    """Tell whether a noun is one person, no group of them."""
    return is_person(noun) and noun.rsplit(maxsplit=1)[-1] not in GROUPS


def base_form(verb: str) -> str:
    """Return the base form of a verb whose record has a name of its own, or nothing."""
    verb = verb.lower()
    forms = [verb, SECOND_FORMS.get(verb, "")]
    for ending in ("ed", "d", "es", "s"):
        stem = verb.removesuffix(ending) if verb.endswith(ending) else ""
        forms += [stem, stem[:-1] if stem[-1:] == stem[-2:-1] else ""]
    return next((form for form in forms if form in NOUN_OF), "")


def noun_of(verb: str) -> str:
    """Return what the record of a deed is called, or nothing for verbs that have no such noun."""
    return NOUN_OF.get(base_form(verb), "")


def gerund_of(participle: str) -> str:
    """Return what the record of something done is called: "watered" → "watering"; nothing for words that are none."""
    verb = participle.lower()
    if noun_of(verb) or verb in GERUNDS:
        return noun_of(verb) or GERUNDS[verb]
    if verb.endswith("ied"):
        return f"{verb[:-3]}ying"
    return f"{verb[:-2]}ing" if verb.endswith("ed") and len(verb) > SHORTEST_STEM else ""


def record_noun(text: str, verb: str, who: str) -> str:
    """Return the noun by which a text speaks of a deed: "a restoration has …" of restorers who work; or nothing."""
    if verb.lower() in WORK and "job" in spoken_of(text):
        return "job"
    words = {verb.lower(), *([one(who).split()[-1]] if verb.lower() in WORK else [])} - NO_DEEDS
    found = (noun for noun in spoken_of(text) if noun != one(who) and any(is_noun_of(noun, word) for word in words))
    return next(found, "")


def spoken_of(text: str, verbs: str = SAYING) -> list[str]:
    """Return the nouns of which a text says what they have or are, in lower case and in the singular."""
    found = re.findall(
        r"(?:\b(?:an?|each|every|the|any)\s+([a-z-]+(?:\s[a-z-]+)?)|(?:^|[.;:!?\n]\s*)([a-z-]+s|usage))\s+"
        rf"(?:{verbs})\b",
        text.lower(),
    )
    return list(dict.fromkeys(singular(noun) for pair in found for noun in pair if noun))


def is_noun_of(noun: str, word: str) -> bool:
    """Tell whether a noun is the record of what a verb says, or of what somebody called so does."""
    verb = re.sub(r"(?:ers?|ors?)$", "", word) if is_person(word) else word
    if noun in {verb, noun_of(verb), f"{verb}ing", f"{verb.removesuffix('e')}ing"}:
        return True
    if not re.search(rf"{NOUN_ENDINGS}$", noun):
        return False
    stem = re.sub(r"(?:es|s|ed|e|y)$", "", verb)
    return len(stem) >= SHORTEST_STEM and noun.startswith(stem)


def listed(parts: Iterable[str]) -> str:
    """Return phrases as a list: "a student, an instructor and a car"."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def belonging(record: str, others: Iterable[str]) -> str:
    """Return that each of a record names one of each of the others; nouns that mean other things too stand first."""
    ends = sorted(dict.fromkeys(others), key=lambda other: other not in NOT_THINGS)
    return f"Each {record} belongs to {listed(map(a, ends))}"


def having(record: str, facts: Iterable[str]) -> str:
    """Return that a record has these facts."""
    return f"{a(record).capitalize()} has {listed(dict.fromkeys(facts))}"
