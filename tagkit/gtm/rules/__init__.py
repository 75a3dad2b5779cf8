"""What can be wrong with a container, one file each; the docstring of a file is its manual page.

A rule says what the JSON schema cannot: what needs two places of the file, or a better sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tagkit.gtm.rules import (
    account_id_not_a_number,
    built_in_not_listed,
    consent_without_types,
    constant_empty,
    conversion_id_prefix,
    custom_event_argument,
    custom_template_missing,
    dangling_folder,
    dangling_tag,
    dangling_trigger,
    dangling_variable,
    duplicate_id,
    duplicate_name,
    empty_list,
    envelope_incomplete,
    measurement_id_shape,
    measurement_id_twice,
    meta_command,
    meta_event_id,
    meta_event_id_missing,
    meta_event_name,
    meta_no_product_ids,
    meta_personal_data,
    meta_pixel_id,
    meta_pixel_not_started,
    meta_pixel_twice,
    meta_property_name,
    meta_purchase_value,
    meta_quoted_reference,
    meta_sensitive_name,
    meta_setup_order,
    meta_several_pixels,
    meta_subscribe_newsletter,
    meta_value,
    misspelt_list,
    name_characters,
    not_an_export,
    parameter_missing,
    rest_api_spelling,
    unknown_built_in,
    unknown_type,
    vendor_without_consent,
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
    meta_command,
    meta_event_name,
    meta_purchase_value,
    meta_value,
    meta_event_id,
    meta_event_id_missing,
    meta_quoted_reference,
    meta_property_name,
    meta_personal_data,
    meta_sensitive_name,
    meta_subscribe_newsletter,
    meta_pixel_not_started,
    meta_pixel_id,
    meta_pixel_twice,
    meta_several_pixels,
    meta_no_product_ids,
    meta_setup_order,
    vendor_without_consent,
)
