"""The DynamoDB tables, named after the model's nouns."""
