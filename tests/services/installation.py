"""Finds the programs that a service needs, and installs Debian's packages where it may."""

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_POLICY = Path("/usr/sbin/policy-rc.d")


class Unavailable(Exception):
    """A service cannot be started on this machine; the text says why, for the summary of a test run."""


def required() -> bool:
    """Whether a service that cannot be started is an error rather than a reason to skip its tests."""
    names = ("CI", "APITEST_REQUIRE_SERVICES")
    return any(os.environ.get(name, "").lower() in {"1", "true", "yes"} for name in names)


def find(name: str, patterns: Sequence[str] = ()) -> Path | None:
    """The path of a program: from PATH, else the newest that one of the glob patterns below ``/`` finds."""
    if found := shutil.which(name):
        return Path(found)
    candidates = [path for pattern in patterns for path in Path("/").glob(pattern.lstrip("/"))]
    return max(candidates, key=_version_in_path, default=None)


def _version_in_path(path: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in path.parts if part.isdigit())


def need(name: str, packages: Sequence[str], patterns: Sequence[str] = ()) -> Path:
    """As `find`, installing Debian's packages when the program is missing and this process is root.

    Raises:
        Unavailable: the program is missing and cannot be installed here.
    """
    if path := find(name, patterns):
        return path
    install(packages, wanted_for=name)
    if path := find(name, patterns):
        return path
    raise Unavailable(f"{name} is still missing after the packages {' '.join(packages)} were installed")


def install(packages: Sequence[str], wanted_for: str) -> None:
    """Install Debian packages without letting any of them start a system service.

    Raises:
        Unavailable: there is no apt-get, this process is not root, or apt-get failed.
    """
    names = " ".join(packages)
    if not shutil.which("apt-get"):
        raise Unavailable(f"{wanted_for} is not installed, and there is no apt-get to install {names} with")
    if os.geteuid() != 0:
        raise Unavailable(f"{wanted_for} is not installed; as root: apt-get install {names}")
    with _one_at_a_time(), _services_stay_down():
        _apt("update")
        _apt("install", "-y", "--no-install-recommends", *packages)


def _apt(*arguments: str) -> None:
    command = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", *arguments]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True, timeout=900)
    except subprocess.TimeoutExpired:
        raise Unavailable(f"apt-get {arguments[0]} did not end within 15 minutes") from None
    if done.returncode:
        raise Unavailable(f"apt-get {' '.join(arguments)} failed: {done.stderr.strip()[-400:]}")


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Unit tests and features run side by side: one must not let services start while the other still installs."""
    with Path(tempfile.gettempdir(), "apitest-installation.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _services_stay_down() -> Iterator[None]:
    """Debian asks policy-rc.d before it starts a freshly installed service; 101 forbids it."""
    if _POLICY.exists():
        yield
        return
    _POLICY.write_text("#!/bin/sh\nexit 101\n")
    _POLICY.chmod(0o755)
    try:
        yield
    finally:
        _POLICY.unlink(missing_ok=True)
