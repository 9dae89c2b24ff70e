"""Cuts messages into sentences and items: lines, bullets, headers, semicolons, lists with "and" and Oxford commas."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.patterns import regex
from bot.planning.built_in.words.asides import leaves_rest_open, without_asides
from bot.planning.built_in.words.chat_text import cleaned
from bot.planning.built_in.words.choice_phrases import in_brackets
from bot.planning.built_in.words.layouts import plain_lines
from bot.planning.built_in.words.masks import mask, unmask
from bot.planning.built_in.words.sentence_marks import SAYS, only_points
from bot.planning.built_in.words.vocabulary import PLACES, SYSTEM_NOUNS, entity_name, has_plural, word_set, words_of
from bot.planning.built_in.words.wrapped_lines import unwrapped

__all__ = [
    "ANCHOR",
    "EACH",
    "KEEPING",
    "is_thanks",
    "items_of",
    "sentences_of",
    "without_filler",
    "without_greeting",
    "without_opening",
    "without_wish",
]

ANCHOR = regex(
    r"\b(?:(?:that|which|who|and|each|all|both)\s+)*"
    r"(?P<modal>(?:(?:can|could|may|might|must|should|will|also|always|usually|"
    r"sometimes|occasionally|optionally|possibly)\s+)*)"
    r"(?P<anchor>with|having|has|have|contains?|includes?|including|consists? of|holds?|stores?|"
    r"(?:records?|specif(?:y|ies)|states?|carr(?:y|ies)|shows?|notes?|lists?)(?=\s+(?:the|an?|its|their)\s))\b"
    r"(?!\s+(?:\d+|no|one|two|three|four|five|six)\s+(?:decimals?|decimal places|places)\b)"
    r"(?:\s+(?:got|the following(?: fields| data| details)?|fields|details|data))?\s*:?(?=\s|$)",
    re.IGNORECASE,
)
BULLET = regex(r"^\s*(?:[-*•‣▪◦–—]|\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}[.)]?)\s+(?P<text>.*)$")
LONGEST_THING = 2
"""Words of a header that names one thing: each of its bullets is about that."""
NO_THINGS = word_set("rules rule other others notes note misc requirements questions general todo limits extras")
"""Headers that say what kind of sentences follow, not what they are about."""
COLLECTIVES = word_set(
    "Thing Entity Table Model Object Field Requirement Feature Question Answer Resource Item Story UserStory Person "
    "Record"
)
"""Headers in the plural that say what the bullets are, not whose facts they list."""
PLUS = r"plus(?!\s*(?:(?:or|and)\b|[,).;]|$))"
"""A word that joins, where something follows it: in "basic, plus or full" it is one of the values."""
SEPARATOR = regex(
    rf"\s*(?:(?<!\d),|,(?!\d))\s*(?:(?:and|{PLUS}|as well as|then)\b\s*)?|"
    rf"\s+(?:and|as well as|{PLUS}|along with|&|\+)\s+|"
    r"(?<=[a-z])\+(?=[a-z])",
    re.IGNORECASE,
)
NOTHING_MORE = regex(
    r"(?:^|,?\s+but\s+)(?:(?:that's|that is|this is) (?:all|it)|(?:nothing|none)(?: (?:else|more|further|besides))|"
    r"no (?:other|more|further) (?:fields?|facts?|details?|data|columns?|things?))\s*[.!]*$",
    re.IGNORECASE,
)
"""Where a list is over: "… and nothing else"."""
OPENERS = (
    r"(?:hi|hello|hey|please|ok|okay|so|well|also|then|and|additionally|furthermore|moreover|finally|next|plus|there|"
    r"all|team|folks|yes|no problem|sure|basically|oh|ah|um|hmm|right|by the way|btw|of course|ideally|lastly|"
    r"one more thing|last thing|last but not least)"
)
WISHES = (
    r"(?:i|we)(?:'d|'ll|'re|'m| would| will| are| am)?(?: also| just| really)?\s+"
    r"(?:wants?|needs?|like|have|love|building|looking for|looking|planning|thinking of|going)"
)
SUBJECT_VERBS = r"(?:store|keep|record|track|log|need|want|have|save|know|note|see)s?(?: track of)?"
BUILDING = r"(?:build|create|make|have|design|develop|run|set up|plan|write|get|generate|start|see|use)"
KEEPING = (
    r"(?:manag(?:e|es|ing)|track(?:s|ing)?|stor(?:e|es|ing)|"
    r"keep(?:s|ing)?(?: track of| record of| records of| a list of)?|record(?:s|ing)?|organi[sz](?:e|es|ing)|"
    r"catalog(?:ue)?s?|cataloguing|handl(?:e|es|ing)|administer(?:s|ing)?)"
)
TAKING_PART = r"(?:sing|play|work|volunteer|help|help out|coach|teach|train|cook|serve)"
SUBJECTS = r"(?:it|we|i|this|the (?:app|system|service|api|bot))"
FILLERS = tuple(
    regex(pattern, re.IGNORECASE)
    for pattern in (
        rf"^{OPENERS}\b\s*[,!.:]\s*",
        (
            r"^(?:hi|hello|hey|please|ok|okay|so|also|then|and|oh|ah|well|"
            r"additionally|furthermore|moreover|finally|basically)\s+(?=\w)"
        ),
        r"^(?:need|want|looking for)\s+(?=(?:an?|the|our|my|some|something|somewhere)\b)",
        r"^(?:an?\s+)?plan for\s+(?=(?:an?|our|my|the)\b)",
        rf"^{WISHES}\b(?: to)?(?:\s+{BUILDING}\b)?(?:\s+(?:me|us)\b)?\s*",
        rf"^(?:can|could|would|will) you (?:please )?{BUILDING}(?:\s+(?:me|us)\b)?\s+",
        rf"^(?:let's|let us|please)\s+{BUILDING}(?:\s+(?:me|us)\b)?\s+",
        rf"^{BUILDING}(?:\s+(?:me|us)\b)?\s+(?=(?:an?|the|our|my|some)\b)",
        rf"^(?:i|we)(?:'re| are|'m| am)? {TAKING_PART}(?:ing)?(?: \w+)? (?:in|at|for|with)\s+(?=(?:an?|the|our|my)\b)",
        r"^(?:i|we)(?:'re|'m| are| am) (?=(?:an?|the|our)\b)",
        r"^(?:i|we)(?: also)? (?:run|own|operate|have|are)\s+(?=(?:an?|the|our|my)\b)",
        r"^(?:i|we)(?: also)? (?:schedule|organi[sz]e|plan|hold|arrange|sell|offer)\s+(?=[a-z]+s\s+(?:with|that)\b)",
        r"^there (?:is|are|should be|will be|must be)\s+",
        rf"^{SUBJECTS}\s+(?:should|must|will|has to|needs? to|can|shall)?\s*(?:also )?(?:be able to )?{KEEPING}\s+",
        r"^it (?:should|must|will|also)?\s*(?:have|has|contains?|includes?)\s+",
        rf"^(?:to )?{KEEPING}\s+",
        r"^(?:the )?(?:following )?(?:things|entities|tables|models|resources|objects|data)\s*(?:are|is)?\s*:\s*",
        r"^(?:for|about)\s+(?=(?:a|an|our|my)\s)",
    )
)
GREETING = regex(
    rf"^(?:{OPENERS}\b\s*[,!.:]+\s*|(?:hi|hello|hey|please|ok|okay|so|also|and|but|oh|ah|well|additionally|furthermore|moreover|"
    r"basically|besides|plus|first|second|firstly|secondly|last|lastly)\s+(?=\w))",
    re.IGNORECASE,
)
EACH = regex(
    rf"^(?:for|of|about) (?:(?:each|every|all|an?|the)\b)?\s*(?P<subject>(?!them\b|it\b)[\w -]+?)\s*[,:]?\s+"
    r"(?:we|i|it|you|they)\s+"
    rf"(?:also |must |should |want to |need to )*{SUBJECT_VERBS}\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
"""Fields said by what is kept: "for each guest we store a name"."""
VAGUE = regex(
    rf"^(?:(?:an?|some|the)\s+)?(?:\w+\s+)?(?:something|tool|system|app|way|place|thing)(?:\s+\w+)?\s+(?:to|for|that)\s+"
    rf"(?:can\s+)?{KEEPING}\s+(?:it all|it|all of (?:it|this|that|them)|everything|things|this|that|them|all that)$",
    re.IGNORECASE,
)
"""A wish for a system that says nothing about it: "something to keep track of it all"."""
WISH = regex(
    rf"^(?:(?:an?|some)\s+)?(?:(?:simple|small|little|easy|proper)\s+)?"
    rf"(?:something|anything|thing|tool|app|system|way|place|program|database|spreadsheet)(?:\s+simple)?\s+"
    rf"(?:to|for|that|which|where)\s+(?:(?:can|will|helps?|lets?|we|us|me)\s+)*{KEEPING}\s+(?=\S)",
    re.IGNORECASE,
)
"""A wish before the things themselves: "something to keep track of our hives"."""
THANKS = word_set("thanks thank you please cheers so much a lot many in advance all everyone lol haha ta very")
FOR_EACH = r"(?:for|of|about) (?:each|every|all)\b[\w ,-]{1,40}?\s(?:we|i|you|they)\b"
OWN_CLAUSE = regex(
    r"(?:,\s*(?:and|but|plus)?|\s(?:and|but|plus))\s+(?:also\s+)?(?="
    rf"{FOR_EACH}|[\w-]+(?::|\s[-–—])\s+(?:each|every)\b|(?!\w*(?:status|ss)\b)[\w-]+s\s[-–—]\s|"
    r"it(?:'d| would| might) be (?:great|nice|good|lovely|cool|helpful|handy|useful)\b)|"
    r",?\s(?:but|though|although)\s+(?=(?:some|many|most|a few|several|sometimes|occasionally)\s)|"
    r",\s+(?:and|but)\s+(?:(?:obviously|of course|naturally|also)\s+)?(?="
    r"(?:an?|the(?:\s+same)?|no|each|every|nobody)\s(?:[\w-]+\s){0,3}"
    r"(?:(?:that|which|who)\s(?:is|are|has|have)\s(?:[\w-]+\s){1,3})?"
    r"(?:can't|cannot|can not|mustn't|must not|may not)\s)|"
    r",?\s+and\s+(?=they\s+(?:all\s+)?(?:(?:can|may|must|should)\s+)?(?:be able to\s+)?(?:log|sign)\s+in\b)|"
    r",\s+so\s+(?=[a-z]+s\s+with\s)|"
    r",?\s(?:and|but|plus)\s+(?:also\s+)?(?="
    r"(?:we|i)(?:'d|'ll| would| will| also| want| need| like| keep| log| record| track| store| note| write down|"
    r" schedule| organi[sz]e| arrange)\b)",
    re.IGNORECASE,
)
"""Where a clause of its own begins inside a sentence: "and for every bike we log …", "and we'd like to keep …"."""
PAIRS = regex(
    r"^(?P<lead>(?:[^()]*\s)?)(?:(?P<least>min(?:imum)?) and (?P<most>max(?:imum)?) (?P<limited>.+"
    r")|(?P<one>lat(?:itude)?)\s*(?:/|-|and|&|\+)\s*(?P<other>lon(?:gitude)?|lng|long)|"
    r"(?P<first>first|start|begin)(?:n?ing)?\s*(?:/|\band\b)\s*(?:the\s+)?(?P<last>last|end)(?:ing)?\s+(?P<noun>\w+))$",
    re.IGNORECASE,
)
"""Two fields that people write as one: ``latitude/longitude``, ``first/last name``."""
PLEASANTRIES = word_set(
    "hi hello hey thanks thank you please ok okay great good morning afternoon evening cheers yes sure all "
    "team folks so nice perfect looks that's it oh ah um hmm btw and also"
)
INSTEAD = regex(r"^(?:and\s+)?(?:instead|rather)\s*:\s*(?=\S)", re.IGNORECASE)
"""What stands before the rule that takes the place of another: "drop the rule …; instead: …"."""


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a message; a header and its bullets become one sentence."""
    return list(cut(text))


@lru_cache(maxsize=200)
def cut(text: str) -> tuple[str, ...]:
    """Cut a message into its sentences; each is asked for many times while a conversation is read."""
    sentences: list[str] = []
    header, bullets = "", []
    lines = [*unwrapped(plain_lines(cleaned(text))).split("\n"), ""]
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        bullet = BULLET.match(line)
        if bullet and (names_things(header, bullet["text"]) or not is_own_sentence(bullet["text"])):
            bullets.append(bullet["text"].strip(" ,;."))
            continue
        sentences += with_bullets(header, bullets)
        header, bullets = "", []
        stripped = (bullet["text"] if bullet else line).strip()
        heading = re.match(r"^#{1,6}\s+(.*)$", stripped)
        if heading or re.search(r":\s*$", stripped) or is_bare_header(stripped, following):
            header = (heading[1] if heading else stripped).rstrip(": ")
            continue
        sentences += split_line(stripped)
    return tuple(headed([INSTEAD.sub("", sentence) for sentence in sentences]))


def headed(sentences: list[str]) -> list[str]:
    """Return sentences with the name of a thing before the list of its facts: "Nurses. Name, e-mail, staff number."."""
    joined: list[str] = []
    for sentence in sentences:
        has_head = bool(joined) and names_things(joined[-1]) and has_plural(joined[-1].lower())
        joined.append(f"{joined.pop()}: {sentence}" if has_head and lists_facts(sentence) else sentence)
    return joined


def lists_facts(sentence: str) -> bool:
    """Tell whether a sentence is nothing but a list of facts: no verb of its own, no head, and no things."""
    items = items_of(sentence)
    is_bare = ":" not in sentence and not SAYS.search(sentence) and not ANCHOR.search(sentence)
    return is_bare and len(items) > 1 and not has_plural(items[0].lower())


def is_bare_header(line: str, following: str) -> bool:
    """Tell whether a line of one or two words right above a bullet names what the bullets are about."""
    is_short = 0 < len(words_of(line)) <= LONGEST_THING and bool(entity_name(line))
    return is_short and BULLET.match(following) is not None


def names_things(header: str, bullet: str = "") -> bool:
    """Tell whether a header names things of one kind, which its bullets are about (one thing: lower-case ones)."""
    words = words_of(header)
    is_short = 0 < len(words) <= LONGEST_THING and words[-1] not in NO_THINGS
    is_one = (
        bullet[:1].islower()
        and words[-1:] != []
        and not set(words) & (PLACES | SYSTEM_NOUNS)
        and re.match(r"[\w ]+:\s", bullet) is not None
    )
    is_one = is_one and not has_plural(bullet.partition(":")[0].lower())
    return (
        is_short
        and (has_plural(header.lower()) or is_one)
        and bool(entity_name(header))
        and entity_name(header) not in COLLECTIVES
    )


def is_own_sentence(bullet: str) -> bool:
    """Tell whether a bullet says a whole thing by itself ("books with a title"), not an item of its header."""
    return bool(re.search(r":\s", bullet)) or (ANCHOR.search(bullet) is not None and ANCHOR.match(bullet) is None)


def with_bullets(header: str, bullets: list[str]) -> list[str]:
    """Return a header and its bullets as sentences."""
    is_note = bool(words_of(header)) and words_of(header)[-1] in NO_THINGS and len(words_of(header)) <= LONGEST_THING
    if not bullets:
        return split_line(header + ":") if header and not is_note else []
    if is_note:
        return [sentence for bullet in bullets for sentence in split_line(bullet)]
    if any(names_things(header, bullet) for bullet in bullets) and any(says_more(bullet) for bullet in bullets):
        return [sentence for bullet in bullets for sentence in about_header(header, bullet)]
    has_long = any(len(words_of(bullet)) > 6 for bullet in bullets)
    if has_long and 0 < len(words_of(header)) <= LONGEST_THING and entity_name(header):
        return [sentence for bullet in bullets for sentence in split_line(f"{header}: {bullet}")]
    listed = "; ".join(bullets) if has_long else ", ".join(bullets)
    if not header:
        return split_line(listed)
    joint = " " if re.search(r"\b(?:with|has|have|includes?|contains?)$", header, re.IGNORECASE) else ": "
    return split_line(f"{header}{joint}{listed}")


def says_more(bullet: str) -> bool:
    """Tell whether a bullet is more than the name of a fact."""
    is_long = len(words_of(bullet)) > LONGEST_THING + 1
    return (
        is_long
        or re.search(
            r"[,:;]|^(?:belongs?|are|is|has|have|logs?|from|for|can|may|must|one|several)\b", bullet, re.IGNORECASE
        )
        is not None
    )


def about_header(header: str, bullet: str) -> list[str]:
    """Return the sentences of a bullet, the first of them behind its header; later ones go on with it."""
    first, *others = split_line(bullet) or [""]
    return [f"{header}: {first}", *others] if first else []


def split_line(line: str) -> list[str]:
    """Split one line at semicolons, full stops and before a clause of its own; brackets and quotes stay whole."""
    masked = mask(line)
    parts = [
        part for piece in re.split(r";|(?<=[.!?])\s+(?=\S)|[.!]+$", masked) for part in OWN_CLAUSE.split(piece)
    ]  # fmt: skip
    return [
        sentence for part in parts if (sentence := re.sub(r"(?<=[^\W_]|[)\]])[.!]+$", "", unmask(part).strip(" ,")))
    ]


def items_of(sentence: str) -> list[str]:
    """Return the items of a sentence, cut at commas and "and"."""
    parts = [NOTHING_MORE.sub("", unmask(part)).strip(" ,:") for part in SEPARATOR.split(mask(in_brackets(sentence)))]
    items = [without_asides(part) for part in parts]
    return [single for item in items if item for single in singles(item)]


def singles(item: str) -> list[str]:
    """Return "latitude/longitude" or "first/last name" as its two fields, any other item as it is."""
    pair = PAIRS.match(item)
    if pair is None:
        return [item]
    if pair["least"]:
        return [f"{pair['least']} {pair['limited']}", f"{pair['most']} {pair['limited']}"]
    if pair["one"]:
        return [f"{pair['lead']}latitude", "longitude"]
    noun = pair["noun"].removesuffix("s")
    return [f"{pair['lead']}{pair['first']} {noun}", f"{pair['last']} {noun}"]


def without_opening(sentence: str) -> str:
    """Return a sentence without greetings and wishes before it ("hi, I want to keep track of")."""
    changed = True
    while changed:
        shorter = sentence
        for filler in FILLERS:
            shorter = filler.sub("", shorter, count=1)
        changed = shorter != sentence
        sentence = shorter
    return sentence


def without_greeting(sentence: str) -> str:
    """Return a sentence without the words that only open it ("oh and", "hi,"), its wish left in place."""
    while (shorter := GREETING.sub("", sentence, count=1)) != sentence:
        sentence = shorter
    return sentence


def without_filler(sentence: str) -> str:
    """Return a sentence without what people say before they say something; "for each book we store" is "book have"."""
    if only_points(sentence):
        return ""
    sentence = without_opening(sentence)
    each = EACH.match(sentence)
    if each:
        return f"{each['subject']} have {each['rest']}"
    if VAGUE.match(sentence) or only_points(sentence) or leaves_rest_open(sentence):
        return ""
    return "" if set(words_of(sentence)) <= PLEASANTRIES else sentence


def without_wish(sentence: str) -> str:
    """Return a sentence without "something to keep track of" before its things."""
    return WISH.sub("", sentence, count=1)


def is_thanks(item: str) -> bool:
    """Tell whether an item only thanks or asks kindly ("thanks so much")."""
    words = set(words_of(item))
    return words <= THANKS and bool(words & {"thanks", "thank", "please", "cheers", "lol", "haha"})
