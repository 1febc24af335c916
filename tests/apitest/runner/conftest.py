"""Fixtures of the runner's own tests."""

from tests.apitest.runner.running import runs

__all__ = ["runs"]
