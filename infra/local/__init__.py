"""The local stack: AWS services, API and queue consumers on one machine, started by `python -m infra.local`."""
