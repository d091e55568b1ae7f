"""Wiring: builds the services from their adapters."""

from chalicelib.wiring.services import Services

__all__ = ["Services"]
