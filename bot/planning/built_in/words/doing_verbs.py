"""Knows verbs of doing something to things, in their base form, and what the record of such a deed is called."""

from __future__ import annotations

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import NOUN_OF
from bot.planning.built_in.words.deed_words import SEEING
from bot.planning.built_in.words.vocabulary import EVENT_NOUNS, word_set

__all__ = ["ONLY_DEEDS", "base_of_deed", "is_deed", "record_of_deed"]

ONLY_DEEDS = word_set(
    "adjust assemble bathe bottle brush calibrate carve dig disinfect examine feed fertilise fertilize fix fold "
    "groom harvest hem inspect install launder lubricate maintain mend mow muck peel pickle prepare prune "
    "refill refurbish remove replace restore rinse scrub sew sharpen shear sow sterilise sterilize stitch sweep tame "
    "transplant treat trim tune upholster vaccinate weave weed weigh weld wipe translate"
)
"""Verbs that begin no name of a thing: "prune rows" is never a kind of row."""
DEEDS = ONLY_DEEDS | word_set(
    "answer arrange bake brew build burn carry catch change charge check climb collect comb cook copy cover cut "
    "deliver design drive dry dust edit exercise fill fit foster freeze fry glue grade greet grill grind guard guide "
    "hang heat hike host ice iron judge knit label load measure milk mix oil pack paint patrol photograph pick plan "
    "plant plough plow post press print process pump read record recycle renew repair review ride roast run sand scan "
    "seal search serve service ship shoe sign slice sort split spray stack stain steam stretch strip style survey tag "
    "taste teach test tie till train transport tutor visit walk wash watch water wax wrap write drink eat finish play "
    "clean empty polish read see tow hatch press shave count fold sell"
)
"""The same, and verbs that are nouns too: "repair kits" is a kind of kit elsewhere."""
CALLED = {
    "drink": "tasting", "taste": "tasting", "eat": "tasting", "watch": "viewing", "see": "sighting", "hike": "hike",
    "climb": "climb", "ride": "ride", "patrol": "patrol", "survey": "survey", "harvest": "harvest", "sell": "sale",
    "finish": "completion", "examine": "examination", "fix": "repair", "mend": "repair", "replace": "replacement",
    "adjust": "adjustment", "install": "installation", "maintain": "maintenance", "remove": "removal",
    "translate": "translation", "scan": "scan", "search": "search", "play": "round", "press": "pressing",
    "solve": "solution", "operate": "operation",
}  # fmt: skip
"""What the record of a deed is called where it is no gerund."""
NO_RECORDS = word_set("keep have own need want like love know use take get manage look track store offer buy")
SHORT = regex(r"^[^aeiou]*[aeiou][bdglmnprt]$")
"""A verb of one short syllable, whose last letter is doubled: "trimming"."""


def base_of_deed(word: str) -> str:
    """Return the base form of a verb of doing, said of one or of several; nothing for other words."""
    verb = word.lower()
    forms = (verb, verb.removesuffix("s"), verb.removesuffix("es"), f"{verb.removesuffix('ies')}y")
    return next((form for form in forms if form in DEEDS), "")


def is_deed(word: str) -> bool:
    """Tell whether a word can be a verb of doing."""
    return bool(base_of_deed(word))


def record_of_deed(verb: str) -> str:
    """Return what the record of a deed is called, by its verb in the base form: "prune" → "pruning"; or nothing."""
    if verb in NO_RECORDS:
        return ""
    known = CALLED.get(verb) or NOUN_OF.get(verb) or SEEING.get(verb) or EVENT_NOUNS.get(verb)
    if known:
        return known
    stem = f"{verb}{verb[-1]}" if SHORT.match(verb) else verb
    if verb.endswith("e") and verb[-2:-1] not in "aeio":
        stem = verb[:-1]
    return f"{stem}ing"
