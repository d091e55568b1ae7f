"""Results in the formats of other tools: pure functions, a file a format. The design tokens' are in `tokens`.

Nothing here reads a clock, a network or a file but the HTML report's own style and script, and nothing loads NumPy.
"""
