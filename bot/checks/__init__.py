"""Checks: plain functions over documents that return findings. Pure: no I/O."""

from __future__ import annotations

from bot.checks.checklist import check_checklist
from bot.checks.house_rules import check_house_rules
from bot.checks.imported_plan import check_work_as_given
from bot.checks.packages import check_package_file, check_packages
from bot.checks.phase_plan import check_phase_plan
from bot.checks.phase_plans import check_phase_plans
from bot.checks.planning_files import check_planning_tree
from bot.checks.planning_tree import PlanningTree
from bot.checks.registry import Rule, all_rules
from bot.checks.repository_service import check_service
from bot.checks.repository_ways import check_against_repository
from bot.checks.run import check_entity_specs, check_plan, check_requirements, check_task_plan, describe_rules

__all__ = [
    "PlanningTree",
    "Rule",
    "all_rules",
    "check_against_repository",
    "check_checklist",
    "check_entity_specs",
    "check_house_rules",
    "check_package_file",
    "check_packages",
    "check_phase_plan",
    "check_phase_plans",
    "check_plan",
    "check_planning_tree",
    "check_requirements",
    "check_service",
    "check_task_plan",
    "check_work_as_given",
    "describe_rules",
]
