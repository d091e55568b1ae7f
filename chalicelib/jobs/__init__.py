"""Messages and schedules, each to one service call."""
