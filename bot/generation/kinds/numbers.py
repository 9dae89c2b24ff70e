"""Types that are numbers: int, float, Decimal and bool."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from bot.generation.decimal_patterns import decimal_pattern
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.kinds.base import ANNOTATED, EXAMPLES, FIELD, TYPES, Json, Kind, expression
from bot.generation.values import Expression, literal

__all__ = ["Exact", "Flag", "Float", "Integer"]

INT32 = 2**31 - 1
DEFAULT_DIGITS, DEFAULT_PLACES = 12, 2
MOST_DIGITS = 15
"""SQLite keeps numbers of up to so many digits exactly."""


class Integer(Kind):
    """``int`` of 32 bits: accepts 35.0 as JSON does, refuses true and "35"."""

    python = expression("int")
    column = migration = expression("sa.Integer()")
    takes_bounds = True
    wrong = ("35", True, 1.5, ["a list"])

    def check(self) -> None:
        """Check the bounds."""
        self.minimum = int(self.number(self.field.minimum, int) or 0) if self.field.minimum else -INT32 - 1
        self.maximum = int(self.number(self.field.maximum, int) or 0) if self.field.maximum else INT32
        if not -INT32 - 1 <= self.minimum <= self.maximum <= INT32:
            raise UnsupportedSpecsError(f"The limits of {self.where} must be in order and within 32 bits.")

    def schema(self) -> Expression:
        """Return a whole number with its bounds."""
        return expression(
            f"Annotated[int, Field(ge={self.minimum}, le={self.maximum}), types.WHOLE_NUMBER]", ANNOTATED, FIELD, TYPES
        )

    def read(self) -> Expression:
        """Return a plain number."""
        return expression("int")

    def default(self, text: str) -> Expression:
        """Return the number, if it is within its bounds."""
        if not self.minimum <= int(text) <= self.maximum:
            raise ValueError(text)
        return expression(literal(int(text)))

    def examples(self) -> list[Json]:
        """Return numbers from 1, or from the least value."""
        start = 1 if self.minimum <= 1 <= self.maximum else self.minimum
        values = list(range(start, min(start + EXAMPLES, self.maximum + 1)))
        below = range(start - 1, max(self.minimum, start - EXAMPLES) - 1, -1)
        return [*values, *below][:EXAMPLES]

    def refused(self) -> list[Json]:
        """Return the numbers just outside the bounds."""
        return [*self.wrong, self.minimum - 1, self.maximum + 1]

    def edges(self) -> list[Json]:
        """Return the bounds."""
        return [self.minimum, self.maximum]


class Float(Kind):
    """``float``: finite; refuses true and texts."""

    python = expression("float")
    column = migration = expression("sa.Double()")
    takes_bounds = True
    wrong = ("1.5", True, ["a list"])

    def check(self) -> None:
        """Check the bounds."""
        self.minimum = self.number(self.field.minimum, float)
        self.maximum = self.number(self.field.maximum, float)
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise UnsupportedSpecsError(f"The least value of {self.where} is above its greatest.")

    def schema(self) -> Expression:
        """Return a finite number with its bounds."""
        limits = [f"ge={self.minimum!r}"] if self.minimum is not None else []
        limits += [f"le={self.maximum!r}"] if self.maximum is not None else []
        return expression(
            f"Annotated[float, Field({', '.join([*limits, 'allow_inf_nan=False'])}), types.NUMBER]",
            ANNOTATED,
            FIELD,
            TYPES,
        )

    def read(self) -> Expression:
        """Return a plain number."""
        return expression("float")

    def default(self, text: str) -> Expression:
        """Return the number, if it is finite and within its bounds."""
        value = float(text)
        low, high = self.minimum, self.maximum
        if value - value != 0 or (low is not None and value < low) or (high is not None and value > high):
            raise ValueError(text)
        return expression(literal(value))

    def examples(self) -> list[Json]:
        """Return numbers within the bounds."""
        low, high = self.minimum, self.maximum
        if low is not None and high is not None:
            step = (float(high) - float(low)) / EXAMPLES
            return list(dict.fromkeys(float(low) + step * number for number in range(EXAMPLES)))
        start = float(low) if low is not None else float(high) - EXAMPLES if high is not None else 0.5
        return [start + number for number in range(EXAMPLES)]

    def refused(self) -> list[Json]:
        """Return numbers outside the bounds."""
        low: list[Json] = [] if self.minimum is None else [float(self.minimum) - 1]
        high: list[Json] = [] if self.maximum is None else [float(self.maximum) + 1]
        return [*self.wrong, *low, *high]

    def edges(self) -> list[Json]:
        """Return the bounds."""
        return [float(bound) for bound in (self.minimum, self.maximum) if bound is not None]


class Exact(Kind):
    """``Decimal``: a text of digits in JSON, with fixed places; never a float."""

    python = expression("Decimal", "from decimal import Decimal")
    takes_bounds = True
    wrong = (1.5, 1, "1e2", "a lot", True)

    def check(self) -> None:
        """Check digits, places and bounds."""
        self.places = DEFAULT_PLACES if self.field.places is None else self.field.places
        self.digits = max(DEFAULT_DIGITS, self.places) if self.field.digits is None else self.field.digits
        if not 0 <= self.places <= self.digits or not 1 <= self.digits <= MOST_DIGITS:
            raise UnsupportedSpecsError(f"{self.where} needs 1 to {MOST_DIGITS} digits, of which some may be places.")
        self.unit = Decimal(1).scaleb(-self.places)
        self.largest = Decimal(10) ** (self.digits - self.places) - self.unit
        self.minimum = self.bound(self.field.minimum, -self.largest)
        self.maximum = self.bound(self.field.maximum, self.largest)
        if self.minimum > self.maximum:
            raise UnsupportedSpecsError(f"The limits of {self.where} must be in order.")

    def bound(self, text: str | None, otherwise: Decimal) -> Decimal:
        """Read a bound with the field's places."""
        value = self.number(text, Decimal)
        if value is None:
            return otherwise
        exact = Decimal(value)
        if abs(exact) > self.largest:
            raise UnsupportedSpecsError(f"{text!r} is beyond what {self.where} holds: at most {self.largest}.")
        if exact != exact.quantize(self.unit):
            raise UnsupportedSpecsError(f"{text!r} has more places than {self.where}, which has {self.places}.")
        return exact.quantize(self.unit)

    def model_type(self) -> Expression:
        """Return a number with digits and places."""
        return expression(f"sa.Numeric(precision={self.digits}, scale={self.places})")

    def migration_type(self) -> Expression:
        """Return the same as in the model."""
        return self.model_type()

    def rule(self, *, documented: bool = False) -> str:
        """Return the validator of digits, places and sign; with the pattern of the bounds where these say more."""
        more = ""
        if documented and (self.minimum not in {0, -self.largest} or self.maximum != self.largest):
            more = f', documented=r"{decimal_pattern(self.minimum, self.maximum, self.places)}"'
        return f"types.ExactDecimal(digits={self.digits}, places={self.places}, signed={self.minimum < 0}{more})"

    def schema(self) -> Expression:
        """Return an exact number with its bounds."""
        limits = [f'ge=Decimal("{self.minimum}")'] if self.field.minimum is not None else []
        limits += [f'le=Decimal("{self.maximum}")'] if self.field.maximum is not None else []
        bounds = f"Field({', '.join(limits)}), " if limits else ""
        needs = {FIELD} if limits else set()
        return expression(
            f"Annotated[Decimal, {bounds}{self.rule(documented=True)}]",
            ANNOTATED,
            TYPES,
            "from decimal import Decimal",
            *needs,
        )

    def read(self) -> Expression:
        """Return an exact number in the same form."""
        return expression(f"Annotated[Decimal, {self.rule()}]", ANNOTATED, TYPES, "from decimal import Decimal")

    def default(self, text: str) -> Expression:
        """Return the number, if it has the field's places and is within its bounds."""
        try:
            value = Decimal(text)
            exact = value.quantize(self.unit)
        except InvalidOperation:
            raise ValueError(text) from None
        if exact != value or not self.minimum <= exact <= self.maximum:
            raise ValueError(text)
        return expression(f'Decimal("{exact}")', "from decimal import Decimal")

    def examples(self) -> list[Json]:
        """Return numbers within the bounds, written with their places."""
        start = min(max(self.minimum, self.unit), self.maximum)
        step = self.unit if self.maximum - start < EXAMPLES else Decimal(1)
        upwards = [start + step * number for number in range(EXAMPLES)]
        downwards = [start - self.unit * number for number in range(1, EXAMPLES)]
        good = [value for value in (*upwards, *downwards) if self.minimum <= value <= self.maximum]
        return [str(value.quantize(self.unit)) for value in good[:EXAMPLES]]

    def refused(self) -> list[Json]:
        """Return numbers with too many places or digits, and outside the bounds."""
        too_long = "9" * (self.digits - self.places + 1)
        values: list[Json] = [*self.wrong, f"1.{'0' * self.places}1", too_long]
        if self.field.minimum is not None:
            values.append(str(self.minimum - self.unit))
        if self.field.maximum is not None:
            values.append(str(self.maximum + self.unit))
        return values

    def edges(self) -> list[Json]:
        """Return the bounds."""
        return [str(self.minimum), str(self.maximum)]


class Flag(Kind):
    """``bool``: true and false only."""

    python = expression("bool")
    column = migration = expression("sa.Boolean()")
    wrong = ("yes", 1, 0)

    def schema(self) -> Expression:
        """Return a strict truth value."""
        return expression("types.Flag", TYPES)

    def read(self) -> Expression:
        """Return a plain truth value."""
        return expression("bool")

    def default(self, text: str) -> Expression:
        """Return the value that a word means."""
        meanings = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
        if text.lower() not in meanings:
            raise ValueError(text)
        return expression(literal(meanings[text.lower()]))

    def examples(self) -> list[Json]:
        """Return both values."""
        return [True, False]
