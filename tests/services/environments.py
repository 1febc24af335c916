"""Packages that tests drive as a user's own program would: each in a virtual environment of its own, made once."""

import fcntl
import subprocess
import sys
from pathlib import Path

from tests.services.installation import Unavailable

CACHE = Path(__file__).parents[2] / ".cache" / "environments"


def environment(*packages: str) -> Path:
    """The Python of a virtual environment with these packages, each with its version.

    Raises:
        Unavailable: they cannot be installed here.
    """
    directory = CACHE / "-".join(packages).replace("==", "-")
    python, ready = directory / "bin" / "python", directory / ".ready"
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            _run(sys.executable, "-m", "venv", "--clear", str(directory))
            _run(str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages)
            ready.touch()
    return python


def _run(*command: str) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=600)
    if done.returncode:
        raise Unavailable(f"{' '.join(command[1:4])} … failed: {(done.stderr or done.stdout).strip()[-400:]}")
