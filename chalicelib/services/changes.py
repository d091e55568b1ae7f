"""Changes that meet another one."""


class ChangedMeanwhile(Exception):
    """Somebody else changed the same at the same moment."""
