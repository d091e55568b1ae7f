"""The analysis command under its earlier name."""

from januslens.cli.analyze import run

run()
