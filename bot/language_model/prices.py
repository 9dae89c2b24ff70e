"""What tokens cost: only where somebody says so, since nobody else knows what a server charges."""

from __future__ import annotations

from decimal import Decimal

from bot.documents.frozen import Frozen
from bot.language_model.port import Usage
from bot.patterns import regex

__all__ = ["Prices", "read_prices"]

MILLION = 1_000_000
WRITTEN = regex(r"\s*(\d{1,6}(?:\.\d{1,6})?)\s+(\d{1,6}(?:\.\d{1,6})?)\s+([A-Z]{3})\s*")


class Prices(Frozen):
    """The price of a million tokens that a model reads, and of a million that it writes, in a currency such as USD."""

    input: Decimal
    output: Decimal
    currency: str

    def millionths(self, usage: Usage) -> int:
        """Return what a request cost, in millionths of the currency."""
        return int((usage.input_tokens * self.input + usage.output_tokens * self.output).to_integral_value())


def read_prices(text: str) -> Prices:
    """Read prices such as ``1.25 10 USD``: input, output, currency. Raises ValueError for anything else."""
    found = WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return Prices(input=Decimal(found[1]), output=Decimal(found[2]), currency=found[3])
