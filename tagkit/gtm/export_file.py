"""The file of a container export: its kinds of entities, the order of its keys, fixed values.

Sources as in ``tagkit.gtm.vocabulary``, which holds the types.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# [docs] Google's own; a container may use further names of its own making.
CONSENT_TYPES = (
    "ad_storage",
    "ad_user_data",
    "ad_personalization",
    "analytics_storage",
    "functionality_storage",
    "personalization_storage",
    "security_storage",
)

# [export] Ids that firingTriggerId may name although no trigger has them.
SYSTEM_TRIGGERS: Mapping[str, str] = MappingProxyType(
    {
        "2147479553": "All Pages",
        "2147479572": "Consent Initialization - All Pages",
        "2147479573": "Initialization - All Pages",
        "2147479574": "All Pages (server)",
    }
)

# [export] Kinds of entity and the key that holds their id, in the order GTM writes the arrays;
# zone and gtagConfig: [api].
ID_KEYS: Mapping[str, str] = MappingProxyType(
    {
        "tag": "tagId",
        "trigger": "triggerId",
        "variable": "variableId",
        "folder": "folderId",
        "customTemplate": "templateId",
        "client": "clientId",
        "transformation": "transformationId",
        "zone": "zoneId",
        "gtagConfig": "gtagConfigId",
    }
)
KINDS = (
    "tag",
    "trigger",
    "variable",
    "folder",
    "builtInVariable",
    "customTemplate",
    "client",
    "transformation",
    "zone",
    "gtagConfig",
)
# What people call an entity of a kind.
KIND_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "builtInVariable": "built-in variable",
        "customTemplate": "custom template",
        "gtagConfig": "Google tag configuration",
    }
)

# [export] section 3 of the grammar: no export breaks this order.
KEY_ORDER: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        kind: tuple(keys.split())
        for kind, keys in {
            "root": "exportFormatVersion exportTime containerVersion",
            "containerVersion": "path accountId containerId containerVersionId name description "
            "notes container tag trigger variable folder builtInVariable fingerprint tagManagerUrl "
            "customTemplate client transformation",
            "container": "path accountId containerId name publicId notes usageContext fingerprint "
            "tagManagerUrl features tagIds mode taggingServerUrls",
            "features": "supportUserPermissions supportEnvironments supportWorkspaces "
            "supportGtagConfigs supportBuiltInVariables supportClients supportFolders supportTags "
            "supportTemplates supportTriggers supportVariables supportVersions supportZones "
            "supportTransformations",
            "tag": "accountId containerId tagId name type priority notes parameter fingerprint "
            "firingTriggerId blockingTriggerId setupTag teardownTag parentFolderId "
            "tagFiringOption paused monitoringMetadata monitoringMetadataTagNameKey "
            "consentSettings",
            "setupTag": "tagName stopOnSetupFailure",
            "teardownTag": "tagName stopTeardownOnFailure",
            "trigger": "accountId containerId triggerId name type customEventFilter filter "
            "autoEventFilter waitForTags checkValidation waitForTagsTimeout uniqueTriggerId "
            "eventName interval limit fingerprint parentFolderId notes parameter selector",
            "condition": "type parameter",
            "variable": "accountId containerId variableId name type notes parameter fingerprint "
            "parentFolderId formatValue",
            "folder": "accountId containerId folderId name fingerprint",
            "builtInVariable": "accountId containerId type name",
            "customTemplate": "accountId containerId templateId name fingerprint templateData "
            "galleryReference",
            "galleryReference": "host owner repository version isModified signature "
            "galleryTemplateId",
            "client": "accountId containerId clientId name type parameter priority fingerprint "
            "parentFolderId",
            "transformation": "accountId containerId transformationId name type parameter "
            "fingerprint parentFolderId notes",
            "consentSettings": "consentStatus consentType",
            "parameter": "type key value list map isWeakReference",
        }.items()
    }
)

# [export] container.features of every WEB file since 2024.
WEB_FEATURES: Mapping[str, bool] = MappingProxyType(
    {
        feature: feature not in {"supportGtagConfigs", "supportClients", "supportTransformations"}
        for feature in KEY_ORDER["features"]
    }
)
