from dataclasses import asdict
from datetime import timedelta

from chalicelib.services.ids import new_id
from chalicelib.storage.logs import LogEntry, LogItem, Logs
from chalicelib.wiring import Services
from tests.conftest import NOON, REGION


def test_entries_are_stored_in_the_order_in_which_they_were_made(services: Services) -> None:
    actor = new_id()
    entries = [
        LogEntry(new_id(), actor, action, None, None, "request", NOON, NOON + timedelta(days=90))
        for action in ("image.created", "image.uploaded", "image.analyzed")
    ]
    Logs(services.settings.logs_table, REGION).add(entries)
    found = [
        {name: value for name, value in item.attribute_values.items() if name != "schema_version"}
        for item in LogItem.query(actor)
    ]
    assert found == [{name: value for name, value in asdict(entry).items() if value is not None} for entry in entries]
