"""The resource template says what Janus needs of it."""

from infra import template

TEMPLATE = template.load()


def test_a_messages_tries_end_in_a_dead_letter_queue() -> None:
    queues = {queue.logical_id: queue.properties for queue in TEMPLATE.resources("AWS::SQS::Queue")}
    ends = {name: queue["RedrivePolicy"] for name, queue in queues.items() if "RedrivePolicy" in queue}
    assert {
        name: (end["deadLetterTargetArn"]["Fn::GetAtt"][0], end["maxReceiveCount"]) for name, end in ends.items()
    } == {
        "UploadsQueue": ("UploadsDeadLetterQueue", 3),
        "ErasuresQueue": ("ErrandsDeadLetterQueue", 5),
        "ExportsQueue": ("ErrandsDeadLetterQueue", 5),
    }
    assert all(name in ends or name.endswith("DeadLetterQueue") for name in queues)


def test_nobody_reads_the_bucket_without_a_signature() -> None:
    (bucket,) = TEMPLATE.resources("AWS::S3::Bucket")
    assert set(bucket.properties["PublicAccessBlockConfiguration"].values()) == {True}
    assert "BucketEncryption" in bucket.properties


def test_uploads_that_nobody_takes_up_and_old_archives_are_deleted() -> None:
    (bucket,) = TEMPLATE.resources("AWS::S3::Bucket")
    rules = bucket.properties["LifecycleConfiguration"]["Rules"]
    ends = {rule["Prefix"]: (rule["ExpirationInDays"], rule["Status"]) for rule in rules if "ExpirationInDays" in rule}
    assert ends == {"uploads/": (1, "Enabled"), "archives/": (7, "Enabled")}
