"""An accessibility report in the formats of other tools: pure functions of the report, a file a format.

Nothing here reads a clock, a network or a file but the HTML report's own style and script, and nothing loads NumPy.
"""
