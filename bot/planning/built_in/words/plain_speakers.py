"""Says plainly who speaks, and for whom: their shop, what they look after, their wife who keeps it, what they ask for.

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.documents.naming import capital
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, one
from bot.planning.built_in.words.first_names import FAMILY
from bot.planning.built_in.words.numerals import ABOUT, NUMERAL
from bot.planning.built_in.words.plain_counts import UNITS
from bot.planning.built_in.words.rewriting import MANY, NUMBER, SENTENCE, WORD, Ways, replaced, rewritten
from bot.planning.built_in.words.vocabulary import a, singular, word_set

__all__ = ["in_plain_speakers"]

NOUN = rf"{WORD}(?: {WORD}){{0,3}}"
STOP = r"(?=\s*(?:[.!?;\n]|$))"
OPENING = r"(?P<begin>^(?:(?:hi|hello|hey|dear all)(?: there| all| everyone| everybody| team)?\s*[,.!:]\s*)?)"
"""Where a text begins, behind a greeting."""
SHOPS = (
    r"(?:shop|store|studio|workshop|practice|surgery|salon|business|garage|office|clinic|parlou?r|yard|stall|agency|"
    r"company|firm|bakery|nursery|kennel|school)"
)
SO_MANY = rf"{ABOUT}(?:{NUMERAL}) (?:(?:different|active|regular) )?"
COUNTED = regex(rf"{SO_MANY}({WORD}(?: {WORD})?s|{WORD}s|people|children)(?=\s*(?:,|and\b|[.!?;\n]|$))", re.IGNORECASE)
"""So many of a kind."""
ROOM = word_set("place seat people person")
"""What tells how large something is, and names no things that it has."""
WOMEN = regex(r"(?:wife|mother|mum|mom|sister|daughter|aunt|niece|grandm\w+|girlfriend|mother-in-law)$")
MEN = regex(r"(?:husband|father|dad|brother|son|uncle|nephew|grandf\w+|grandpa|boyfriend|father-in-law)$")
OWN_DEEDS = {
    "has": "have", "keeps": "keep", "runs": "run", "owns": "own", "notes": "note", "records": "record",
    "sells": "sell",
    "writes down": "write down", "wants": "want", "needs": "need", "collects": "collect", "offers": "offer",
    "charges": "charge", "charged": "charged", "made": "made", "makes": "make", "did": "did", "teaches": "teach",
    "rents out": "rent out", "lends": "lend", "breeds": "breed", "tracks": "track", "bakes": "bake", "buys": "buy",
    "would like": "would like", "looks after": "look after", "manages": "manage", "paid": "paid", "used": "used",
    "sold": "sold", "saw": "saw", "grows": "grow", "took": "took", "takes": "take", "earned": "earned",
    "checks": "check", "measures": "measure", "weighs": "weigh",
}  # fmt: skip
"""What is done in a business, in the third person, and as "we" say it."""
DEED = "|".join(sorted(OWN_DEEDS, key=len, reverse=True))
TEND = (
    r"(?:lose|am losing|are losing|keep losing|keep) track of|(?:has|have|need|needs|wants?) to (?:check|"
    r"inspect|maintain|"
    r"look after|keep an eye on|keep track of|take care of|watch over|manage)|(?:am|are|is) responsible for|"
    r"looks? after|takes? care of"
)
"""Ways of saying that somebody has things to look after."""
LOOKING_AFTER = regex(r"looks? after|takes? care of", re.IGNORECASE)
"""What a house does with whom it is for: no word about what is kept."""


def with_several(found: re.Match[str], text: str) -> str | None:
    """Return "we are a studio with about forty potters and two kilns" without how many there are of each."""
    if any(singular(many.lower().split()[-1]) in UNITS | ROOM for many in COUNTED.findall(found["parts"])):
        return None
    parts = COUNTED.sub(lambda part: part[1], found["parts"])
    return f"{text[: found.start('parts')]}{parts}{text[found.end() :]}"


def run(found: re.Match[str], text: str) -> str:
    """Return "I look after a small marina", by which a text begins, as what its speaker runs."""
    return f"{found['begin']}We run {found['what']}{text[found.end() :]}"


def shop(found: re.Match[str], text: str) -> str:
    """Return "I have a tailor's shop and do alterations" as the shop, and what is done in it as a sentence."""
    trade = re.sub(r"(?:s'|'s)$", "", found["trade"].lower())
    done = found["done"]
    is_tale = bool(done) and not re.match(r"(?:do|offer|provide)\b", done, re.IGNORECASE)
    tale = f". We {done}" if is_tale else ""
    return f"{found['begin']}We run {a(trade)} {found['shop'].lower()}{tale}{text[found.end() :]}"


def tended(found: re.Match[str], text: str) -> str | None:
    """Return "the town council has to check its playgrounds" as the things that are kept."""
    if found["who"] and (is_person(found["who"]) or LOOKING_AFTER.match(found["tend"])):
        return None
    return f"{found['begin']}We keep {found['many']}{text[found.end() :]}"


def asked_for(found: re.Match[str], text: str) -> str | None:
    """Return "can you make something for our medicine cabinet? …" without what only asks for it."""
    rest = text[found.end() :].lstrip()
    return f"{text[: found.start()]}{found['begin']}{rest}" if rest else None


def entered(found: re.Match[str], text: str) -> str:
    """Return "I'd enter every medicine with its expiry date" as what each of them has."""
    thing = a(one(found["what"])).capitalize()
    return f"{text[: found.start()]}{found['begin']}{thing} has {found['fact'].lower()} {text[found.end() :]}"


def by_us(found: re.Match[str], text: str) -> str | None:
    """Return "my wife tunes pianos. She has 200 clients" with her clients as those of whoever speaks."""
    kin = list(re.finditer(rf"\bmy (?P<kin>{FAMILY})\b", text[: found.start()], re.IGNORECASE))
    is_she = found["who"].lower() == "she"
    if not kin and text[: found.start()].strip():
        return None
    if kin and (MEN if is_she else WOMEN).search(kin[-1]["kin"].lower()):
        return None
    between = text[kin[-1].end() if kin else 0 : found.start()]
    others = re.findall(rf"\b(?:an?|each|every|the|our|their) ({WORD})\b", between, re.IGNORECASE)
    if any(is_person(other) for other in others):
        return None
    we = "We" if found["who"][0].isupper() else "we"
    if found["verb"].lower() == "charged" and text[: found.start()].lower().endswith("what "):
        return f"{text[: found.start()]}it cost{text[found.end() :]}"
    adverb = found["adverb"] or ""
    return f"{text[: found.start()]}{we} {adverb}{OWN_DEEDS[found['verb'].lower()]}{text[found.end() :]}"


def kin_too(found: re.Match[str], text: str) -> str:
    """Return "my wife has a bakery" as what we have: who is somebody's relative is no thing."""
    return f"{text[: found.start()]}{found['begin']}We {OWN_DEEDS[found['verb'].lower()]}{text[found.end() :]}"


def some_with_several(found: re.Match[str], text: str) -> str | None:
    """Return "about 200 clients, some with more than one piano" as clients that have several pianos."""
    who, what = singular(found["many"].lower()), one(found["what"])
    if who == what:
        return None
    more = f". {capital(found['more'])}" if found["more"] else ""
    return replaced(
        found, text, f"We keep {found['many']}", f"{a(who).capitalize()} has several {found['what']}s{more}"
    )


def rule_apart(found: re.Match[str], text: str) -> str:
    """Return "…, and when a piano hasn't been tuned the client should get a reminder" as a sentence of its own."""
    return f"{text[: found.start()]}. {found['when'].capitalize()} {text[found.end() :]}"


def once_in_a_while(found: re.Match[str], text: str) -> str:
    """Return "once a year we organise a marathon", by which a text begins, without how often."""
    return f"{found['begin']}We {text[found.end() :]}"


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{OPENING}(?:(?:once|twice|every so often|several times) (?:an?|every) (?:year|month|week|"
                rf"season|summer)|"
                r"(?:every|each) (?:other )?(?:year|summer|winter|spring|autumn|month|season|christmas)),? we "
                r"(?=(?:run|do|organi[sz]e|hold|host|put on|have)\b)"
            ),
            once_in_a_while,
        ),
        (
            (
                rf"{OPENING}(?:(?:we|i)(?:'re| are|'m| am| run| have| own)|this is|it is|it's) (?:an?|the|our) "
                rf"(?:{WORD} ){{1,4}}with "
                rf"(?P<parts>{SO_MANY}{MANY}(?:, {SO_MANY}{MANY}){{0,4}}(?:,? and {SO_MANY}{MANY})?){STOP}"
            ),
            with_several,
        ),
        (
            (
                rf"{OPENING}(?:i|we) (?:have|run|own|opened|started) (?:an?|our|my) (?P<trade>{WORD}(?: "
                rf"{WORD})?(?:'s|s')?) "
                rf"(?P<shop>{SHOPS}) and (?P<done>(?:do|offer|provide|repair|sell|rent out|lend|make|build|restore) "
                rf"{NOUN}){STOP}"
            ),
            shop,
        ),
        (
            (
                rf"{OPENING}(?:i|we) (?:have|run|own|opened|started) (?:an?|our|my) (?P<trade>{WORD}(?:'s|s')) "
                rf"(?P<shop>{SHOPS})(?P<done>){STOP}"
            ),
            shop,
        ),
        (
            (
                rf"{OPENING}(?:(?:i|we) (?:look after|take care of|put on|do|chair|(?:am|are) (?:responsible "
                rf"for|in charge of|"
                r"setting up|putting on|the owners? of|starting|on the board of|opening|looking after|running|"
                r"organi[sz]ing))|"
                r"(?:i'm|we're) (?:responsible for|in charge of|setting up|putting on|the owners? of|starting|"
                r"on the board of|opening|looking after|running|organi[sz]ing)) "
                rf"(?P<what>(?:an?|our|the|my) (?:{WORD} )*?(?![a-z-]*[^s]s\b){WORD})"
                rf"(?: (?:in|at|near|by|on) (?:[a-z]+ )?{WORD})?{STOP}"
            ),
            run,
        ),
        (
            (
                rf"{OPENING}(?:(?:i'm|i am|we're|we are) (?:an?|the) {NOUN}(?: (?:of|at|in) "
                rf"[^.,;!?\n]{{2,30}})?,? and (?:i |we )?|"
                rf"(?:i|we|(?:the|our) (?P<who>{NOUN})) )(?:always |often |constantly |regularly "
                rf")?(?P<tend>{TEND}) (?:our|my|its|their|his|her|the) (?P<many>{MANY}){STOP}"
            ),
            tended,
        ),
        (
            (
                r"(?P<begin>^|[.!?]\s+|\n\s*)(?:please,? )?(?:can|could|would) you (?:please )?(?:make|build|"
                r"create|set up|write|program|design) "
                r"(?:me |us )?(?:something|an app|a tool|an application|a program|a system|a database|a little "
                r"app|a website|"
                rf"a small app|a thing) for (?:our|my|the|an?) {NOUN}?"
                rf"(?: (?:at|in|on) (?:the |our )?{WORD})?(?:,? please)?\?"
            ),
            asked_for,
        ),
        (
            (
                rf"{SENTENCE}(?:i'd|we'd|i would|we would|i'll|we'll|i will|we will|i want to|we want to|i'd "
                rf"like to|we'd like to) "
                r"(?:enter|note|record|list|register|type in|put in|write down|log|save|add) (?:down )?"
                rf"(?:every|each) (?:single )?(?P<what>{WORD}(?: {WORD})?) with (?P<fact>its|an?|the|their|his|her) "
            ),
            entered,
        ),
        (
            rf"\b(?P<who>she|he) (?P<adverb>(?:also|usually|always|often|then|mostly) )?(?P<verb>{DEED})\b",
            by_us,
        ),
        (
            (
                rf"{SENTENCE}my {FAMILY} (?:also |usually )?(?P<verb>has|keeps|owns|sells|collects|breeds|rents out|"
                rf"grows)\b"
            ),
            kin_too,
        ),
        (
            (
                rf"{SENTENCE}(?:we|i) (?:have|keep|look after) (?:(?:about|around|some|roughly|over|nearly|almost) )?"
                rf"(?:{NUMBER} )?(?P<many>{MANY}), (?:and )?some (?:of them )?(?:with|have|own|with even) "
                rf"(?:more than one|several|two or more|many|a few|two or three) (?P<what>{WORD}?)s?"
                rf"(?:(?=\s*(?:[.!?;\n]|$))|,? and (?P<more>each [^.;!?\n]+){STOP})"
            ),
            some_with_several,
        ),
        (
            (
                rf",? and (?P<when>when|if|as soon as) (?=(?:an?|the) {WORD} (?:has|hasn't|is|isn't|was|wasn't|"
                rf"stays)\b"
                rf"[^,.;!?\n]{{3,60}}? (?:the|an?|our) {WORD} (?:should|must|gets?|has to)\b)"
            ),
            rule_apart,
        ),
    )
)
"""Ways of telling who speaks, and what says them plainly."""


def in_plain_speakers(text: str) -> str:
    """Return a text with who speaks, and for whom, said in sentences of one fact each."""
    return rewritten(text, WAYS)
