"""HTTP: a blueprint a resource."""
