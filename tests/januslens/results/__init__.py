"""Results of a small image as they were stored, one of each schema."""

from pathlib import Path

FOLDER = Path(__file__).parent
SCHEMAS = (2, 3)


def stored(schema: int) -> bytes:
    """Return the stored result of a schema."""
    return (FOLDER / f"schema-{schema}.json").read_bytes()
