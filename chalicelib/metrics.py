"""CloudWatch metrics, each written as one line on standard output.

Source: the embedded metric format,
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
The dimension `service` identifies the deployment; its value comes from POWERTOOLS_SERVICE_NAME.
"""

from typing import Final

NAMESPACE: Final = "Janus"
COUNT: Final = "Count"
MILLISECONDS: Final = "Milliseconds"


def count(name: str, **dimensions: str) -> None:
    """Write the value 1 of a CloudWatch metric in the unit Count, with these dimensions, as a line on standard output.

    The namespace is Janus. A further dimension, `service`, identifies the deployment.
    """
    record(name, 1, COUNT, **dimensions)


def record(name: str, value: float, unit: str, **dimensions: str) -> None:
    """Write one value of a CloudWatch metric with these dimensions as a line on standard output.

    unit is one of CloudWatch's, such as Milliseconds; raises ValueError if it is none of them. The namespace is Janus.
    A further dimension, `service`, identifies the deployment.
    """
    # Imported on first use: most requests record no metric.
    from aws_lambda_powertools.metrics import MetricUnit, single_metric  # noqa: PLC0415

    with single_metric(name=name, unit=MetricUnit(unit), value=value, namespace=NAMESPACE) as metric:
        for dimension, value_of_dimension in dimensions.items():
            metric.add_dimension(dimension, value_of_dimension)
