"""Clients and transformations: what only a server container has."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from tagkit.gtm.built_ins import SERVER
from tagkit.gtm.vocabulary.shapes import (
    FLAG,
    FLAG_ALWAYS,
    TEXT,
    TEXT_ALWAYS,
    entity_type,
    gone_type,
    table,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tagkit.gtm.vocabulary.shapes import EntityType

# [export] section 10 of the grammar.
CLIENT_TYPES: Mapping[str, EntityType] = MappingProxyType(
    {
        "gaaw_client": entity_type(
            "Google Analytics: GA4",
            SERVER,
            cookieDomain=TEXT_ALWAYS,
            cookieSamesite=TEXT,
            cookieMaxAgeInSec=TEXT_ALWAYS,
            activateGtagSupport=FLAG,
            activateDefaultPaths=FLAG_ALWAYS,
            cookiePath=TEXT_ALWAYS,
            migrateFromJsClientId=FLAG,
            cookieManagement=TEXT_ALWAYS,
            cookieName=TEXT_ALWAYS,
        ),
        "gtm_client": entity_type(
            "Google Tag Manager: Web Container",
            SERVER,
            activateResponseCompression=FLAG,
            activateGeoResolution=FLAG,
            activateDependencyServing=FLAG,
            allowedContainerIds=table("containerId"),
        ),
        "ua_client": gone_type(
            "Universal Analytics",
            SERVER,
            activateDefaultPaths=FLAG,
            cookieManagement=TEXT,
            cookieName=TEXT,
            cookieDomain=TEXT,
            cookiePath=TEXT,
            cookieMaxAgeInSec=TEXT,
        ),
    }
)

_MATCHING = table("variableName", "variableReference", "expressionType", "expressionValue")
_TAGS = table("tagReference")
_TAG_TYPES = table("tagType", "tagTypeExceptions")

# [export] section 10 of the grammar. Cells are TEMPLATE but tagReference (TAG_REFERENCE) and
# tagTypeExceptions (LIST).
TRANSFORMATION_TYPES: Mapping[str, EntityType] = MappingProxyType(
    {
        "tf_augment_event": entity_type(
            "Augment event",
            SERVER,
            matchingConditionsEnabled=FLAG,
            allTagsExcept=FLAG,
            booleanExpressionString=TEXT,
            augmentEventTable=table("paramName", "paramValue"),
            affectedTags=_TAGS,
            affectedTagTypes=_TAG_TYPES,
            matchingConditionsTable=_MATCHING,
            priority=TEXT,
        ),
        "tf_allow_params": entity_type(
            "Allow parameters",
            SERVER,
            matchingConditionsEnabled=FLAG,
            allowedParamsTable=table("allowedParams"),
            allTagsExcept=FLAG,
            booleanExpressionString=TEXT,
            affectedTags=_TAGS,
            affectedTagTypes=_TAG_TYPES,
            matchingConditionsTable=_MATCHING,
            priority=TEXT,
        ),
        "tf_exclude_params": entity_type(
            "Exclude parameters",
            SERVER,
            excludedParamsTable=table("excludedParams"),
            matchingConditionsEnabled=FLAG,
            allTagsExcept=FLAG,
            booleanExpressionString=TEXT,
            affectedTags=_TAGS,
            affectedTagTypes=_TAG_TYPES,
            matchingConditionsTable=_MATCHING,
            priority=TEXT,
        ),
    }
)
