"""What is different between two containers, by meaning; what it does to measurement, first.

texts       values, code, conditions     as texts that can be compared
facts       entity -> facts              what it says, flat, without ids and order
called      what stands for another      its name here, on both sides, its meaning
side        container                    its entities, their facts and meanings, who uses whom
match       two sides -> pairs           by name, by equal meaning, by strong likeness
changes     pairs -> changes             entity by entity
sendings    tag -> what it sends         GA4, Meta, Google tags, pixels as values by name
phrases     triggers, variables          in words
effects     pairs of tags -> effects     what is different in what is measured
values      two sendings -> effects      what is sent otherwise
causes      what several share -> effects, each told once
ownership   plan and live container      what is ours in it, and what touches that
compare     all of it
sentences, code_lines, as_text, as_markdown, as_json: how it is said
"""
