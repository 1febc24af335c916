"""Whether somebody has a file open for writing, as far as the system can tell."""

import signal

try:
    import fcntl
except ImportError:  # There is no such module, and no leases, on Windows
    fcntl = None  # type: ignore[assignment]


def lease(descriptor: int) -> bool:
    """Whether nobody writes; until the descriptor is closed, whoever wants to has to wait."""
    if not hasattr(fcntl, "F_SETLEASE"):
        return True
    try:
        # A writer that has to wait makes the system send a signal; of this one nobody takes notice.
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except BlockingIOError:
        return False
    except OSError:
        return True  # The file system has no leases, or the file is another user's
    return True
