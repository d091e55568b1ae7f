"""Export of results to the formats of other tools: pure functions, one format per module.

`reports` writes accessibility reports, `tokens` design tokens, `html` the HTML report. Nothing here reads a clock, a
network or a file except the HTML report's own style sheets and script, and nothing loads NumPy.
"""
