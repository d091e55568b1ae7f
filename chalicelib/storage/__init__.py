"""Adapters of DynamoDB, S3, SQS, SES, CloudWatch and Secrets Manager."""
