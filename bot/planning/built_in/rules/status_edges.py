"""Works out which changes of a status are possible, from the steps that people told and the limits they put on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from bot.planning.built_in.drafts.draft import StatusSteps
from bot.planning.built_in.phrases.status_ways import Ways
from bot.planning.built_in.words.vocabulary import spoken, word_set

__all__ = ["edges_of", "ended_by_a_no", "every_edge", "one_after_the_other"]

type Edge = tuple[str, str]
STAGES = (
    word_set("draft new pending requested open submitted created received placed registered applied waiting"),
    word_set("confirmed approved accepted assigned booked scheduled reviewed"),
    word_set("paid in_progress started active processing packed preparing prepared"),
    word_set("shipped sent picked_up dispatched out_for_delivery on_the_way"),
    word_set("delivered completed done finished collected resolved"),
    word_set("closed archived"),
)
"""Values that follow each other in most lives: from one stage to a later one, never back."""
ENDINGS = word_set("cancelled canceled rejected refunded declined withdrawn failed expired denied refused")
"""Values that are off that way."""
NOES = word_set("cancelled canceled called_off rejected declined denied refused turned_down withdrawn disapproved")
"""Values that say no; what goes on behind "approved or rejected" goes on from the yes."""
CLOSINGS = (
    STAGES[4]
    | STAGES[5]
    | word_set("filed ended over settled returned given_back handed_back sent_back answered recorded informed notified")
)
"""Last values that a yes and a no may both come to."""
FEWEST = 3
"""Values that make a way of their own."""


def every_edge(values: Sequence[str]) -> list[Edge]:
    """Return every change from one value to another."""
    return [(source, target) for source in values for target in values if source != target]


def edges_of(said: StatusSteps, values: Sequence[str], before: Sequence[Edge]) -> list[Edge]:
    """Return every change that is possible, in the order of the values.

    Who only says what can't be leaves everything else free. ``before``: what was possible so far; steps that lead
    to every value, or that are said to be the only ones, take its place.
    """
    steps = said.steps.edges
    leads_everywhere = bool(values) and {values[0], *reached_from(values[0], steps)} >= set(values)
    is_new = said.is_whole or (
        leads_everywhere and not any(" also " in f" {quote.lower()} " for quote in said.steps.quotes)
    )
    noes = ended_by_a_no(said)
    told = [*([] if is_new else before), *(edge for edge in steps if edge[0] not in noes)]
    edges = told or [*pairwise(one_after_the_other(said, values))] or every_edge(values)
    for limit in said.limits:
        edges = limited(edges, limit, values, is_free=not told)
    finals = {value for limit in said.limits for value in limit.finals}
    possible = {(source, target) for source, target in edges if source not in finals and source != target}
    more = [edge for edge in dict.fromkeys(edges) if not set(edge) <= set(values)]
    return [*(edge for edge in every_edge(values) if edge in possible), *more]


def ended_by_a_no(said: StatusSteps) -> list[str]:
    """Return the values that say no and were told beside a yes, where what was told next is meant of the yes.

    "Quoted, then agreed or refused, then on the bench"; a last "then closed" may be meant of both. Who names the no
    once more says where it leads.
    """
    onward: dict[str, list[str]] = {}
    for source, target in said.steps.edges:
        onward.setdefault(source, []).append(target)
    quote = " … ".join(said.steps.quotes).lower()
    return [
        no
        for no in onward
        if no in NOES
        and quote.count(spoken(no)) == 1
        and any(onward[no] == onward.get(yes) for yes in beside(no, onward) - NOES)
        and any(target in onward or target not in CLOSINGS for target in onward[no])
    ]


def beside(value: str, onward: Mapping[str, Sequence[str]]) -> set[str]:
    """Return the values that something leads to as it leads to one."""
    return {other for targets in onward.values() if value in targets for other in targets} - {value}


def one_after_the_other(said: StatusSteps, values: Sequence[str]) -> list[str]:
    """Return values that plainly follow each other as they were listed, where only its way out was told; or none.

    "Pending, paid, shipped, delivered or cancelled; only pending orders can be cancelled".
    """
    if said.steps.edges or not said.limits:
        return []
    endings = {target for limit in said.limits for _, targets in limit.entries for target in targets}
    is_way_out = all(limit == Ways(entries=limit.entries) and limit.entries for limit in said.limits)
    rest = [value for value in values if value not in endings]
    stages = [next((place for place, stage in enumerate(STAGES) if value in stage), -1) for value in rest]
    in_order = all(earlier < later for earlier, later in pairwise([-1, *stages]))
    return rest if is_way_out and endings <= ENDINGS and len(rest) >= FEWEST and in_order else []


def limited(edges: list[Edge], limit: Ways, values: Sequence[str], *, is_free: bool) -> list[Edge]:
    """Return what is possible within one limit."""
    if limit.is_any:
        edges = every_edge(values)
    for sources, _ in limit.ways:
        edges = [*edges, *product(sources, values)]
    for sources, targets in limit.barred:
        edges = [(one, other) for one, other in edges if not (is_of(one, sources) and is_of(other, targets))]
    for sources, targets in limit.entries:
        others = [(one, other) for one, other in edges if other not in targets]
        edges = [*others, *product(sources or values, targets)]
    for sources, targets in limit.exits:
        others = [(one, other) for one, other in edges if one not in sources]
        edges = [*others, *product(sources, targets or values)]
    for stops, targets in limit.until:
        late = {*stops, *(value for value in values if stops and not reaches(value, stops, edges, targets))}
        early = [value for value in values if value not in (stops if is_free or late >= set(values) else late)]
        others = [(one, other) for one, other in edges if not (other in targets and one in stops)]
        edges = [*others, *product(early, targets)]
    return edges


def product(sources: Iterable[str], targets: Iterable[str]) -> list[Edge]:
    """Return the changes from each source to each target."""
    return [(source, target) for source in sources for target in targets if source != target]


def is_of(value: str, values: tuple[str, ...]) -> bool:
    """Tell whether a value is one of these; no values are all there are."""
    return not values or value in values


def reaches(value: str, stops: tuple[str, ...], edges: Iterable[Edge], but: tuple[str, ...]) -> bool:
    """Tell whether a value comes to one of the stops on some way that doesn't lead through certain others."""
    open_edges = [(source, target) for source, target in edges if source not in but]
    return value not in but and bool({value, *reached_from(value, open_edges)} & set(stops))


def reached_from(value: str, edges: Iterable[Edge]) -> set[str]:
    """Return every value that one comes to, step by step."""
    edges = list(edges)
    reached: set[str] = set()
    waiting = {value}
    while waiting:
        reached |= waiting
        waiting = {target for source, target in edges if source in waiting} - reached
    return reached
