"""Tells that a message is in a language that the built-in planner doesn't read, so that people hear so at once."""

from __future__ import annotations

from bot.planning.built_in.words.vocabulary import word_set, words_of

__all__ = ["other_language"]

COMMON = {
    "German": word_set(
        "der die das und mit für ein eine einen einer ist sind wir ich von zu haben hat sich auf nicht werden wird "
        "soll kann jede jeder jedes oder aus bei nach über unser unsere möchten brauchen verwalten mehrere als auch"
    ),
    "French": word_set(
        "le la les des une un et avec pour est sont nous je dans chaque du que qui au aux leur leurs ou par sur notre "
        "nos avons voulons veut gérer plusieurs ce cette il elle"
    ),
    "Spanish": word_set(
        "el la los las una un y con para es son que del de cada por se tiene tienen nosotros nuestra nuestro quiero "
        "queremos necesitamos o su sus varios varias gestionar en"
    ),
    "Italian": word_set("il lo gli una un e con per è sono che del della ogni si ha hanno noi nostro nostra vogliamo"),
    "Portuguese": word_set("os as um uma e com para é são que do da cada se tem nós nosso nossa queremos precisamos"),
    "Dutch": word_set("het een en met voor is zijn wij van elke elk hebben heeft ons onze willen naar bij ook niet"),
}
ENGLISH = word_set(
    "the a an and with for of to is are each every has have we our can in on by that it its or be i need want their "
    "they which who not from at one as name title"
)
FEWEST = 3
SHORT = 8
"""Words of a message in which two common ones are enough."""


def other_language(text: str) -> str:
    """Return the language that a text is in where that is plainly not English, else nothing."""
    words = words_of(text[:2_000])
    english = sum(word in ENGLISH for word in words)
    counts = {name: sum(word in common for word in words) for name, common in COMMON.items()}
    kinds = {name: len(set(words) & common) for name, common in COMMON.items()}
    best = max(counts, key=lambda name: (kinds[name], counts[name]))
    fewest = 2 if len(words) <= SHORT else FEWEST
    return best if kinds[best] >= fewest and counts[best] > 2 * english else ""
