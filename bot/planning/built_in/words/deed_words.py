"""The verbs by which people do something with things, the records that they make, and the nouns of what happens.

All of it is data, so that a reader can see at once what is understood and what is not.
"""

from __future__ import annotations

from bot.planning.built_in.words.vocabulary import word_set

__all__ = [
    "ANYBODY",
    "ASKING",
    "BRINGING",
    "DOING",
    "LENDING",
    "LENT",
    "MAKING",
    "MEETINGS",
    "NO_GERUNDS",
    "OCCASIONS",
    "SEEING",
    "SPOTS",
    "TAKING",
    "TOGETHER",
]

TAKING = {
    "take": "loan", "keep": "loan", "take out": "loan", "take home": "loan", "borrow": "loan", "rent": "rental",
    "hire": "hire", "lease": "lease", "check out": "loan", "loan": "loan", "lend": "loan", "rent out": "rental",
}  # fmt: skip
"""Verbs of taking what comes back, and the record of it."""
LENT = {
    "lent": "loan", "loaned": "loan", "given": "loan", "handed": "loan", "borrowed": "loan", "taken": "loan",
    "rented": "rental", "let": "rental", "hired": "hire", "leased": "lease", "booked": "booking",
    "reserved": "reservation",
}  # fmt: skip
LENDING = {
    "lend": "loan",
    "loan": "loan",
    "give": "loan",
    "hand": "loan",
    "rent": "rental",
    "let": "rental",
    "hire": "hire",
}
ASKING = word_set("book reserve")
MAKING = word_set(
    "request record log enter add create post make place schedule arrange organise organize plan offer lead give hold "
    "run host file submit report"
)
"""Verbs whose object is the record itself."""
DOING = word_set(
    "register enrol enroll order buy purchase inspect repair deliver treat examine adopt sponsor visit use attend join"
)
"""Verbs that make a record of what is done to their object."""
SEEING = {
    "see": "visit", "consult": "consultation", "meet": "meeting", "walk": "walk", "water": "watering",
    "feed": "feeding", "clean": "cleaning", "wash": "washing", "groom": "grooming", "mow": "mowing",
    "prune": "pruning", "tune": "tuning",
    "test": "test", "measure": "measurement", "service": "service", "calibrate": "calibration", "check": "check",
    "vaccinate": "vaccination", "restore": "restoration", "sharpen": "sharpening", "paint": "painting",
    "sign up for": "registration", "apply for": "application", "sign up to": "registration",
    "register for": "registration", "enrol in": "enrolment", "enroll in": "enrollment", "subscribe to": "subscription",
}  # fmt: skip
"""Verbs whose record is called otherwise than they are."""
BRINGING = word_set("bring send hand drop")
"""Verbs of giving something into somebody's hands for what is then done to it."""
OCCASIONS = word_set(
    "visit session lesson meeting call consultation interview appointment treatment inspection rehearsal delivery "
    "pickup pick-up trial check-up checkup haircut massage ride lift transfer excursion stay shoot exam examination "
    "vaccination installation photoshoot demonstration presentation audition fitting repair "
    "service check restoration calibration"
)
MEETINGS = word_set("class tour tasting trip walk")
"""What is there before anybody books it, unless it is said with whom or where it is."""
SPOTS = word_set("place seat spot slot space spaces")
"""What somebody gets of what is booked."""
TOGETHER = word_set("group pair set part head lot")
"""People or things that are counted as one, though the word is a measure elsewhere."""
ANYBODY = word_set("anybody anyone everybody everyone somebody someone people whoever")
"""Whoever it is: no thing of its own."""
NO_GERUNDS = word_set(
    "building ring king string thing wing painting clothing ceiling spring evening morning wedding dressing drawing "
    "earring sibling duckling pudding railing flooring"
)
