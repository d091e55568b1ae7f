from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from chalicelib.services.accounts.exported_data import READ_AHEAD, _read_ahead


def test_no_more_than_a_few_items_are_read_ahead() -> None:
    asked: list[int] = []

    def items() -> Iterator[int]:
        for number in range(100):
            asked.append(number)
            yield number

    with ThreadPoolExecutor(READ_AHEAD) as executor:
        for number, square in _read_ahead(executor, items(), lambda number: number**2):
            assert square == number**2
            assert len(asked) <= number + READ_AHEAD + 1
    assert len(asked) == 100
