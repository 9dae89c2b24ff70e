"""Things that go with several of others by their kind: products with orders, tags with posts; parts don't."""

from __future__ import annotations

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import word_set

__all__ = ["PARTS", "is_doer", "is_part", "is_shared"]

DOERS = regex(
    r"(?:user|person|customer|member|client|guest|teacher|student|driver|rider|owner|author|reader|manager|worker|staff|"
    r"employee|agent|admin|doctor|patient|artist|visitor|seller|buyer|player|coach|trainer|editor|tenant|landlord|parent|"
    r"child|nurse|cook|chef|farmer|baker|volunteer|donor|candidate|technician|mechanic|librarian|judge|team|company|"
    r"[a-z]+(?:ist|ian|eer|man|woman))"
)
"""Who does things: what they do is no record in which things meet."""
PARTS = word_set("item line entry detail step page row board leg inning heat lap hole frame")
"""What parts of a thing are called."""

SHARING = word_set(
    "order cart basket invoice playlist recipe menu bundle tag talk class course collection meal workout movie "
    "film event session lesson list performance concert show play run race match tournament"
)
"""Things whose parts usually occur in others of their kind too; it only chooses the default of a question."""

SHARED_THINGS = word_set(
    "tag label category author skill ingredient instructor keyword genre topic language allergen amenity speaker "
    "artist actor editor contributor supervisor teacher trainer coach technician assignee collaborator interest hobby "
    "qualification role permission badge material supplier symptom translator co-author participant attendee"
)
"""Things that usually go with several others each; it only chooses the default of a question."""


def is_part(subject: str, object_: str) -> bool:
    """Tell whether things are parts by their name: order items, invoice lines."""
    last = object_.rsplit(maxsplit=1)[-1]
    is_named_after = subject.rsplit(maxsplit=1)[-1] in object_.split()
    return is_named_after or last in PARTS


def is_shared(subject: str, object_: str) -> bool:
    """Tell whether one of the many usually goes with several: a product with orders, a tag with posts."""
    if is_part(subject, object_):
        return False
    return subject.rsplit(maxsplit=1)[-1] in SHARING or object_.rsplit(maxsplit=1)[-1] in SHARED_THINGS


def is_doer(noun: str) -> bool:
    """Tell whether a noun names somebody who does things."""
    return DOERS.fullmatch(noun.lower().rpartition(" ")[2]) is not None
