from datetime import timedelta

from chalicelib.model.idempotency import IdempotentRequest
from chalicelib.model.ids import new_id
from chalicelib.storage.tables.idempotency import IdempotencyItem
from chalicelib.wiring import Services
from tests.conftest import NOON


def test_what_earlier_versions_stored_is_read(services: Services) -> None:
    """They stored the response, whose body has the id, and no id of what an attempt would create."""
    table, user = services.adapters.idempotency, new_id()
    day = NOON + timedelta(days=1)
    finished = table.items(
        user, "finished", fingerprint="print", started_at=NOON, expires_at=day, status=201, body='{"id": "image"}'
    )
    started = table.items(user, "started", fingerprint="print", started_at=NOON, expires_at=day)
    for item in (finished, started):
        item.save()
        item.update([IdempotencyItem.finished.remove()])

    def claim(key: str) -> IdempotentRequest | None:
        return table.claim(IdempotentRequest(user, key, "print", NOON, NOON, new_id(), new_id()), NOON)

    earlier = claim("finished")
    assert earlier is not None
    assert (earlier.finished, earlier.created_id) == (True, "image")
    earlier = claim("started")
    assert earlier is not None
    assert (earlier.finished, earlier.attempt_id) == (False, None)
    assert table.take_over(IdempotentRequest(user, "started", "print", NOON, NOON, new_id(), new_id()), None)
