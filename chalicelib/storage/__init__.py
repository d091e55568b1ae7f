"""What reads and writes the tables, the bucket and the mail service."""
