"""Mutation testing: plant plausible mistakes in copies of the project and see which the mirrored tests notice.

Why mutmut's operators but not its runner: docs/adr/0017-our-own-mutation-runner.md
"""
