"""Adopt: the plan of a container that already exists.

``adoption`` is the way of it: ``reading`` gathers what the file holds, ``variables``,
``conditions`` and ``triggers`` say it in the words of the plan, ``google`` and ``meta`` make
conversions of tags, ``assemble`` puts the plan together and ``yamlwriter`` writes it.
"""
