"""What S3 and SQS deliver, to service calls."""
