"""The resources of the API: one module per resource, with its routes and its request and response types."""
