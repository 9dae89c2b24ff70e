"""Circles in a graph of names, each with its path: Kahn's algorithm takes away what has no circle."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping

__all__ = ["find_cycles"]

MOST_CYCLES = 20
"""More circles than that are not told apart."""


def find_cycles(edges: Mapping[str, Collection[str]]) -> list[tuple[str, ...]]:
    """Return circles that share no name, as paths whose last name is the first again; ``edges`` lead to dependencies.

    Names that are no key of ``edges`` are ignored.
    """
    left = {
        name: tuple(target for target in dict.fromkeys(targets) if target in edges) for name, targets in edges.items()
    }
    cycles: list[tuple[str, ...]] = []
    while len(cycles) < MOST_CYCLES:
        left = without_free(left)
        if not left:
            break
        cycle = walk(left)
        cycles.append(cycle)
        for name in set(cycle):
            del left[name]
        left = {name: tuple(target for target in targets if target in left) for name, targets in left.items()}
    return cycles


def without_free(edges: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return the graph without names that wait for nothing, again and again (Kahn)."""
    waiting = {name: len(targets) for name, targets in edges.items()}
    users: dict[str, list[str]] = {}
    for name, targets in edges.items():
        for target in targets:
            users.setdefault(target, []).append(name)
    free = deque(name for name, count in waiting.items() if not count)
    while free:
        done = free.popleft()
        del waiting[done]
        for user in users.get(done, []):
            waiting[user] -= 1
            if not waiting[user]:
                free.append(user)
    return {name: tuple(target for target in edges[name] if target in waiting) for name in waiting}


def walk(edges: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return a circle of a graph in which every name waits for another."""
    name = next(iter(edges))
    path: dict[str, int] = {}
    while name not in path:
        path[name] = len(path)
        name = edges[name][0]
    names = list(path)[path[name] :]
    return (*names, name)
