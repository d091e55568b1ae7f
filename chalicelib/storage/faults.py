"""Faults of AWS services that outlast the retries of the SDK: the same request may succeed some seconds later."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Final

from botocore.exceptions import ClientError, ConnectionError, HTTPClientError  # noqa: A004 - botocore's name
from pynamodb.exceptions import PynamoDBException, TransactWriteError

from chalicelib.model.objects import DeletionFailed
from chalicelib.storage.tables.identities import KeysUnprocessed

# Those that the SDK retries, by their codes in "standard" mode:
# https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
TEMPORARY: Final = frozenset(
    {
        "InternalError",
        "InternalServerError",
        "LimitExceededException",
        "PriorRequestNotComplete",
        "ProvisionedThroughputExceeded",
        "ProvisionedThroughputExceededException",
        "ReplicatedWriteConflictException",
        "RequestLimitExceeded",
        "RequestThrottled",
        "RequestThrottledException",
        "RequestTimeout",
        "RequestTimeoutException",
        "ServiceUnavailable",
        "SlowDown",
        "Throttling",
        "ThrottlingError",
        "ThrottlingException",
        "TooManyRequestsException",
        "TransactionConflict",
        "TransactionConflictException",
        "TransactionInProgressException",
    }
)


def is_temporary(error: BaseException) -> bool:
    """Return whether an error of the storage layer, or what caused it, is a fault after which a repetition may succeed.

    A refused request, such as one without permission or of a wrong form, is not.
    """
    return any(_is_temporary(cause) for cause in _causes(error))


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.cause if isinstance(cause, PynamoDBException) else cause.__cause__


def _is_temporary(error: BaseException) -> bool:
    match error:
        case ConnectionError() | HTTPClientError() | KeysUnprocessed() | DeletionFailed():
            return True
        case TransactWriteError():
            return any(reason is not None and reason.code in TEMPORARY for reason in error.cancellation_reasons)
        case ClientError():
            status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
            return error.response["Error"]["Code"] in TEMPORARY or status >= HTTPStatus.INTERNAL_SERVER_ERROR
        case _:
            return False
