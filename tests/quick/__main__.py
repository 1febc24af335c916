"""``python -m tests.quick [OPTIONS OF PYTEST]``: the tests that stay inside the test process, and what they cost."""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.quick.parts import PARTS, Part, place, summary
from tests.signals import let_children_hear_signals


def main(options: list[str]) -> int:
    """Runs all parts side by side; the status of the first one that failed, 0 if none has."""
    let_children_hear_signals()
    start = perf_counter()
    with TemporaryDirectory(prefix="quick-", dir=place()) as directory:
        running = [Part(name, Path(directory), options) for name in PARTS]
        ended = [part.end(sys.stdout) for part in running]
    used = os.times()  # Of this process, too, which deletes the files of all tests
    processor = used.user + used.system + used.children_user + used.children_system
    print(summary(ended, processor, perf_counter() - start))
    return next((part.status for part in ended if part.status), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
