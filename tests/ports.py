"""TCP ports for tests: below those that the system gives away by itself, so that nobody takes one between two looks."""

import random
import socket

# The system's own range starts at 32768 (Linux) or 49152; what other programs usually serve on is below 20000.
_PORTS = range(20_000, 32_000)
_ATTEMPTS = 1_000
# Not the random numbers of a test: a test that repeats its own must not get the port of another run beside it.
_RANDOM = random.SystemRandom()


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nothing listens on, and that no outgoing connection gets.

    Raises:
        OSError: none was found.
    """
    for _ in range(_ATTEMPTS):
        port = _RANDOM.choice(_PORTS)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError(f"no free port in {_PORTS}")
