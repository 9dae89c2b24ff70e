"""The addresses of a plan's pages in the bot's own web server, as messages link to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.workflow.overview import PlanOverview, TaskProgress
from bot.workflow.ports import lies_here

__all__ = ["NO_PAGES", "PlanPages"]


@dataclass(frozen=True)
class PlanPages:
    """Gives addresses by a plan's id; where there is no such page, none."""

    evidence_at: Callable[[str], str] | None = None
    trial_at: Callable[[str], str] | None = None
    """Set where people's browsers are on the machine of the bot: a trial listens on the loopback."""

    repository_at: Callable[[str], str] | None = None
    """Set where repositories lie with the bot and ask for a key: the signed way to one."""
    clone_at: Callable[[str], str] | None = None
    """Set with it: the address for `git clone` of a repository by its name, with a key."""

    def repository_of(self, plan: PlanOverview) -> str:
        """Return the address at which people open a plan's repository; empty before there is one."""
        return self.repository_at(plan.id) if self.repository_at and lies_here(plan.remote_name) else plan.web_url

    def clone_of(self, plan: PlanOverview) -> str:
        """Return what `git clone` takes."""
        return self.clone_at(plan.remote_name) if self.clone_at and lies_here(plan.remote_name) else plan.clone_url

    def shown(self, plan: PlanOverview) -> PlanOverview:
        """Return how a plan stands, with the addresses at which people open its repository and what lies below it."""
        phases = tuple(
            phase.model_copy(update={"tasks": tuple(self._reached(plan, task) for task in phase.tasks)})
            for phase in plan.phases
        )
        offered = plan.change and plan.change.model_copy(update={"url": self.reached(plan, plan.change.url)})
        return plan.model_copy(update={"web_url": self.repository_of(plan), "phases": phases, "change": offered})

    def reached(self, plan: PlanOverview, url: str) -> str:
        """Return the address at which people open a page of a plan's repository, such as that of a commit."""
        below = url.removeprefix(plan.web_url)
        return f"{self.repository_of(plan)}{below}" if plan.web_url and below.startswith("/") else url

    def _reached(self, plan: PlanOverview, task: TaskProgress) -> TaskProgress:
        return task.model_copy(update={"issue": self.reached(plan, task.issue)}) if task.issue else task

    def evidence_of(self, plan: PlanOverview) -> str:
        """Return the address of a plan's evidence; empty before there is anything to prove."""
        return self.evidence_at(plan.id) if self.evidence_at and plan.review and not plan.is_given else ""

    def trial_of(self, plan: PlanOverview) -> str:
        """Return the address at which a delivered service can be tried; empty before the first delivery."""
        return self.trial_at(plan.id) if self.trial_at and plan.delivered_at and not plan.is_given else ""


NO_PAGES = PlanPages()
