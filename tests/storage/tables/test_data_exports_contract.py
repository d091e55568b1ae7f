"""The same assertions against the real adapter and its fake."""

from copy import replace

from chalicelib.model.data_exports import DataExport
from chalicelib.model.ids import new_id
from chalicelib.wiring.adapters import Adapters
from tests.conftest import NOON
from tests.storage.examples import DAY, HOUR, MOMENT, event_of, recorded


def test_a_data_export_is_replaced_once_it_is_finished_or_given_up(adapters: Adapters) -> None:
    user = new_id()
    exports = [DataExport(user, new_id(), NOON + n * HOUR, NOON + DAY + MOMENT) for n in range(3)]
    assert adapters.data_exports.get(user) is None
    assert adapters.data_exports.request(exports[0], NOON - HOUR, [event_of(user)])
    assert not adapters.data_exports.request(exports[1], NOON, [event_of(user)])
    assert adapters.data_exports.get(user) == replace(exports[0], expires_at=NOON + DAY)
    assert adapters.data_exports.request(exports[1], NOON + MOMENT, [event_of(user)])
    assert not adapters.data_exports.finish(exports[0], NOON, 7)
    assert adapters.data_exports.finish(exports[1], NOON, 7)
    assert adapters.data_exports.get(user) == replace(exports[1], expires_at=NOON + DAY, made_at=NOON, size=7)
    assert adapters.data_exports.request(exports[2], NOON, [event_of(user)])
    adapters.data_exports.delete(user)
    assert adapters.data_exports.get(user) is None
    assert len(recorded(adapters, user)) == 3


def test_a_data_export_is_withdrawn_unless_it_was_replaced(adapters: Adapters) -> None:
    user = new_id()
    first, second = (DataExport(user, new_id(), NOON + n * HOUR, NOON + DAY) for n in range(2))
    adapters.data_exports.withdraw(first)
    adapters.data_exports.request(first, NOON - HOUR, [])
    adapters.data_exports.withdraw(second)
    assert adapters.data_exports.get(user) == first
    adapters.data_exports.withdraw(first)
    assert adapters.data_exports.get(user) is None
