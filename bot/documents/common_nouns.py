"""Common singular nouns with a regular plural, so that most plans never load the slow plural library.

A test compares every one with the library's answer.
"""

from __future__ import annotations

__all__ = ["REGULAR_NOUNS", "SINGULAR_OF", "regular_plural"]

NOUNS = """
account achievement action activity actor address admin agency agenda agent agreement airline airport album alert
amenity amount animal answer apartment appliance applicant application appointment approval area article artist
asset assignment attachment attempt attendee attribute auction audit author award badge bank barcode batch bed bid
bikini bill bike block board boat book booking booth box branch brand brewery bug building bus business cabin calendar
call campaign candidate car card carrier cart case category certificate change channel charge chat chapter check
checkin checklist choice citation city claim class client clinic club code collection color colour comment company
component computer concert condition conference contact contest contract contractor copy country coupon course
court credit crew currency customer dashboard day dealer debt deck decision delivery department deposit desk
device dinner discount dish doctor document donation donor door draft drawer driver drug duty
edition email employee employer engine entry envelope episode error estimate evaluation event
exam example exercise exhibit expense experiment facility fan farm farmer fee feature feed field
file film fine flag fleet flight floor folder follower forecast form forum friend fund game garden gate genre
goal grade grant group guest guide gym habit holiday home hospital host hotel hour house idea image incident
ingredient inspection instructor instrument insurer interest interview invitation invoice island
issue item job journal journey key kit kitchen kiwi label language laptop lead league lecture lender lesson letter level
librarian library license line link list listing loan location lock locker log lot machine magazine mail manager
manufacturer map market match meal measurement medication meeting member membership memo menu merchant message
meter milestone mission model module month motor movie museum musician name neighbor neighbour network note
notebook notification number nurse object offer office officer opening operator opinion option order organization
organisation outlet owner package page painting park parcel parent part participant partner passenger password
patient payment payout performance permission permit pet phone picture pilot pipeline place plan plane plant plate
player playlist plot point policy poll port position post poster practice prescription present price printer
prize problem procedure product profile program project promotion property proposal provider publisher purchase
question queue race rating reaction reader reading receipt recipe recommendation record recipient refund region
registration release reminder rental repair reply report repository request requirement reservation resident
resource response restaurant result return review reviewer reward ride right risk road role room round route rule
run salary sale sample schedule school score screen season seat section seller seminar sensor server service
session setting shelter shift ship shipment shop show signature site ski skill slot snapshot song source space speaker
sponsor sport stage stall stamp station step stop store story stream street student subject submission subscriber
subscription suggestion supplier survey symptom system table tag target task taxi teacher team template tenant term
test ticket tool topic tour tournament town toy track trail train trainer training transaction transfer
translation treatment tree trip truck tutor unit university update upload user vacancy vaccination van variant
vehicle vendor venue vet video view visit visitor volunteer vote voucher warehouse warranty watch week weight
winner word worker workout workshop workspace wish year zone
"""

REGULAR_NOUNS = frozenset(NOUNS.split())
"""Each takes s, es after a hissing sound, or ies after a consonant and y."""

HISSING = ("s", "x", "z", "ch", "sh")
VOWELS = "aeiou"


def regular_plural(word: str) -> str:
    """Return the plural of a regular noun in lower case."""
    if word.endswith(HISSING):
        return f"{word}es"
    if word.endswith("y") and word[-2:-1] not in VOWELS:
        return f"{word[:-1]}ies"
    return f"{word}s"


SINGULAR_OF = {regular_plural(noun): noun for noun in REGULAR_NOUNS}
"""Plural → singular of the regular nouns."""
