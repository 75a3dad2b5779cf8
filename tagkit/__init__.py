"""Compile a tracking plan.

load      text             -> Source     YAML, with the place of every key and value
validate  Source, schema   -> findings   is it shaped as a plan?
resolve   Plan, Catalog    -> Resolved   do its names mean something? defaults filled in
compile   Resolved         -> Program    tags, triggers and variables, by name
emit      Program          -> Files      GTM container, Meta Pixel snippets
check     plan, container  -> findings   is it wise, and is the output sound?

``tagkit.pipeline`` is the same map in code.
"""

__version__ = "0.1.0"
