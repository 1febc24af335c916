"""The time in UTC by a clock that is never set: it begins with the system's clock and goes on by the monotonic one."""

import time
from datetime import UTC, datetime, timedelta


class SteadyClock:
    """Now, in UTC, whatever happens to the system's clock after the server has started."""

    def __init__(self) -> None:
        self._started = datetime.now(UTC)
        self._since = time.monotonic()

    def __call__(self) -> datetime:
        """Now."""
        return self._started + timedelta(seconds=time.monotonic() - self._since)
