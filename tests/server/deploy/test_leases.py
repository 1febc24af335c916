import os
from pathlib import Path

import pytest

from apitest_server.deploy import leases


def test_who_writes_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system tells; elsewhere nobody does."""
    path = tmp_path / "a"
    with path.open("w"):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            assert not leases.lease(descriptor)
            monkeypatch.setattr(leases, "fcntl", None)
            assert leases.lease(descriptor)
        finally:
            os.close(descriptor)
