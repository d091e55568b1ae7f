"""The token-set command under its earlier name."""

from januslens.cli.design_system import run

run()
