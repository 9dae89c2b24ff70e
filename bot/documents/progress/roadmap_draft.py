"""A phase of a roadmap while its parts come in, from the list of phases and from its details."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.documents.progress.roadmap import PhasePlanLine, RoadmapPhase
from bot.documents.text.outline import Box
from bot.documents.text.prose import Label

__all__ = ["PhaseDraft"]


@dataclass
class PhaseDraft:
    """A phase while its parts come in."""

    number: str
    name: str
    line: int
    summary: str = ""
    box: Box | None = None
    is_listed: bool = False
    is_detailed: bool = False
    texts: dict[str, str] = field(default_factory=dict)
    criteria: list[str] = field(default_factory=list)
    plans: list[PhasePlanLine] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def finished(self) -> RoadmapPhase:
        """Return the phase."""
        return RoadmapPhase(
            number=self.number,
            name=self.name,
            summary=self.summary,
            state=self.box.state if self.box else None,
            goal=self.texts.get("goal", ""),
            depends_on=self.texts.get("depends_on", ""),
            requirements=self.texts.get("requirements", ""),
            success_criteria=tuple(self.criteria),
            plans_text=self.texts.get("plans", ""),
            plans=tuple(self.plans),
            labels=tuple(self.labels),
        )
