"""Which points are tried: those that fit the words, and of each name so many, spread over the build."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["chosen"]


def chosen(points: Sequence[str], words: Sequence[str], most: int) -> list[str]:
    """Return points in their order; ``most`` of each effect and side of it, all where it is 0."""
    fitting = [point for point in points if not words or any(word in point for word in words)]
    if not most:
        return fitting
    groups: dict[tuple[str, str], list[str]] = {}
    for point in fitting:
        name, _, numbered = point.rpartition(" #")
        groups.setdefault((name, numbered.split()[-1]), []).append(point)
    kept = {point for group in groups.values() for point in spread(group, most)}
    return [point for point in fitting if point in kept]


def spread(points: Sequence[str], most: int) -> list[str]:
    """Return so many points of a list, the first and the last among them."""
    if len(points) <= most:
        return list(points)
    if most == 1:
        return [points[len(points) // 2]]
    return [points[number * (len(points) - 1) // (most - 1)] for number in range(most)]
