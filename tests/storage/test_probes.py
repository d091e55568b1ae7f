import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from chalicelib.storage.probes import Probes, ServiceUnavailable
from chalicelib.wiring import Services
from tests.conftest import REGION


def test_each_service_of_a_deployment_responds(services: Services) -> None:
    probes = services.adapters.probes
    assert list(probes.requests) == ["database", "objects", "queue"]
    for service in probes.requests:
        probes.probe(service)


@pytest.mark.parametrize("service", ["database", "objects", "queue"])
def test_a_service_that_refuses_is_unavailable_and_no_other(services: Services, service: str) -> None:
    settings = services.settings
    table, bucket, queue = (
        "absent" if service == name else present
        for name, present in (
            ("database", settings.users_table),
            ("objects", settings.bucket),
            ("queue", settings.uploads_queue),
        )
    )
    probes = Probes(table, bucket, queue, REGION)
    with pytest.raises(ServiceUnavailable, match=service) as caught:
        probes.probe(service)
    assert isinstance(caught.value.__cause__, ClientError)
    for other in set(probes.requests) - {service}:
        probes.probe(other)


def test_a_service_that_cannot_be_reached_is_unavailable(services: Services) -> None:
    def fail() -> None:
        raise EndpointConnectionError(endpoint_url="https://sqs.example")

    probes = Probes("table", "bucket", "queue", REGION)
    probes.requests = {"queue": fail}
    with pytest.raises(ServiceUnavailable):
        probes.probe("queue")
