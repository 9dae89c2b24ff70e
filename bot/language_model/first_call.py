"""The first call: one tiny question shows whether the key, the server's address and the model's name fit together."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from pydantic import BaseModel

from bot.language_model.port import AnswerUnreadableError, LanguageModelError, RateLimitedError

__all__ = ["QUESTION", "SECONDS", "Ready", "Trouble", "trouble_with"]

QUESTION = "Say that you are ready."
SECONDS = 20.0
"""How long the answer may take, whatever the server does meanwhile."""
OTHERWISE = "or set PLANTHREAD_PLANNER to built-in."
MENDS: dict[type[LanguageModelError], str] = {
    RateLimitedError: f"Look at the account's limits and budget, {OTHERWISE}",
    AnswerUnreadableError: f"Set PLANTHREAD_MODEL to one that answers in JSON, {OTHERWISE}",
}
USUAL = "Check OPENAI_API_KEY, OPENAI_BASE_URL and PLANTHREAD_MODEL."
SLOW = "Check OPENAI_BASE_URL and the network. A server that only is slow is waited for longer when it plans."


class Ready(BaseModel):
    """What the model is asked for."""

    ready: bool


@dataclass(frozen=True)
class Trouble:
    """What is wrong with a model, and what to set: a sentence each."""

    said: str
    mend: str


async def trouble_with(api_key: str, base_url: str | None, name: str, seconds: float = SECONDS) -> Trouble | None:
    """Ask a model for one word, once; return what is wrong, or None where it answers as it is asked to."""
    from bot.language_model.openai_model import OpenAIModel  # costs half a second

    model = OpenAIModel(api_key=api_key, base_url=base_url, model=name, timeout=2 * seconds, retries=0)
    try:
        async with asyncio.timeout(seconds):
            await model.answer("doctor", QUESTION, Ready)
    except TimeoutError:
        return Trouble(f"{name} did not answer within {seconds:.0f} seconds.", SLOW)
    except LanguageModelError as error:
        said, _, mend = str(error).partition(". ")
        names_it = "OPENAI_" in mend or "PLANTHREAD_" in mend
        return Trouble(f"{said.removesuffix('.')}.", mend if names_it else MENDS.get(type(error), USUAL))
    finally:
        await model.close()
    return None
