"""What people are called: the one list of it, for whoever reads deeds, links and roles."""

from __future__ import annotations

from bot.planning.built_in.words.vocabulary import word_set

__all__ = ["GROUPS", "KINDS", "PEOPLE", "ROLE_NOUNS", "SERVED"]

PEOPLE = word_set(
    "accompanist accountant actress adopter adult adviser advisor agent applicant apprentice artist assistant "
    "athlete attendant author buyer candidate captain chef child citizen clerk client coach colleague consultant cook "
    "customer dancer delegate deputy doctor donor driver employee employer expert freelancer friend guard guest "
    "guide host hostess human inhabitant intern janitor judge keeper kid landlord lawyer learner lifeguard "
    "manager marshal mechanic medic member midwife monk musician neighbor neighbour nun nurse official owner "
    "paramedic parent participant patient person pilot player priest pupil reader referee registrar resident "
    "rider runner scout secretary seller singer soldier speaker staff stagehand steward student subscriber "
    "supplier teacher technician tenant trainer umpire user vet visitor volunteer waitress warden witness worker"
)
"""Nouns for somebody, in the singular."""
GROUPS = word_set("family team crew couple group class pair")
"""Nouns for several who do something as one; who logs in or owns something is none of them."""
ROLE_NOUNS = word_set(
    "admin administrator moderator chair chairman chairwoman chairperson lead head boss chief treasurer office board "
    "committee reception management secretariat foreman superintendent librarian cashier bookkeeper "
    "master manager director coordinator secretary steward warden caretaker janitor staff"
)
"""What somebody is called who may do more than others, or where they sit, beside what people are called."""
SERVED = word_set(
    "customer client guest patient reader tenant visitor buyer borrower student pupil child kid parent citizen "
    "resident applicant candidate passenger donor inhabitant consumer shopper diner traveller traveler renter hirer"
)
"""Those whom a place serves: who works there is mostly none of them."""
KINDS = SERVED | word_set(
    "adult beginner senior junior employee employer freelancer friend neighbour neighbor resident"
)
"""What some people are by age or by where they come from; it is a role only where something is left to them."""
