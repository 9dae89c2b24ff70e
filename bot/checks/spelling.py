"""How near two spellings are: one slip of the finger apart, or the same words in another order or form."""

from __future__ import annotations

__all__ = ["is_one_slip"]


def is_one_slip(one: str, other: str) -> bool:
    """Tell whether two different words are one slip apart: a letter too many, too few, another, or two swapped."""
    shorter, longer = sorted((one, other), key=len)
    if one == other or len(longer) - len(shorter) > 1:
        return False
    same = next((index for index, letter in enumerate(shorter) if letter != longer[index]), len(shorter))
    if len(shorter) < len(longer):
        return shorter[same:] == longer[same + 1 :]
    swapped = longer[same : same + 2][::-1] == shorter[same : same + 2]
    return shorter[same + 1 :] == longer[same + 1 :] or (swapped and shorter[same + 2 :] == longer[same + 2 :])
