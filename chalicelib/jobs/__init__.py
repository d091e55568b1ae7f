"""Handlers of queue messages and schedules; each calls one service."""
