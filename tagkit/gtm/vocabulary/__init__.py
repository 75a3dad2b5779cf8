"""The words of a GTM container export: types, their parameters, enums, key order.

One table per list that Google keeps; everything that reads or writes a container asks here.
Only literals, no I/O. What the tables leave out may still be right: GTM has more vendor tags
than are known here, and every type gets new parameters.

Sources, named at each table:
``[export]``  counted in 178 exports that GTM wrote, 2015 to 2026
``[api]``     Google's discovery document of the Tag Manager API v2, revision 20260826
``[docs]``    developers.google.com, tag and variable dictionary, "restrict tag deployment"
"""

from tagkit.gtm.built_ins import AMP, BUILT_INS, MOBILE, SERVER, WEB, BuiltIn
from tagkit.gtm.export_file import (
    CONSENT_TYPES,
    ID_KEYS,
    KEY_ORDER,
    KIND_WORDS,
    KINDS,
    SYSTEM_TRIGGERS,
    WEB_FEATURES,
)
from tagkit.gtm.vocabulary.server_types import CLIENT_TYPES, TRANSFORMATION_TYPES
from tagkit.gtm.vocabulary.shapes import EntityType, Key, TriggerType
from tagkit.gtm.vocabulary.tag_types import OTHER_TAG_TYPES, TAG_TYPES
from tagkit.gtm.vocabulary.trigger_types import CONDITION_FIELDS, TRIGGER_FIELDS, TRIGGER_TYPES
from tagkit.gtm.vocabulary.variable_types import VARIABLE_TYPES

__all__ = [
    "AMP", "BUILT_INS", "CLIENT_TYPES", "CONDITION_FIELDS", "CONSENT_TYPES", "ID_KEYS", "KEY_ORDER",
    "KINDS", "KIND_WORDS", "MOBILE", "OTHER_TAG_TYPES", "SERVER", "SYSTEM_TRIGGERS", "TAG_TYPES",
    "TRANSFORMATION_TYPES", "TRIGGER_FIELDS", "TRIGGER_TYPES", "VARIABLE_TYPES", "WEB",
    "WEB_FEATURES", "BuiltIn", "EntityType", "Key", "TriggerType",
]  # fmt: skip

# [export]; the API has the same words in camelCase.
PARAMETER_TYPES = (
    "TEMPLATE",
    "BOOLEAN",
    "INTEGER",
    "LIST",
    "MAP",
    "TAG_REFERENCE",
    "TRIGGER_REFERENCE",
)
# Parameter types whose value is one text.
TEXT_TYPES = ("TEMPLATE", "BOOLEAN", "INTEGER", "TAG_REFERENCE")

# [api] Condition.type. ENDS_WITH, GREATER, LESS_OR_EQUALS and URL_MATCHES: not in [export].
CONDITION_TYPES = (
    "EQUALS",
    "CONTAINS",
    "STARTS_WITH",
    "ENDS_WITH",
    "MATCH_REGEX",
    "GREATER",
    "GREATER_OR_EQUALS",
    "LESS",
    "LESS_OR_EQUALS",
    "CSS_SELECTOR",
    "URL_MATCHES",
)
CONDITION_ARGUMENTS = ("arg0", "arg1")
CONDITION_MODIFIERS = ("ignore_case", "negate")

FIRING_OPTIONS = ("UNLIMITED", "ONCE_PER_EVENT", "ONCE_PER_LOAD")  # [api] [export]
CONSENT_STATUSES = ("NOT_SET", "NOT_NEEDED", "NEEDED")  # [api] [export]
CASE_CONVERSIONS = ("NONE", "LOWERCASE", "UPPERCASE")  # [api]

# Google hands out such ids from the top of the 32-bit range downwards.
FIRST_SYSTEM_ID = 2147479000

# The event name, which every container has and none lists. [export] 952 of 952
IMPLICIT_VARIABLES = frozenset({"_event"})

# [export] The type of a custom template: cvt_<containerId>_<templateId>, or
# cvt_<galleryTemplateId>.
TEMPLATE_TYPE_PREFIX = "cvt_"
