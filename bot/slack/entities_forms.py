"""Editing the entities of a plan in a form: it is judged while it is open, so that nothing typed is lost."""

from __future__ import annotations

import asyncio
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents.entities.rule_words import rule_in_words
from bot.slack.answers import Caller
from bot.slack.blocks.entities_form import entities_view, errors_in, further_in, texts_in
from bot.slack.blocks.forms import errors_at
from bot.slack.buttons import Subject, read_subject
from bot.slack.people import People, require_member
from bot.slack.private_channels import PrivateChannels
from bot.slack.unkept import ASKING_SECONDS, UNKEPT, patience_after, stays_open
from bot.store.database import Database
from bot.store.tables import Plan
from bot.workflow.edited_entities import EditedForm, form_texts, judge_form, keep_edited, proposal_to_edit
from bot.workflow.plans import plan_by_id
from bot.workflow.refusals import Refused

__all__ = ["EntitiesForms", "entities_form"]

OLD_FORM = "That form is from an older version. Open it again from the newest message."
FIRST = "entity0"
"""The field below which is said what is about the whole form."""


async def entities_form(session: AsyncSession, plan: Plan, number: int) -> dict[str, Any]:
    """Return the form for the entities of a review. Raises Refused where they can't be edited in one."""
    proposal = await proposal_to_edit(session, plan, number)
    texts = form_texts(plan, proposal.specs)
    entities = proposal.specs.entities
    rules = [[rule_in_words(entity.name, rule) for rule in entity.rules] for entity in entities]
    return entities_view(plan, number, [entity.name for entity in entities], texts, rules)


class EntitiesForms:
    """Takes what was sent, or says in the form what is wrong."""

    def __init__(self, client: AsyncWebClient, database: Database, private_channels: PrivateChannels) -> None:
        """Ask through this client who people are, keep in this database."""
        self._database = database
        self._people = People(client, database, hurried=True)
        self._private_channels = private_channels

    async def submit(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Keep the entities as they were edited, or say below each field what is wrong with it."""
        texts = texts_in(body["view"])
        try:
            async with asyncio.timeout(ASKING_SECONDS) as asking:
                subject = await self._require_allowed(body)
                edited = await self._judged(subject, body, texts)
            if edited.problems:
                await ack(response_action="errors", errors=errors_in(edited.problems, len(texts)))
                return
            await self._keep(subject, edited, body, patience_after(asking))
        except Refused as refusal:
            await ack(response_action="errors", errors=errors_at(FIRST, str(refusal)))
            return
        except UNKEPT as error:
            await stays_open(ack, body, error)
            return
        await ack()

    async def _require_allowed(self, body: dict[str, Any]) -> Subject:
        """Return what the form is about. Raises Refused for who may not change it, or not see it any more."""
        subject = read_subject(body["view"].get("private_metadata") or "")
        if subject is None:
            raise Refused(OLD_FORM)
        workspace, person = body["team"]["id"], body["user"]["id"]
        async with self._database.read() as session:
            plan = await plan_by_id(session, subject.plan, workspace)
        await self._private_channels.require_open(plan, Caller(workspace, person, channel=""))
        require_member(await self._people.standing(workspace, person))
        return subject

    async def _judged(self, subject: Subject, body: dict[str, Any], texts: list[str]) -> EditedForm:
        """Return what the form makes of the entities; it is worked out beside the loop. Raises Refused."""
        async with self._database.read() as session:
            plan = await plan_by_id(session, subject.plan, body["team"]["id"])
            proposal = await proposal_to_edit(session, plan, subject.review)
        return await asyncio.to_thread(judge_form, proposal, texts, further_in(body["view"]))

    async def _keep(self, subject: Subject, edited: EditedForm, body: dict[str, Any], patience: float) -> None:
        """Keep the change. Raises Refused where somebody was quicker, DatabaseHeld after ``patience``, in seconds."""
        key = f"view/{body['view']['id']}"
        async with self._database.write(patience=patience) as session:
            plan = await plan_by_id(session, subject.plan, body["team"]["id"], change=True)
            await keep_edited(session, plan, subject.review, edited, body["user"]["id"], key)
