"""Deployment to AWS: releases, the stacks of the stages, and the rotation of signing keys."""
