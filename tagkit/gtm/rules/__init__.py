"""What can be wrong with a container, one file each; the docstring of a file is its manual page.

A rule says what the JSON schema cannot: what needs two places of the file, or a better sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tagkit.gtm.rules import (
    account_id_not_a_number,
    built_in_not_listed,
    condition_always_holds,
    condition_never_holds,
    condition_unreadable,
    conditions_exclude_each_other,
    consent_missed_for_good,
    consent_without_types,
    constant_empty,
    conversion_id_prefix,
    custom_event_argument,
    custom_template_missing,
    dangling_folder,
    dangling_tag,
    dangling_trigger,
    dangling_variable,
    document_write,
    duplicate_id,
    duplicate_name,
    empty_list,
    envelope_incomplete,
    every_event,
    exception_never_blocks,
    html_does_nothing,
    ignore_case_without_regex,
    measurement_id_shape,
    measurement_id_twice,
    misspelt_list,
    name_characters,
    newer_than_es5,
    not_an_export,
    parameter_missing,
    rest_api_spelling,
    script_does_not_parse,
    selector_misses_inside,
    setting_out_of_range,
    unknown_built_in,
    unknown_type,
    variable_of_another_event,
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
    newer_than_es5,
    script_does_not_parse,
    html_does_nothing,
    document_write,
    exception_never_blocks,
    condition_unreadable,
    condition_never_holds,
    conditions_exclude_each_other,
    condition_always_holds,
    ignore_case_without_regex,
    variable_of_another_event,
    selector_misses_inside,
    every_event,
    consent_missed_for_good,
    setting_out_of_range,
)
