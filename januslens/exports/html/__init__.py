"""The report as one HTML file that needs nothing else: to be read, printed and passed on.

It holds itself to WCAG 2.2, works without its script, and loads nothing: its policy
(https://www.w3.org/TR/CSP3/) allows its own style and script by their hashes and images embedded in it.
"""

from januslens.exports.html.page import write

__all__ = ["write"]
