"""The HTTP API. Each resource has one module in `resources`; the modules beside it serve all of them."""
