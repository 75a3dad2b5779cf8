"""What can be wrong with a container, one file each; the docstring of a file is its manual page.

A rule says what the JSON schema cannot: what needs two places of the file, or a better sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tagkit.gtm.rules import (
    account_id_not_a_number,
    blocked_by_own_trigger,
    built_in_not_listed,
    circular_reference,
    consent_without_types,
    constant_empty,
    container_size,
    conversion_id_prefix,
    custom_event_argument,
    custom_template_missing,
    dangling_folder,
    dangling_tag,
    dangling_trigger,
    dangling_variable,
    duplicate_content,
    duplicate_id,
    duplicate_name,
    empty_list,
    envelope_incomplete,
    ga4_automatic_event,
    ga4_ecommerce_not_sent,
    ga4_event_case,
    ga4_event_name,
    ga4_limits,
    ga4_other_property,
    ga4_parameter_name,
    ga4_parameter_twice,
    ga4_personal_data,
    ga4_required_parameter,
    ga4_value_currency,
    google_tag_late,
    google_tag_twice,
    literal_secret,
    measurement_id_shape,
    measurement_id_twice,
    misspelt_list,
    name_characters,
    not_an_export,
    old_format,
    other_context,
    parameter_missing,
    paused_tag,
    rest_api_spelling,
    second_setup_tag,
    similar_name,
    tag_without_trigger,
    universal_analytics,
    unknown_built_in,
    unknown_type,
    unused_folder,
    unused_template,
    unused_trigger,
    unused_variable,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Finding, Rule
    from tagkit.gtm.container import Container


class ContainerRule(Protocol):
    """A module of this package."""

    RULE: Rule

    def check(self, container: Container) -> Iterator[Finding]:
        """What the rule has to say of this container."""


CONTAINER_RULES: tuple[ContainerRule, ...] = (
    not_an_export,
    old_format,
    other_context,
    envelope_incomplete,
    rest_api_spelling,
    account_id_not_a_number,
    misspelt_list,
    dangling_trigger,
    dangling_folder,
    dangling_tag,
    dangling_variable,
    built_in_not_listed,
    unknown_built_in,
    custom_template_missing,
    name_characters,
    duplicate_name,
    duplicate_id,
    parameter_missing,
    consent_without_types,
    measurement_id_twice,
    constant_empty,
    conversion_id_prefix,
    custom_event_argument,
    unknown_type,
    empty_list,
    measurement_id_shape,
    unused_variable,
    unused_trigger,
    tag_without_trigger,
    paused_tag,
    circular_reference,
    unused_folder,
    unused_template,
    duplicate_content,
    similar_name,
    second_setup_tag,
    container_size,
    blocked_by_own_trigger,
    ga4_event_name,
    ga4_automatic_event,
    ga4_event_case,
    ga4_parameter_name,
    literal_secret,
    ga4_limits,
    ga4_parameter_twice,
    ga4_value_currency,
    google_tag_late,
    ga4_required_parameter,
    ga4_ecommerce_not_sent,
    ga4_other_property,
    google_tag_twice,
    universal_analytics,
    ga4_personal_data,
)
