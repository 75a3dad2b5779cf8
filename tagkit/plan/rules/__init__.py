"""Is the plan wise? One small module per rule; its docstring is its manual page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.plan.rules import (
    anti_key_event,
    currency_code,
    duplicate_id,
    duplicate_name,
    environment_mixed,
    event_name_case,
    ga4_event_name,
    ga4_quota,
    ga4_reserved_name,
    high_cardinality,
    items_not_sent,
    meta_consent,
    meta_content_form,
    meta_custom_name,
    meta_custom_spelling,
    meta_event_id,
    meta_misplaced_key,
    meta_money,
    meta_property_key,
    meta_property_name,
    meta_sensitive_name,
    meta_standard_name,
    meta_without_content,
    naming_pattern,
    no_custom_dimension,
    once_in_basic_mode,
    only_in_gtm,
    parameter_name,
    personal_data,
    platform_unknown,
    purchase_without_value,
    required_parameter,
    sent_nowhere,
    subscribe_is_paid,
    too_many_parameters,
    user_property_name,
    value_kind,
    value_length,
    value_without_currency,
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
    too_many_parameters,
    required_parameter,
    currency_code,
    value_kind,
    ga4_quota,
    anti_key_event,
    high_cardinality,
    no_custom_dimension,
    personal_data,
    event_name_case,
    environment_mixed,
    value_length,
    meta_property_name,
    meta_property_key,
    purchase_without_value,
    meta_money,
    meta_event_id,
    meta_misplaced_key,
    subscribe_is_paid,
    meta_sensitive_name,
    meta_without_content,
    meta_content_form,
    meta_custom_spelling,
    meta_consent,
)


def check_plan(plan: Resolved) -> Iterator[Finding]:
    """What the rules find."""
    for rule in PLAN_RULES:
        yield from rule.check(plan)
