"""Patterns of exact numbers within bounds, so that an API's document says of a text what JSON Schema can't say."""

from __future__ import annotations

from decimal import Decimal

__all__ = ["decimal_pattern"]


def decimal_pattern(minimum: Decimal, maximum: Decimal, places: int) -> str:
    """Return the pattern of every number within the bounds, written with at most so many places.

    Whole parts have no leading zeros, and places at the end may be left out: ``9``, ``9.5`` and ``9.50`` are one
    number. Both bounds are included and have at most so many places.
    """
    zero = Decimal(0)
    ways = []
    if minimum < 0:
        ways += [f"-{way}" for way in magnitudes(max(zero, -maximum), -minimum, places)]
    if maximum >= 0:
        ways += magnitudes(max(zero, minimum), maximum, places)
    return f"^{group(ways)}$"


def magnitudes(least: Decimal, greatest: Decimal, places: int) -> list[str]:
    """Return patterns of the numbers from least to greatest, neither of them negative."""
    low, low_part = parts_of(least, places)
    high, high_part = parts_of(greatest, places)
    none, all_of_it = "0" * places, "9" * places
    if low == high:
        return [str(low) + fraction(low_part, high_part)]
    ways = []
    if low_part != none:
        ways.append(str(low) + fraction(low_part, all_of_it))
        low += 1
    last = None
    if high_part != all_of_it:
        last = str(high) + fraction(none, high_part)
        high -= 1
    if low <= high:
        ways.append(group(whole_numbers(low, high)) + fraction(none, all_of_it))
    return [*ways, last] if last else ways


def parts_of(number: Decimal, places: int) -> tuple[int, str]:
    """Return the whole part of a number, and its places as digits."""
    whole, _, part = f"{number:.{places}f}".partition(".")
    return int(whole), part


def whole_numbers(low: int, high: int) -> list[str]:
    """Return patterns of the whole numbers from low to high, a length at a time."""
    ways = []
    for length in range(len(str(low)), len(str(high)) + 1):
        first = max(low, 10 ** (length - 1) if length > 1 else 0)
        last = min(high, 10**length - 1)
        ways.append(digits(str(first), str(last), may_end=False))
    return ways


def fraction(low: str, high: str) -> str:
    """Return the pattern of the places between two of one length, with their point."""
    if not low:
        return ""
    inside = rf"\.{digits(low, high, may_end=True)}"
    return f"({inside})?" if not low.strip("0") else inside


def digits(low: str, high: str, *, may_end: bool) -> str:
    """Return the pattern of digits from low to high, of one length; with ``may_end`` last zeros may be missing."""
    if not low.strip("0") and not high.strip("9"):
        return any_digits(len(low), may_end=may_end)
    if may_end and not high.strip("0"):
        return "0" if len(low) == 1 else f"0{{1,{len(low)}}}"
    first, last = int(low[0]), int(high[0])
    rest = len(low) - 1
    if first == last:
        return f"{first}{tail(low[1:], high[1:], may_end=may_end)}"
    ways = []
    if low[1:].strip("0"):
        ways.append(f"{first}{tail(low[1:], '9' * rest, may_end=may_end)}")
        first += 1
    end = None
    if high[1:].strip("9"):
        end = f"{last}{tail('0' * rest, high[1:], may_end=may_end)}"
        last -= 1
    if first <= last:
        ways.append(one_of(first, last) + tail("0" * rest, "9" * rest, may_end=may_end))
    return group([*ways, end] if end else ways)


def tail(low: str, high: str, *, may_end: bool) -> str:
    """Return the pattern of the digits after the first."""
    if not low:
        return ""
    free = not low.strip("0") and not high.strip("9")
    if free and may_end:
        return f"[0-9]{{0,{len(low)}}}"
    pattern = digits(low, high, may_end=may_end)
    return f"({pattern})?" if may_end and not low.strip("0") else pattern


def any_digits(count: int, *, may_end: bool) -> str:
    """Return the pattern of any digits."""
    if may_end:
        return f"[0-9]{{1,{count}}}"
    return "[0-9]" if count == 1 else f"[0-9]{{{count}}}"


def one_of(first: int, last: int) -> str:
    """Return the pattern of one digit."""
    return str(first) if first == last else f"[{first}-{last}]"


def group(ways: list[str]) -> str:
    """Return one pattern of several."""
    return ways[0] if len(ways) == 1 else f"({'|'.join(ways)})"
