"""The English that the built-in planner knows: singular and plural, verbs that link things, words that name kinds.

All of it is data, so that a reader can see at once what is understood and what is not.
"""

from __future__ import annotations

import re
from functools import cache

from bot.checks.entity_naming import TAKEN_CLASSES
from bot.documents.naming import engine, is_plural, pascal_case
from bot.patterns import regex

__all__ = [
    "ARRANGEMENT_NOUNS",
    "ASSOCIATING_VERBS",
    "BELONGING_VERBS",
    "DETERMINERS",
    "EVENT_FIELDS",
    "EVENT_NOUNS",
    "FEATURES",
    "HEDGES",
    "MONTHS",
    "OWNING_VERBS",
    "PLACES",
    "PLURAL_FIRST_HALVES",
    "QUANTIFIER",
    "RECORD",
    "REST",
    "SENTENCE_WORDS",
    "SYSTEM_NOUNS",
    "YOU_DECIDE",
    "a",
    "base_verb",
    "entity_name",
    "has_plural",
    "is_verb_form",
    "is_you_decide",
    "plainly",
    "singular",
    "spoken",
    "straight",
    "word_set",
    "words_of",
]


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


DETERMINERS = word_set("a an the each every all our my your their its his her any one some individual")
QUANTIFIER = (
    r"(?:(?:zero|one|0|1) or (?:more|many)|any number of|lots of|a lot of|a (?:number|list|set|collection) of|"
    r"one or several|one or two|at least one|a couple of|a bunch of|a few|many|several|"
    r"multiple|various|numerous|some|two|three|"
    r"four|five|six|seven|eight|nine|ten|dozens of)"
)
SO_MUCH = word_set("little much enough less more")
UNCOUNTED_STUFF = word_set("money time help work space food water support sense peace fun trouble arguing luck")
"""What there is some of, and nothing that is kept: "the town gives us a little money"."""
COUNTING = word_set(
    "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty "
    "seventy eighty ninety hundred thousand dozen"
)
"""Numbers before a noun, which are no part of what it is called."""
COLLECTIONS = word_set("base list collection catalog catalogue database inventory register directory registry")

PLURAL_FIRST_HALVES = word_set("sales sports goods arts customs savings works news parts operations species series")
"""Plurals that a name may start with (``sales orders``); any other plural inside a phrase makes it a sentence."""

HEDGES = word_set(
    "basically mainly actually really typically usually mostly simply generally essentially probably obviously just"
)
"""Words before a noun that say nothing about it."""

SENTENCE_WORDS = word_set(
    "when if can cannot can't should must will would could might shall automatically they we i it you who whom "
    "whose only not no never always so because after before until unless while via to that which then than is "
    "are was were be been being do does did has have had having them him us me this these those there where "
    "how why what please without with from into cant wont don't doesn't instead except during within also but "
    "either neither"
)
"""A phrase that holds one of these is a sentence, not the name of a field or an entity."""

DAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")
"""When something is, and never a thing: "on Thursdays"."""
MONTHS = word_set("january february march april june july august september october november december")
"""Without May, which may be a word."""
NOBODY = word_set(
    "anybody anyone everybody everyone somebody someone whoever nobody none whom nothing something everything anything"
)
"""Whoever it may be, or nobody: never a thing."""
PRONOUNS = word_set(
    "she he him hers theirs mine ours yours herself himself themselves itself myself ourselves yourself she's he's "
    "they're it's"
)
"""What points at somebody or something, beside the words of `SENTENCE_WORDS`: never a thing."""

ACTIONS = word_set(
    "send notify pay show list search export import log sign print generate calculate compute track manage "
    "create update delete edit view cancel approve reject filter sort upload download receive get give see "
    "make add remove charge remind alert sync integrate support allow handle accept browse login logout chat "
    "email connect publish prevent ensure validate check let help keep store use work run go come want need"
)
"""Base forms that open a wish ("send reminders"): never the first word of a field that has no article."""

SYSTEM_NOUNS = word_set(
    "app application api backend platform tool tracker manager portal software program database site website "
    "system service webapp microservice server planner project solution organizer organiser crm erp"
)
PLACES = word_set(
    "library clinic shop store gym school hotel restaurant office hospital bank warehouse marketplace desk "
    "helpdesk box fleet club museum zoo garage studio farm airline cinema theater theatre university college "
    "company agency salon bakery cafe café blog forum wiki catalog catalogue inventory shelter charity church "
    "laboratory lab pharmacy dealership courier nursery kindergarten academy festival conference bookstore "
    "bookshop newsroom practice spa hostel campsite arena stadium co-op coop coworking archive register "
    "directory diary journal choir orchestra kennel newsletter workshop pantry"
)
FEATURES = word_set(
    "login logins log-in sign-in signin signup sign-up authentication authorization authorisation auth account "
    "accounts notification notifications reminder reminders search searching dashboard dashboards statistic "
    "statistics analytics report reports reporting permission permissions role-based access-control oauth sso "
    "admin-panel frontend front-end ui gui mobile emailing integration integrations webhook webhooks export "
    "exports import imports chart charts calendar-sync online-payments payments-online online-payment chatbot "
    "captcha encryption backup backups localization localisation translations"
)
"""Wishes beyond records and links: the built-in planner can't build them, so they are quoted as unread."""

BELONGING_VERBS = frozenset(["belong", "work", "live", "reside", "sit", "stay", "report", "refer", "relate", "connect"])
"""The subject names the object: "an employee works in a department"."""

OWNING_VERBS = word_set(
    "write own create publish teach employ lead run manage host sell offer produce post submit upload place "
    "author compose record organise organize give supervise open raise file issue contain include hold keep "
    "comprise direct design breed build leave add list share log prepare cook bake paint announce schedule "
    "make receive operate have get cover coach train"
)
"""The object names the subject: "an author writes many books"."""

CONTAINING_VERBS = word_set("contain include hold keep comprise have get cover receive")

EVENT_NOUNS = {
    "borrow": "loan", "lend": "loan", "loan": "loan", "rent": "rental", "book": "booking", "order": "order",
    "reserve": "reservation", "hire": "hire", "lease": "lease", "enrol": "enrolment", "enroll": "enrollment",
    "register": "registration", "subscribe": "subscription", "visit": "visit", "attend": "attendance",
    "buy": "purchase", "purchase": "purchase", "review": "review", "rate": "rating", "apply": "application",
    "donate": "donation", "join": "membership", "checkout": "checkout", "follow": "follow", "inspect": "inspection",
    "repair": "repair", "deliver": "delivery", "ship": "shipment", "play": "play", "watch": "viewing",
    "use": "use", "drive": "trip", "bid": "bid", "sponsor": "sponsorship", "invite": "invitation", "treat": "treatment",
    "assign": "assignment", "complete": "completion", "take": "enrolment", "examine": "examination", "vote": "vote",
    "sign": "registration", "comment": "comment", "adopt": "adoption", "attach": "attachment",
    "answer": "answer",
}  # fmt: skip
"""Verbs that may mean a record of its own with dates, or only a link: the planner always asks which."""

ASSOCIATING_VERBS = frozenset(EVENT_NOUNS)

EVENT_FIELDS = {
    "loan": (("lent_at", False), ("due_at", False), ("returned_at", True)),
    "rental": (("rented_at", False), ("due_at", False), ("returned_at", True)),
    "hire": (("hired_at", False), ("due_at", False), ("returned_at", True)),
    "lease": (("starts_at", False), ("ends_at", True)),
    "checkout": (("checked_out_at", False), ("due_at", False), ("returned_at", True)),
    "booking": (("starts_at", False), ("ends_at", True)),
    "reservation": (("starts_at", False), ("ends_at", True)),
    "subscription": (("starts_at", False), ("ends_at", True)),
    "membership": (("starts_at", False), ("ends_at", True)),
    "sponsorship": (("starts_at", False), ("ends_at", True)),
    "assignment": (("starts_at", False), ("ends_at", True)),
    "use": (("starts_at", False), ("ends_at", True)),
    "trip": (("starts_at", False), ("ends_at", True)),
    "order": (("ordered_at", False),),
    "enrolment": (("enrolled_at", False),),
    "enrollment": (("enrolled_at", False),),
    "registration": (("registered_at", False),),
    "purchase": (("purchased_at", False),),
    "visit": (("visited_at", False),),
    "attendance": (("attended_at", False),),
    "application": (("applied_at", False),),
    "answer": (("answered_at", False),),
    "signature": (("signed_at", False),),
    "donation": (("donated_at", False),),
    "delivery": (("delivered_at", True),),
    "shipment": (("shipped_at", False), ("delivered_at", True)),
}
"""The dates of an event's record, each with whether it may be empty; any other event has ``happened_at``."""

ARRANGEMENT_NOUNS = word_set(
    "appointment order booking reservation rental loan visit ticket lease subscription invoice purchase "
    "request application delivery shipment registration enrolment enrollment review rating donation complaint"
)
"""Records of an event already: "patients book appointments" links them, it needs no record of a record."""

PARTICIPLES = {
    "bought": "buy", "lent": "lend", "rented": "rent", "written": "write", "taught": "teach", "led": "lead",
    "run": "run", "made": "make", "held": "hold", "sold": "sell", "taken": "take", "driven": "drive", "kept": "keep",
    "built": "build",
}  # fmt: skip

VERB_FORMS = word_set(
    "came come went gone taken took sent paid bought sold made built held met left lost found given gave kept born "
    "begun began done did seen saw read written wrote broken broke lent spent won rung run ran put cut set shut laid "
    "led grown grew known knew shown thrown worn drawn drew driven drove eaten ate fallen fell flown flew forgotten "
    "chosen chose hidden ridden rode stolen brought caught taught thought got felt heard said told stood slept swam "
    "sang sung spoke spoken fed dealt dug hung hit hurt fixed due starts ends begins opens closes expires leaves "
    "arrives departs returns happens changes visits joins moves finishes"
)
"""Irregular past forms, and present ones that are said before "on" and "at"."""


def is_verb_form(word: str) -> bool:
    """Tell whether a word is a participle, a past form, or a present one such as ``starts``."""
    return word in VERB_FORMS or (len(word) > 4 and word.endswith("ed") and word not in NOT_PAST)


NOT_PAST = word_set("speed breed hundred indeed exceed proceed succeed kindred sacred naked")

YOU_DECIDE = frozenset(
    {
        "", "you decide", "decide for me", "not sure", "not sure: decide for me", "don't know", "dont know",
        "i don't know", "dunno", "no idea", "whatever", "whatever you think", "up to you", "you choose", "default",
        "your choice", "as you like", "don't care", "doesn't matter", "no preference", "you pick", "decide yourself",
        "i don't care", "it doesn't matter", "no idea, you decide", "you can decide", "just decide", "idk",
        "surprise me", "i have no idea", "i'm not sure", "i am not sure", "i don't mind", "we don't mind", "don't mind",
        "i do not mind", "we do not mind", "your call", "it's your call", "that's your call", "whichever", "either way",
        "no strong opinion", "no strong opinions", "no strong feelings", "no opinion", "i have no opinion",
        "we have no opinion",
        "i have no preference", "we have no preference", "we don't care", "not fussed", "i'm not fussed", "i trust you",
        "we trust you", "i trust your judgement", "i trust your judgment", "you know best",
        "use your judgement", "use your judgment", "use your best judgement",
        "use your best judgment", "all the same to me", "it's all the same to me", "all the same to us",
    }
)  # fmt: skip


REST = (
    r"(?:(?:all|both|any|each|either)(?:\s+of)?\s+)?(?:(?:the|these|those)\s+)?(?:all|both|everything|either|each|rest|others?|"
    r"(?:other|remaining|two|three)(?:\s+(?:two|three|ones?|questions?))?|questions)"
)
"""What of several questions is left to the planner: "both", "the rest", "the other two"."""
POLITE = regex(
    r"^(?:please|ok|okay|well|oh|hm+|just|then)[,\s]+|"
    rf"^(?:(?:the\s+)?same\s+)?(?:(?:as\s+)?for|on|with)?\s*{REST}\s*[,:]\s*|^(?:as\s+)?for\s+{REST}\s+|"
    rf"[,\s]+(?:please|then|thanks|thank you|pls|(?:with|by|for)\s+(?:me|us)|either\s+way|"
    rf"(?:(?:for|on|about|with)\s+)?(?:that|{REST}))$"
)
"""What stands around such words and changes nothing of them."""
LONGEST_LEFT = 120


OF_ALL = (
    rf"(?:\s+(?:(?:on|about|with)\s+)?(?:(?:all\s+of\s+)?(?:it|them|this|that)|{REST}(?:\s+else)?|"
    r"for\s+(?:me|us)|yourself))"
)
ALL_OF_IT = rf"(?:it|them|this|that|they|these|those|{REST})"
LEFT_TO_YOU = regex(
    rf"(?:(?:i'll\s+)?let\s+)?you(?:'ll|\s+(?:can|may|should|could|just))*\s+(?:decide|choose|pick){OF_ALL}*|"
    rf"(?:decide|choose){OF_ALL}+|"
    rf"(?:(?:i'll|we'll|let's|i|we|i'd|we'd)\s+)?(?:rather\s+)?leave\s+{ALL_OF_IT}(?:\s+{ALL_OF_IT})?\s+"
    r"(?:up\s+)?to\s+(?:you|me)|"
    rf"{ALL_OF_IT}(?:'s|'re|\s+is|\s+are)?(?:\s+{ALL_OF_IT})?\s+up\s+to\s+you|"
    r"(?:(?:take|use)\s+)?(?:the\s+|your\s+)?defaults?(?:\s+(?:is|are)\s+(?:fine|ok|okay|good))?|"
    r"(?:(?:do|take|use|choose|pick)\s+)?(?:whatever|what|as|whichever|the\s+one)\s+you(?:'d)?\s+"
    r"(?:think|like|prefer|want|recommend|suggest|find)(?:\s+is)?(?:\s+(?:best|right|good|fit|easiest|simplest|better))?|"
    r"(?:(?:do|take|use|choose|pick)\s+)?(?:whatever|whichever)(?:\s+is)?\s+"
    r"(?:works|fine|easiest|simplest|easier|best|usual)|"
    r"(?:either|anything|whatever|whichever)(?:\s+one)?(?:\s+(?:is|would\s+be))?\s+(?:fine|ok|okay|good|works|goes|will\s+do)|"
    rf"skip\s+(?:these|those|{REST})"
)
"""Words that leave all of it to the planner: "you decide all of it", "decide everything yourself"."""


def straight(text: str, ends: str = "") -> str:
    """Return a text with straight quotes and single spaces, without these marks at its ends."""
    return " ".join(text.replace("’", "'").split()).strip(ends)


def plainly(text: str) -> str:
    """Return a text as others are compared with it: in small letters, single spaces, without the marks at its ends."""
    return straight(text.casefold(), " .,;:!?…")


def on_one_line(text: str, longest: int) -> str:
    """Return a text on one line, without commas and full stops at its ends; nothing where it has more characters."""
    return " ".join(text.split()).strip(" ,.") if len(text) <= longest else ""


def is_you_decide(text: str) -> bool:
    """Tell whether an answer leaves the decision to the planner."""
    said = straight(text.lower(), " .!?")
    if len(said) > LONGEST_LEFT:
        return False
    while not (is_left := said in YOU_DECIDE or LEFT_TO_YOU.fullmatch(said) is not None):
        shorter = POLITE.sub("", said, count=1).strip(" ,.!")
        if shorter == said:
            break
        said = shorter
    return is_left and (bool(said) or not text.strip(" \t\n.!?"))


def words_of(text: str) -> list[str]:
    """Return the words of a phrase in lower case, punctuation left out; ``e-mail`` is one word."""
    return re.findall(r"[^\W_]+(?:['-][^\W_]+)*", text.lower().replace("’", "'").replace("_", " "))


FIELDS_OF_WORK = word_set(
    "logistics electronics athletics gymnastics aerobics physics mathematics economics robotics ceramics optics "
    "orthopedics obstetrics pediatrics genetics acoustics analytics statistics ethics politics"
)
"""Words that end like a plural, and name one thing only."""
PLURAL_ONLY = word_set(
    "clothes goods belongings premises jeans shorts pants tights binoculars pliers tweezers spectacles earnings savings"
)
"""Words that have no singular: a name keeps them whole."""
ONE_AND_MANY = FIELDS_OF_WORK | PLURAL_ONLY | word_set("data media metadata series species news")
"""Words that are the same for one and for many."""


UNCOUNTED = word_set(
    "music equipment furniture gear clothing jewellery jewelry stationery machinery crockery cutlery cheese bread "
    "honey wine beer pottery artwork fabric yarn timber footage software hardware luggage bedding"
)
"""Nouns that have no plural, and are things that people keep all the same: "sheet music", "camping gear"."""


@cache
def singular(word: str) -> str:
    """Return the singular of a lower-case word or phrase; a word that is singular already stays as it is."""
    head, space, last = word.rpartition(" ")
    if space:
        return f"{head} {singular(last)}"
    if word in {"yes", "plus", "thus", "always", "perhaps", "besides", "minus"}:
        return word
    if word in {"people", "persons"}:
        return "person"
    if word in ONE_AND_MANY or not word.isascii():
        return word
    if word in {"buses", "gases", "aliases", "canvases", "viruses", "campuses", "statuses", "lenses", "bonuses"}:
        return word[:-2]
    if word in {"movies", "cookies", "zombies", "calories", "selfies", "hoodies", "smoothies"}:
        return word[:-1]
    if not word.isalpha() or not is_plural(word):
        return word
    return str(engine().singular_noun(word) or word)


def has_plural(word: str) -> bool:
    """Tell whether the last word of a phrase is a plural."""
    last = word.rsplit(maxsplit=1)[-1] if word.split() else ""
    return singular(last) != last or last in PLURAL_ONLY


RECORD = "Record"
"""Stands behind names that a service needs for itself."""
LONGEST_NAME = 40
"""Letters of an entity's name; longer ones are no names, and databases cut what is made of them."""


DOES = regex(r"(?!.*\bof\b)(?:an?|each|every|another)\s+(?:[a-z-]+\s+)?[a-z-]+\s+[a-z]+s$", re.IGNORECASE)
"""One, and a word that looks like several behind it: a verb, as in "an editor decides"."""

NO_NOUNS = word_set(
    "know hear tell bring want learn become come go eat teach sing think say ask get give happen receive belong "
    "contain include borrow"
)
"""Verbs that are never a word of a name: "know allergies" and "choir sings" are none."""


def entity_name(phrase: str) -> str:
    """Return the name of the entity that a noun phrase means, or nothing where the phrase is no plain noun phrase.

    ``vinyl records`` → ``VinylRecord``; determiners and quantifiers are left out. What a service needs itself is
    called a record: ``lists`` → ``ListRecord``.
    """
    text = re.sub(rf"^{QUANTIFIER}\s+", "", phrase.strip().replace("’", "'"), flags=re.IGNORECASE)
    text = re.sub(r"\b(\w+)(?:s'|'s)(?=\s)", r"\1", text)
    words = words_of(text)
    if DOES.match(text) and has_plural(words[-1]):
        return ""
    while words and words[0] in DETERMINERS | HEDGES | {"different", "following", "other", "various", "same"}:
        words = words[1:]
    words = without_count(words)
    while "of" in words and words[0] in COLLECTIONS and words.index("of") == 1:
        words = [word for word in words[2:] if word not in DETERMINERS]
    if (
        not 1 <= len(words) <= 3
        or sum(map(len, words)) > LONGEST_NAME
        or not all(re.fullmatch(r"[a-z][a-z0-9-]*", word) for word in words)
    ):
        return ""
    if any(word in DETERMINERS or (has_plural(word) and word not in PLURAL_FIRST_HALVES) for word in words[:-1]):
        return ""
    if (
        any(word in NOBODY | PRONOUNS for word in words)
        or words[-1] in {"a", "an", "the", "their", "its", "next", "last", "previous"}
        or singular(words[-1]) in DAYS
    ):
        return ""
    if any(
        word in SENTENCE_WORDS | {"of", "by", "for", "in", "on", "at", "per", "or", "as", "about"} for word in words
    ):
        return ""
    if len(words) > 1 and (words[0] in NO_NOUNS or singular(words[-1]) in NO_NOUNS):
        return ""
    name = pascal_case(singular(" ".join(words).replace("-", " ")).replace(" ", "_"))
    return f"{name}{RECORD}" if name in TAKEN_CLASSES else name


def without_count(words: list[str]) -> list[str]:
    """Return words without a number before them; none where they only say that there is some of something."""
    while len(words) > 1 and words[0] in COUNTING:
        words = words[1:]
    return [] if words and words[0] in SO_MUCH and words[-1] in UNCOUNTED_STUFF else words


def spoken(name: str) -> str:
    """Return an entity's or a field's name as people say it: ``VinylRecord`` → ``vinyl record``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("_", " ").lower()


def a(noun: str) -> str:
    """Return a noun with its article: ``a book``, ``an author``."""
    return f"{'an' if noun[:1] in 'aeio' or noun.startswith('un') else 'a'} {noun}"


@cache
def base_verb(word: str) -> str:
    """Return the base form of a linking verb (``borrows``, ``borrowed`` → ``borrow``), or nothing for other words."""
    known = ASSOCIATING_VERBS | OWNING_VERBS | BELONGING_VERBS
    if word in PARTICIPLES:
        return PARTICIPLES[word]
    candidates = [word]
    if word.endswith("ies"):
        candidates.append(word[:-3] + "y")
    if word.endswith("ied"):
        candidates.append(word[:-3] + "y")
    for ending in ("s", "es", "d", "ed"):
        if word.endswith(ending):
            stem = word[: -len(ending)]
            candidates += [stem, stem[:-1]] if stem[-1:] == stem[-2:-1] else [stem]
    return next((candidate for candidate in candidates if candidate in known), "")
