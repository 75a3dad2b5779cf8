"""Is the plan wise? One small module per rule; its docstring is its manual page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.plan.rules import (
    always_holds,
    blocks_everything,
    brittle_selector,
    duplicate_id,
    duplicate_name,
    endless_timer,
    funnel_gap,
    ga4_event_name,
    ga4_reserved_name,
    goal_without_funnel,
    gtm_event,
    items_not_sent,
    loose_regex,
    meta_custom_name,
    meta_standard_name,
    naming_pattern,
    never_holds,
    no_contract,
    once_in_basic_mode,
    only_in_gtm,
    other_event,
    parameter_name,
    platform_unknown,
    same_step,
    same_trigger,
    sent_nowhere,
    stray_place,
    unheard_event,
    unknown_place,
    unused_variable,
    user_property_name,
    value_without_currency,
    whole_element,
    wrong_list,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Finding
    from tagkit.plan.model import Resolved

PLAN_RULES = (
    duplicate_id,
    duplicate_name,
    ga4_event_name,
    ga4_reserved_name,
    parameter_name,
    user_property_name,
    meta_standard_name,
    meta_custom_name,
    value_without_currency,
    once_in_basic_mode,
    wrong_list,
    naming_pattern,
    only_in_gtm,
    platform_unknown,
    sent_nowhere,
    items_not_sent,
    same_step,
    funnel_gap,
    unknown_place,
    goal_without_funnel,
    unheard_event,
    same_trigger,
    never_holds,
    always_holds,
    blocks_everything,
    loose_regex,
    brittle_selector,
    no_contract,
    gtm_event,
    endless_timer,
    whole_element,
    other_event,
    unused_variable,
    stray_place,
)


def check_plan(plan: Resolved) -> Iterator[Finding]:
    """What the rules find."""
    for rule in PLAN_RULES:
        yield from rule.check(plan)
