"""The log on standard error: a line an event, whoever writes it, without secrets, and told again ever more seldom."""

from __future__ import annotations

import logging
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import aiohttp
import structlog
from structlog.types import EventDict, Processor

from bot.documents.redaction import redact
from bot.store.data_folder import is_unwritable
from bot.store.refusals import is_away, why

__all__ = ["Seldom", "configure_logging"]

HANDLER = "planthread"
"""The name of our handler, and of the logger for what happens to plans."""
FIELDS = ("plan", "before", "after", "hold", "stage", "step", "number", "commit", "reason", "untold")
"""What a record of the standard library may carry beside its words."""
OUTSIDE = ("slack_bolt", "slack_sdk", "apscheduler")
"""Loggers of packages that tell the same again and again while something is away."""
UNREACHED = (ConnectionError, TimeoutError, socket.gaierror, aiohttp.ClientError)
"""What fails because somebody can't be reached: where in the code says nothing then."""
FIRST_GAP = 10.0
LONGEST_GAP = 600.0
"""Seconds between two lines about the same."""


def configure_logging(form: str = "json", *, tells_plans: bool = True) -> None:
    """Log on standard error, with the plan's id where there is one: lines of JSON, or ``text`` for people.

    What packages log takes the same form. ``tells_plans`` has a line for what happens to each plan, too.
    """
    rendering: Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    if form == "text":
        rendering = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    common: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        without_secrets,
    ]
    seldom = Seldom()
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, seldom.entry, *common, rendering],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    of_packages: list[Processor] = [structlog.stdlib.add_logger_name, structlog.stdlib.ExtraAdder(allow=FIELDS)]
    final = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler = StandardError()
    handler.name = HANDLER
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=[*of_packages, *common], processors=[final, rendering])
    )
    handler.addFilter(seldom)
    take_over(handler)
    logging.getLogger(HANDLER).setLevel(logging.INFO if tells_plans else logging.NOTSET)


def take_over(handler: logging.Handler) -> None:
    """Have everything that the standard library's loggers tell go through one handler."""
    root = logging.getLogger()
    for old in [one for one in root.handlers if one.name == handler.name]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.captureWarnings(True)
    engine = logging.getLogger("dbos")  # it gives itself a handler with a form of its own, unless it has one
    for old in list(engine.handlers):
        engine.removeHandler(old)
    engine.addHandler(logging.NullHandler())
    engine.propagate = True


def without_secrets(_logger: object, _method: str, entry: EventDict) -> EventDict:
    """Replace every secret of a known kind in what is logged, tracebacks too."""
    return {name: redact(value) if isinstance(value, str) else value for name, value in entry.items()}


class StandardError(logging.Handler):
    """Writes to standard error, whatever that is at the moment."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        try:
            sys.stderr.write(f"{self.format(record)}\n")
            sys.stderr.flush()
        except (OSError, ValueError):  # nobody reads it any more
            self.handleError(record)


@dataclass
class Told:
    """When something was told last, how long to be silent about it, and how often it was kept to ourselves."""

    at: float
    seen: float
    gap: float = FIRST_GAP
    untold: int = 0


class Seldom(logging.Filter):
    """Tells that somebody can't be reached in one line, and the same again after ever longer gaps.

    What happens for the first time is always told, and again at once after it had been well for a while. ``untold``
    says how often it happened in between.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with nothing told; ``clock`` gives seconds."""
        super().__init__()
        self._clock = clock
        self._told: dict[tuple[str, str, str], Told] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a record is to be written."""
        error = record.exc_info[1] if record.exc_info else None
        reason = outside(error)
        if reason is None and (error is not None or not record.name.startswith(OUTSIDE)):
            return True
        words = record.getMessage().partition(":")[0].partition(" (error")[0].strip()
        if reason is not None:
            record.reason = reason
            record.msg, record.args, record.exc_info, record.exc_text = words, (), None, None
        untold = self._untold((record.name, words, type(error).__name__))
        if untold:
            record.untold = untold
        return untold is not None

    def entry(self, _logger: object, _method: str, entry: EventDict) -> EventDict:
        """Do the same with what our own loggers tell. Raises DropEvent where it isn't to be written."""
        error = error_of(entry.get("exc_info"))
        reason = outside(error)
        if reason is None:
            return entry
        untold = self._untold((f"{HANDLER} {entry.get('plan', '')}", str(entry["event"]), type(error).__name__))
        if untold is None:
            raise structlog.DropEvent
        told = {name: value for name, value in entry.items() if name != "exc_info"} | {"reason": reason}
        return told | ({"untold": untold} if untold else {})

    def _untold(self, key: tuple[str, str, str]) -> int | None:
        """Return how often the same was kept to ourselves since it was told, or None where it is again."""
        now = self._clock()
        told = self._told.get(key)
        if told is None or now - told.seen > 2 * told.gap:
            self._told[key] = Told(at=now, seen=now)
            return 0
        told.seen = now
        if now - told.at < told.gap:
            told.untold += 1
            return None
        untold = told.untold
        told.at, told.gap, told.untold = now, min(2 * told.gap, LONGEST_GAP), 0
        return untold


def error_of(given: object) -> BaseException | None:
    """Return the exception that an entry tells of, in any form that loggers take."""
    if isinstance(given, BaseException):
        return given
    if isinstance(given, tuple):
        return given[1] if isinstance(given[1], BaseException) else None
    return sys.exc_info()[1] if given else None


def outside(error: BaseException | None) -> str | None:
    """Return why something failed that nothing in the code can help, in one line; None for every other failure."""
    if error is None:
        return None
    if is_away(error):
        return why(error)
    if isinstance(error, UNREACHED) or is_unwritable(error):
        return f"{type(error).__name__}: {error}"
    return None
