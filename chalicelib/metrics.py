"""CloudWatch metrics: one line each on standard output, which CloudWatch turns into a metric.

Source: the embedded metric format,
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
The dimension `service` is the deployment, from POWERTOOLS_SERVICE_NAME.
"""

from typing import Final

NAMESPACE: Final = "Janus"
COUNT: Final = "Count"
MILLISECONDS: Final = "Milliseconds"


def count(name: str, **dimensions: str) -> None:
    """Count one occurrence."""
    record(name, 1, COUNT, **dimensions)


def record(name: str, value: float, unit: str, **dimensions: str) -> None:
    """Record a value."""
    # Requests that record no metric do without.
    from aws_lambda_powertools.metrics import MetricUnit, single_metric  # noqa: PLC0415

    with single_metric(name=name, unit=MetricUnit(unit), value=value, namespace=NAMESPACE) as metric:
        for dimension, of_it in dimensions.items():
            metric.add_dimension(dimension, of_it)
