"""Makes plain text of what is typed in a chat: quotes, emphasis, mentions, links, slips, pasted specs taken out."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.patterns import regex
from bot.planning.built_in.words.deed_records import in_records
from bot.planning.built_in.words.deed_rows import in_single_deeds
from bot.planning.built_in.words.loose_talk import plainly_said
from bot.planning.built_in.words.plain_alternatives import in_plain_alternatives
from bot.planning.built_in.words.plain_arrangements import in_plain_arrangements
from bot.planning.built_in.words.plain_arrows import in_plain_arrows
from bot.planning.built_in.words.plain_asking import in_plain_asking
from bot.planning.built_in.words.plain_assignments import in_plain_assignments
from bot.planning.built_in.words.plain_attached import in_plain_attached
from bot.planning.built_in.words.plain_audiences import in_plain_audiences
from bot.planning.built_in.words.plain_bookings import in_plain_bookings
from bot.planning.built_in.words.plain_chains import in_plain_chains
from bot.planning.built_in.words.plain_choosing import in_plain_choosing
from bot.planning.built_in.words.plain_claims import in_plain_claims
from bot.planning.built_in.words.plain_clauses import in_plain_clauses
from bot.planning.built_in.words.plain_closings import in_plain_closings
from bot.planning.built_in.words.plain_commissions import in_plain_commissions
from bot.planning.built_in.words.plain_complaints import without_complaints
from bot.planning.built_in.words.plain_counts import in_plain_counts
from bot.planning.built_in.words.plain_courses import in_plain_courses
from bot.planning.built_in.words.plain_customs import in_plain_customs
from bot.planning.built_in.words.plain_dealings import in_plain_dealings
from bot.planning.built_in.words.plain_denials import in_plain_denials
from bot.planning.built_in.words.plain_details import in_plain_details
from bot.planning.built_in.words.plain_doings import in_plain_doings
from bot.planning.built_in.words.plain_errands import in_plain_errands
from bot.planning.built_in.words.plain_faults import in_plain_faults
from bot.planning.built_in.words.plain_findings import in_plain_findings
from bot.planning.built_in.words.plain_firms import in_plain_firms
from bot.planning.built_in.words.plain_handling import in_plain_handling
from bot.planning.built_in.words.plain_holding import in_plain_holding
from bot.planning.built_in.words.plain_introductions import in_plain_introductions
from bot.planning.built_in.words.plain_keeping import in_plain_keeping, in_plain_losses, in_plain_series
from bot.planning.built_in.words.plain_lendings import in_plain_lendings
from bot.planning.built_in.words.plain_letters import in_plain_letters
from bot.planning.built_in.words.plain_limits import in_plain_limits
from bot.planning.built_in.words.plain_lists import in_plain_lists
from bot.planning.built_in.words.plain_lodgings import in_plain_lodgings
from bot.planning.built_in.words.plain_logs import in_plain_logs
from bot.planning.built_in.words.plain_makers import in_plain_makers
from bot.planning.built_in.words.plain_maybes import in_plain_maybes
from bot.planning.built_in.words.plain_measures import in_plain_measures
from bot.planning.built_in.words.plain_notes import in_plain_notes
from bot.planning.built_in.words.plain_occasions import in_plain_occasions
from bot.planning.built_in.words.plain_openings import in_plain_openings
from bot.planning.built_in.words.plain_outcomes import in_plain_outcomes
from bot.planning.built_in.words.plain_overlaps import in_plain_overlaps
from bot.planning.built_in.words.plain_overviews import in_plain_overviews
from bot.planning.built_in.words.plain_pairs import in_plain_pairs
from bot.planning.built_in.words.plain_personal import in_plain_personal
from bot.planning.built_in.words.plain_persons import in_plain_persons
from bot.planning.built_in.words.plain_pointers import in_plain_pointers
from bot.planning.built_in.words.plain_portions import in_plain_portions
from bot.planning.built_in.words.plain_pronouns import in_plain_pronouns
from bot.planning.built_in.words.plain_relatives import in_plain_relatives
from bot.planning.built_in.words.plain_remarks import without_remarks
from bot.planning.built_in.words.plain_requests import in_plain_requests
from bot.planning.built_in.words.plain_rounds import in_plain_rounds
from bot.planning.built_in.words.plain_routines import in_plain_routines
from bot.planning.built_in.words.plain_seats import in_plain_seats
from bot.planning.built_in.words.plain_settings import in_plain_settings
from bot.planning.built_in.words.plain_sights import in_plain_sights
from bot.planning.built_in.words.plain_speakers import in_plain_speakers
from bot.planning.built_in.words.plain_states import in_plain_states
from bot.planning.built_in.words.plain_stock import in_plain_stock
from bot.planning.built_in.words.plain_stories import in_plain_stories
from bot.planning.built_in.words.plain_tallies import in_plain_tallies
from bot.planning.built_in.words.plain_trades import in_plain_trades
from bot.planning.built_in.words.plain_upkeep import in_plain_upkeep
from bot.planning.built_in.words.plain_values import in_plain_values
from bot.planning.built_in.words.plain_verdicts import in_plain_verdicts
from bot.planning.built_in.words.plain_visits import in_plain_visits
from bot.planning.built_in.words.plain_wares import in_plain_wares
from bot.planning.built_in.words.plain_ways_out import in_plain_ways_out
from bot.planning.built_in.words.plain_wholes import in_plain_wholes
from bot.planning.built_in.words.plain_whoms import in_plain_whoms
from bot.planning.built_in.words.plain_wishes import in_plain_wishes
from bot.planning.built_in.words.plain_writers import in_plain_writers
from bot.planning.built_in.words.role_nouns import in_plain_roles
from bot.planning.built_in.words.spellings import spelled_out
from bot.planning.built_in.words.told_choices import in_told_choices

__all__ = ["cleaned", "without_mentions", "without_specs"]

SPECS_BLOCK = regex(
    r"<entity_specs>.*?(?:</entity_specs>|\Z)|^[ \t]*ENTITY_SPECS:.*\Z|^[ \t]*ENTITY:[ \t]*\w+[ \t]*\n.*\Z",
    re.DOTALL | re.MULTILINE,
)

ANY_SPACE = regex(r"[^\S\n]")
GAP = " " * 8
GAPS = regex(rf"{GAP} +")
BLANK_LINES = regex(r"\n(?: *\n){2,}")
WAYS = (
    without_complaints,
    in_plain_denials,
    in_plain_alternatives,
    in_plain_introductions,
    in_plain_overlaps,
    in_plain_pairs,
    in_plain_lists,
    in_plain_courses,
    in_plain_bookings,
    in_plain_roles,
    in_plain_sights,
    in_plain_verdicts,
    in_plain_seats,
    in_plain_lendings,
    in_plain_ways_out,
    in_plain_series,
    in_plain_firms,
    in_plain_logs,
    in_plain_persons,
    in_plain_arrangements,
    in_plain_findings,
    in_plain_lodgings,
    in_plain_visits,
    in_plain_relatives,
    in_plain_audiences,
    in_plain_errands,
    in_plain_stock,
    in_plain_arrows,
    in_plain_portions,
    without_remarks,
    in_plain_settings,
    in_plain_personal,
    in_plain_assignments,
    in_plain_whoms,
    in_plain_handling,
    in_plain_wares,
    in_plain_wholes,
    in_plain_choosing,
    in_plain_asking,
    in_plain_dealings,
    in_plain_limits,
    in_plain_holding,
    in_plain_claims,
    in_plain_wishes,
    in_plain_customs,
    in_plain_trades,
    in_plain_overviews,
    in_plain_details,
    in_plain_counts,
    in_plain_states,
    in_plain_commissions,
    in_plain_tallies,
    in_plain_speakers,
    in_plain_maybes,
    in_plain_letters,
    in_plain_doings,
    in_plain_losses,
    in_plain_attached,
    in_plain_pronouns,
    in_plain_writers,
    in_plain_occasions,
    in_plain_pointers,
    in_plain_openings,
    in_plain_keeping,
    in_plain_outcomes,
    in_plain_notes,
    in_plain_chains,
    in_plain_requests,
    in_plain_makers,
    in_plain_routines,
    in_plain_rounds,
    in_plain_upkeep,
    in_single_deeds,
    in_told_choices,
    plainly_said,
    in_plain_clauses,
    in_plain_stories,
    in_plain_faults,
    in_plain_measures,
    in_plain_closings,
    in_plain_values,
    in_records,
)
"""What says a text plainly, one after the other: each reads what those before it left."""


def without_specs(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text without its pasted entity_specs blocks, and those blocks."""
    blocks = tuple(match[0] for match in SPECS_BLOCK.finditer(text))
    return SPECS_BLOCK.sub("\n", text), blocks


@lru_cache(maxsize=256)
def cleaned(text: str) -> str:
    """Return text without chat formatting: typographic quotes, emphasis, escaped signs, links' markup.

    Remembered, for each sentence is asked for again and again to quote what somebody wrote.
    """
    text = text.replace("’", "'").replace("‘", "'").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    text = without_mentions(text)
    text = re.sub(r"<(?:mailto:|https?://)[^|>]*\|([^>]*)>", r"\1", text)
    text = re.sub(r"(?<![\w*])[*`]+(?=\S)|(?<=\S)[*`]+(?!\w)", "", text)
    spelled = spelled_out(without_long_gaps(text.replace("\r\n", "\n").replace("\r", "\n")))
    for way in WAYS:
        spelled = way(spelled)
    return spelled


def without_long_gaps(text: str) -> str:
    """Return text with plain spaces, few in a row: a long gap says nothing, and each way would look through it."""
    return BLANK_LINES.sub("\n\n", GAPS.sub(GAP, ANY_SPACE.sub(" ", text)))


def without_mentions(text: str) -> str:
    """Return text with the people it mentions by name, or as "someone": their raw ids mean nothing elsewhere."""
    return re.sub(r"<@\w+(?:\|([^>]*))?>", lambda match: match[1] or "someone", text)
