"""Scenarios: what visitors do on pages, and what is to fire then.

read     plan, files        -> Scenarios  what is written under ``tests:``
check    Scenarios, plan    -> findings   do their names mean something?
drive    Scenario, browser  -> Journal    what the simulator reported, step by step
judge    Journal, Scenario  -> failures   each with a trace of how it came
"""
