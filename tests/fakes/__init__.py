"""The adapters in memory: subclasses of the real ones, so that mypy checks their methods against them.

`tests/storage/**/test_*_contract.py` run the same assertions against each fake and against the real adapter.
"""
