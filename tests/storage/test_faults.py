from typing import Any

import pytest
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionClosedError,
    EndpointConnectionError,
    ParamValidationError,
    ReadTimeoutError,
)
from pynamodb.exceptions import CancellationReason, PutError, TransactWriteError, VerboseClientError

from chalicelib.model.objects import DeletionFailed
from chalicelib.storage.faults import is_temporary
from chalicelib.storage.tables.identities import KeysUnprocessed

URL = "https://dynamodb.us-east-1.amazonaws.com"


def answered(code: str, status: int = 400) -> ClientError:
    response: Any = {"Error": {"Code": code, "Message": "…"}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(response, "PutItem")


def as_pynamodb_raises(error: ClientError) -> PutError:
    """PynamoDB leaves the status out, and keeps botocore's error as the cause of its own."""
    verbose = VerboseClientError({"Error": error.response["Error"]}, "PutItem", {})
    verbose.__cause__ = error
    return PutError("Failed to put item", verbose)


def canceled(code: str) -> TransactWriteError:
    reasons = [None, CancellationReason(code)]
    error: Any = {"Error": {"Code": "TransactionCanceledException", "Message": "…"}}
    cause = VerboseClientError(error, "TransactWriteItems", {}, cancellation_reasons=reasons)
    return TransactWriteError("Failed to write", cause)


@pytest.mark.parametrize(
    "error",
    [
        ConnectionClosedError(endpoint_url=URL),
        ReadTimeoutError(endpoint_url=URL),
        EndpointConnectionError(endpoint_url=URL),
        PutError("Failed to put item", EndpointConnectionError(endpoint_url=URL)),
        answered("SlowDown", 503),
        answered("AnythingAtAll", 500),
        as_pynamodb_raises(answered("ProvisionedThroughputExceededException")),
        as_pynamodb_raises(answered("AnythingAtAll", 503)),
        canceled("TransactionConflict"),
        canceled("ThrottlingError"),
        KeysUnprocessed(),
        DeletionFailed("2 objects"),
    ],
    ids=repr,
)
def test_a_fault_that_may_pass_is_temporary(error: Exception) -> None:
    assert is_temporary(error)


@pytest.mark.parametrize(
    "error",
    [
        answered("AccessDeniedException"),
        answered("ValidationException"),
        as_pynamodb_raises(answered("ResourceNotFoundException")),
        canceled("ConditionalCheckFailed"),
        canceled("ValidationError"),
        PutError("Failed to put item", BotoCoreError()),
        ParamValidationError(report="wrong"),
        ValueError("wrong"),
        ConnectionError("of Python, not of AWS"),
    ],
    ids=repr,
)
def test_a_mistake_is_not(error: Exception) -> None:
    assert not is_temporary(error)


def test_an_error_of_ours_while_a_fault_is_handled_is_not() -> None:
    error = ValueError("wrong")
    error.__context__ = ConnectionClosedError(endpoint_url=URL)
    assert not is_temporary(error)
