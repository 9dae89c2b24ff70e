"""Says in sentences of one fact each what a letter tells in passing: "on each roof there are several panels".

As in `bot.planning.built_in.words.plain_values`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import NOUN
from bot.planning.built_in.words.rewriting import END, LONGEST, Ways, put, rewritten
from bot.planning.built_in.words.vocabulary import a, singular

__all__ = ["BEGIN", "MANY", "ONE", "each_has", "in_plain_letters", "subject"]

BEGIN = r"(?P<begin>^|[.!?;:]\s+|,\s+and\s+|\n\s*)"
MANY = r"(?!(?:this|its|his|always|has|is|was|as|us|ours|theirs|others|days|weeks|months|years|hours)\b)[a-z][a-z-]*s"
ONE = r"(?:an?|each|every|the|any)"
OUR = r"(?:all )?(?:(?:our|the|all) )?"
FACTS = r"(?P<facts>[^.;:!?\n]+)"
SEVERAL = r"(?:several|many|various|different|some|lots of|a lot of|a few|one or more|a number of)"
NUMBER = (
    r"(?:\d[\d.,]*|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-[a-z]+)?|two|three|four|five|"
    r"six|seven|"
    r"eight|nine|ten|eleven|twelve|fifteen|a dozen|dozens of|hundreds of|(?:a|one|two|several) hundred|a thousand)"
)
ABOUT = r"(?:(?:about|around|roughly|some|over|nearly|almost|more than|approximately|currently|now|at least) )*"
TOLD = regex(
    rf"(?:^|[.!?;:]\s+|\n\s*)(?:(?:{ONE}|our) (?P<one>{NOUN}) (?:also )?(?:has|belongs|consists|contains|is|"
    rf"takes|gets)\b|"
    rf"(?:(?:for|of|on|about) (?:each|every) )(?P<whose>{NOUN}),? (?:we|i)\b|"
    rf"(?:we|i) (?:keep|have|own|sell|rent out|lend|collect) (?:track of )?(?:(?:our|the) "
    rf")?(?P<kept>{MANY})(?=\s*[.,;:!?\n])|"
    rf"{OUR}(?P<many>(?:[a-z-]+ )?{MANY}) (?:also )?(?:have|are|belong)\b)",
    re.IGNORECASE,
)
"""A sentence whose subject later ones may call "it" or "they"."""
PIECE_OF = regex(
    r"\b(?P<piece>piece|item|article)s? of (?P<of>equipment|furniture|clothing|luggage|baggage|jewellery|"
    r"jewelry|machinery)\b",
    re.IGNORECASE,
)
LATTER = regex(
    r"\b(?:an?|the|one|their|its)\s+(?P<last>[a-z][a-z-]*(?: (?!and\b)[a-z][a-z-]*){0,2})\s*$", re.IGNORECASE
)
PERSONAL = regex(r"\b(?:their|his or her|his|her|its)\s+(?=[a-z])", re.IGNORECASE)
OF_THEIR = regex(r"\bthe (?P<fact>number|name|address|colour|size) of (?:their|an?) (?P<of>[a-z -]+)$", re.IGNORECASE)
STEPS = regex(r"\b(?:then|finally|afterwards|eventually|after that|in the end)\b", re.IGNORECASE)


def subject(text: str, at: int) -> str:
    """Return the thing that the sentence before a place is about, as one; nothing where it isn't plain."""
    place = text.rfind("\n\n", 0, at) + 1
    told = [found for found in TOLD.finditer(text, place, at) if "\n\n" not in text[found.end() : at]]
    if not told:
        return ""
    last = told[-1]
    return (last["one"] or last["whose"] or singular(last["many"] or last["kept"])).lower()


def each_has(noun: str, facts: str) -> str:
    """Return that each of a thing has some facts."""
    return f"Each {singular(noun.lower())} has {facts.strip(' ,')}"


def in_the_system(found: re.Match[str], text: str) -> str:
    """Return "our ladders and ropes should be in the system with a number" as what each of them has."""
    things = filter(None, (found["many"], found["other"]))
    return put(found, text, *(each_has(thing, found["facts"]) for thing in things))


def while_others(found: re.Match[str], text: str) -> str:
    """Return "ladders have a length, while ropes have a colour" as two sentences."""
    return f"{text[: found.start()]}. {found['many'].capitalize()} have{text[found.end() :]}"


def there_on_each(found: re.Match[str], text: str) -> str:
    """Return "on each roof there are several panels" as panels that each belong to a roof."""
    part = found["part"].lower()
    head, of, rest = part.partition(" of ")
    one = f"{singular(head)}{of}{rest}"
    return put(found, text, f"Each {one} belongs to {a(found['whole'].lower())}")


def during(found: re.Match[str], text: str) -> str:
    """Return "during an inspection they write down defects" as defects that each belong to an inspection."""
    return put(found, text, f"Each {singular(found['many'].lower())} belongs to {a(found['event'].lower())}")


def set_for(found: re.Match[str], text: str) -> str:
    """Return "a daily rate is set for every costume" as a fact of each costume."""
    unit = found["unit"] or ""
    return put(found, text, f"Each {found['of'].lower()} has {a(found['fact'].lower())}{unit}")


def personal(found: re.Match[str], text: str) -> str:
    """Return "visitors sign up with their name and the number of their bus" as what each visitor has."""
    facts = [
        OF_THEIR.sub(lambda one: a(f"{one['of']} {one['fact']}"), item)
        for item in re.split(r"(,\s*(?:and\s+)?|\s+and\s+)", found["facts"])
    ]
    plain = re.sub(r"\b(an?|the) (?=an? )", "", PERSONAL.sub("a ", "".join(facts)))
    return put(found, text, each_has(found["many"], plain))


def unique(found: re.Match[str], text: str) -> str:
    """Return "a serial number may not occur twice" as one that must be unique."""
    return put(found, text, f"The {found['fact'].lower()} must be unique")


def the_latter(found: re.Match[str], text: str) -> str | None:
    """Return "…, and an e-mail; the latter must be unique" with the name of what was told last."""
    last = LATTER.search(text[: found.start()])
    return f"{text[: found.start()]}{found['joint']}the {last['last']} {text[found.end() :]}" if last else None


def field_for(found: re.Match[str], text: str) -> str | None:
    """Return "it would help to have a field for notes" as a fact of what was spoken of last."""
    thing = subject(text, found.start() + 1)
    fact = found["fact"].lower()
    return put(found, text, each_has(thing, fact if fact.endswith("s") else a(fact))) if thing else None


def some_have(found: re.Match[str], text: str) -> str | None:
    """Return "some of them have a tonnage" as an optional fact of what was spoken of last."""
    thing = subject(text, found.start() + 1)
    return put(found, text, each_has(thing, f"an optional {found['fact']}")) if thing else None


def they_are_first(found: re.Match[str], text: str) -> str | None:
    """Return "they are first reported, then someone repairs them" with the name of what was spoken of last."""
    thing = subject(text, found.start() + 1)
    if not thing or not STEPS.search(found["rest"]):
        return None
    rest = re.sub(r"\bthem\b", "it", found["rest"])
    for verb in re.findall(r"\b([a-z]{4,})s (?=it\b)", rest):
        rest = re.sub(rf"\b([a-z]+s) the {verb}$", r"\1 it", rest)
    return put(found, text, f"{a(thing).capitalize()} is {rest}")


def of_which(found: re.Match[str], text: str) -> str | None:
    """Return "for each ship we note the name, and at which pier it lies" as a ship that belongs to a pier."""
    whose = re.search(
        rf"\b(?:of|for|about) (?:each|every) (?P<of>{NOUN}),? (?:we|i) [^.;!?\n]*$",
        text[: found.start()],
        re.IGNORECASE,
    )
    if whose is None:
        return None
    told = f". Each {whose['of'].lower()} belongs to {a(found['whole'].lower())}"
    return f"{text[: found.start()]}{told}{text[found.end() :]}"


def in_brackets(found: re.Match[str], text: str) -> str | None:
    """Return "tuners (name, phone) must never …" as what each of them has, and then what they must."""
    if re.search(r"\d|\be\.\s?g|\bfor example\b|\bor\b", found["facts"]):
        return None
    return put(found, text, each_has(found["many"], found["facts"]), f"{found['many'].capitalize()} {found['modal']}")


def needs_a(found: re.Match[str], text: str) -> str | None:
    """Return "a cancelled visit needs a reason" as a reason that a visit may have, with the rule left as it is."""
    thing, fact = found["thing"].lower(), found["fact"].lower()
    is_state = re.search(rf"\b(?:is|are|be|gets?|or|then|and|it) {found['state']}\b", text, re.IGNORECASE)
    told = f"{a(thing).capitalize()} has an optional {fact}"
    if (
        is_state is None
        or told in text
        or re.search(rf"\b{thing} (?:has|needs|must have) [^.;\n]*\b{fact}\b", text[: found.start()])
    ):
        return None
    return put(found, text, told, f"A{found['n']} {found['state']} {thing} needs {a(fact)}")


def on_duty(found: re.Match[str], text: str) -> str:
    """Return "two members are on duty each night" as a night that needs two members."""
    of = found["of"].lower()
    whole = re.search(rf"\b(?:an?|each|every) (?P<whole>[a-z]+ {of}) (?:has|is)\b", text, re.IGNORECASE)
    return put(
        found,
        text,
        f"Each {whole['whole'].lower() if whole else of} needs {found['count'].lower()} {found['who'].lower()}",
    )


def one_of_ours(found: re.Match[str], text: str) -> str | None:
    """Return "and exactly one of our tuners goes there" as what was spoken of, with its tuner."""
    thing = subject(text, found.start() + 1)
    return put(found, text, f"Each {thing} belongs to {a(singular(found['who'].lower()))}") if thing else None


def counted(found: re.Match[str], text: str) -> str:
    """Return "we look after about sixty playgrounds" as what we keep."""
    return put(found, text, f"we keep {found['many']}")


def not_two(found: re.Match[str], text: str) -> str:
    """Return "two visits at the same time" that somebody must not have as what that one can't have."""
    return put(
        found, text, f"{a(singular(found['who'].lower())).capitalize()} can't have two {found['what']} at the same time"
    )


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{BEGIN}(?:we|i) (?:look after|have|own|administer|operate|take care of|are responsible for|run) "
                rf"{ABOUT}{NUMBER} (?P<many>(?:[a-z-]+ )?{MANY}){END}"
            ),
            counted,
        ),
        (
            (
                rf"{BEGIN}{OUR}(?P<many>(?:[a-z-]+ )?{MANY})(?: and (?P<other>(?:[a-z-]+ )?{MANY}))? "
                r"(?:should|must|need to|have to|will|shall) be (?:kept |listed |stored |recorded |entered )?"
                rf"in(?:to)? (?:the|this|that|our|a|one) (?:new )?(?:system|app|database|tool|list|register) "
                rf"with {FACTS}{END}"
            ),
            in_the_system,
        ),
        (
            (
                rf"(?<=[a-z]),?\s+(?:while|whereas)\s+(?:the )?(?P<many>(?:[a-z-]+ )?{MANY}) have(?=\s+(?:an?|the|"
                rf"their)\s)"
            ),
            while_others,
        ),
        (
            rf"{BEGIN}{OUR}(?P<many>{MANY}) are (?:just|simply|only) numbered{END}",
            lambda found, text: put(found, text, each_has(found["many"], "a number")),
        ),
        (
            (
                rf"{BEGIN}(?:on|in|at|for) {ONE} (?P<whole>{NOUN}),? there (?:are|can be|may be) "
                rf"(?:(?:usually|always|often) )?{SEVERAL} (?P<part>(?:[a-z]+ )?{MANY}(?: of [a-z]+)?){END}"
            ),
            there_on_each,
        ),
        (
            (
                rf"{BEGIN}there (?:are|can be|may be) {SEVERAL} (?P<part>(?:[a-z]+ )?{MANY}(?: of [a-z]+)?) (?:on|"
                rf"in|at|for) "
                rf"(?:each|every) (?P<whole>{NOUN}){END}"
            ),
            there_on_each,
        ),
        (
            (
                rf"{BEGIN}(?:during|in|at|on) (?:an?|each|every) (?P<event>{NOUN}),? (?:we|they|he|she|the [a-z]+) "
                r"(?:writes? down|notes?(?: down)?|records?|reports?|lists?|finds?|logs?|enters?) "
                rf"(?:all )?(?:the |any |several |some )?(?P<many>{MANY})(?: (?:that )?they find)?{END}"
            ),
            during,
        ),
        (
            (
                rf"{BEGIN}an? (?P<fact>{NOUN}) is (?:set|fixed|agreed|charged|defined|specified) for (?:each|every) "
                rf"(?P<of>{NOUN})(?P<unit> \(in [a-z]+\))?{END}"
            ),
            set_for,
        ),
        (
            (
                r"\b(?P<the>the|a) (?P<fact>(?:number of )?[a-z]+) (?:that )?(?:they|it|he|she) "
                r"(?:covers?|brings?(?: along)?|works? (?:in|for|at)|comes? from|speaks?|plays?|needs?|wants?|prefers?)"
                r"(?=\s*(?:[,.;)\n]|$|and\b))"
            ),
            lambda found, text: f"{text[: found.start()]}{found['the']} {found['fact']}{text[found.end() :]}",
        ),
        (
            (
                rf"{BEGIN}{OUR}(?P<many>{MANY}) (?:(?:must|can|have to|should) )?(?:leave|give us|tell us|provide|"
                r"state|(?:sign up|register|enrol|enroll) with)(?: us)? (?P<facts>their (?:full |first |last )?"
                rf"(?:names?|phone|e-?mail|address)\b[^.;:!?\n]*){END}"
            ),
            personal,
        ),
        (
            (
                rf"{BEGIN}(?:an?|the|each|every|no) (?P<fact>(?!same\b){NOUN}) (?:may|must|can|should)(?: not|not|"
                rf"n't| never) "
                rf"(?:occur|appear|exist|be used|be given|be there|come up) twice(?:,? either)?{END}"
            ),
            unique,
        ),
        (r"(?P<joint>[;.,]\s+(?:and\s+)?)the latter (?=(?:must|is|has to|should|may|can)\b)", the_latter),
        (
            (
                rf"{BEGIN}(?:it would|it'd|it might)(?: also| really)* (?:help|be (?:nice|good|useful|great|helpful|"
                rf"handy)) "
                r"(?:if we had|to have) an? (?:field|column|place|box|space|line) for (?:the |some |our )?"
                rf"(?P<fact>[a-z][a-z -]*?)(?:,? too| as well)?{END}"
            ),
            field_for,
        ),
        (
            (
                rf"{BEGIN}(?:some|a few|many|most|several) of them (?:also |even )?have an? "
                rf"(?P<fact>[a-z][a-z -]{{2,30}}){END}"
            ),
            some_have,
        ),
        (
            (
                rf"{BEGIN}(?:they are|they're|it is|it's) (?P<rest>(?:first )?[a-z]+(?:ed|en|id|nt|de|"
                rf"wn)\b[^.;!?\n]*){END}"
            ),
            they_are_first,
        ),
        (
            (
                r",?\s+and (?:in|on|at|to|by|from) which (?P<whole>[a-z]+) (?:it|they|he|she) "
                rf"(?:is|are|was|were|lies?|lives?|belongs?|sits?|stands?|comes?|works?|hangs?|stays?|grows?)(?: "
                rf"[a-z]+)?{END}"
            ),
            of_which,
        ),
        (
            (
                rf"{BEGIN}(?P<many>{MANY}) \((?P<facts>[^(),]+(?:,[^(),]+)+)\) "
                r"(?P<modal>(?:must|may|can|cannot|can't|should|never|are|have to)\b)"
            ),
            in_brackets,
        ),
        (
            (
                rf"{BEGIN}(?:{OUR}|an?\s|the same\s|each\s|every\s|no\s)(?P<who>{MANY}) (?:must never|may never|can "
                rf"never|can't|cannot|must not|mustn't|may not) "
                rf"have two (?:overlapping )?(?P<what>{MANY}) at the same time{END}"
            ),
            not_two,
        ),
        (
            (
                rf"{BEGIN}a(?P<n>n?) (?P<state>[a-z]+(?:ed|en|wn|nt)) (?P<thing>[a-z]+) (?:needs|must have|requires|"
                rf"has to have|gets) "
                rf"an? (?P<fact>reason|comment|note|remark|explanation|justification){END}"
            ),
            needs_a,
        ),
        (
            (
                rf"{BEGIN}(?P<count>one|two|three) (?P<who>[a-z]+) (?:is|are) on (?:duty|call|site|shift) (?:at |on "
                rf"|in |for )?"
                rf"(?:each|every|per) (?P<of>[a-z]+){END}"
            ),
            on_duty,
        ),
        (
            (
                rf"{BEGIN}(?:exactly |always |only )?one of (?:our|the) (?P<who>{MANY}) (?:goes (?:there|with it)|"
                rf"does it|"
                rf"comes|is (?:there|responsible(?: for it)?|in charge)|leads it|carries it out|takes care of it){END}"
            ),
            one_of_ours,
        ),
        (
            (
                rf"(?P<begin>\bfor (?:each|every) {NOUN}),? (?:he|she|they|the [a-z]+) "
                r"(?:writes? down|notes?(?: down)?|records?|enters?)(?= )"
            ),
            lambda found, text: f"{text[: found.start()]}{found['begin']} we record{text[found.end() :]}",
        ),
    )
)
"""Ways of telling in letters, and what says them plainly."""


def in_plain_letters(text: str) -> str:
    """Return a text with what letters tell in passing said in sentences of one fact each."""
    return text if len(text) > LONGEST else rewritten(pieces_named(text), WAYS)


def pieces_named(text: str) -> str:
    """Return a text in which a piece of equipment is an equipment piece, also where it is then called a piece."""
    for found in dict.fromkeys((one["piece"].lower(), one["of"].lower()) for one in PIECE_OF.finditer(text)):
        piece, of = found
        if re.search(rf"(?<!of ){of}\s*(?:[-–—:(]|(?:has|have|with)\b)", text, re.IGNORECASE):
            continue
        text = re.sub(rf"\b{piece}(?P<s>s?) of {of}\b", rf"{of} {piece}\g<s>", text, flags=re.IGNORECASE)
        text = re.sub(rf"\b({ONE}|one|per) {piece}\b", rf"\1 {of} {piece}", text, flags=re.IGNORECASE)
    return text
