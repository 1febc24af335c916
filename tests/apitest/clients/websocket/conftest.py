"""Servers for WebSockets."""

from tests.hostile.conftest import hostile

__all__ = ["hostile"]
