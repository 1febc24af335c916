"""A Redis server of the tests' own, from Debian's package."""

import secrets

import redis

from tests.ports import free_port
from tests.services import installation, processes


class Redis:
    """A started server.

    Attributes:
        url: ``redis://:password@127.0.0.1:port/0``.
    """

    def __init__(self) -> None:
        program = installation.need("redis-server", ["redis-server"])
        directory = processes.throw_away_directory()
        port, password = free_port(), secrets.token_urlsafe(12)
        self.url = f"redis://:{password}@127.0.0.1:{port}/0"
        self._command = [str(program), "--bind", "127.0.0.1", "--port", str(port), "--requirepass", password]
        self._command += ["--save", "", "--appendonly", "no", "--dir", str(directory)]
        self._directory = directory
        self._running = processes.start(self._command, directory, self._answers)

    def restart(self) -> None:
        """Kill the server, with everybody's connections, and start another one in its place."""
        self._running.process.kill()
        self._running.process.wait(60)
        self._running = processes.start(self._command, self._directory, self._answers)

    def _answers(self) -> bool:
        client = redis.Redis.from_url(self.url)
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
        finally:
            client.close()

    def environment(self) -> dict[str, str]:
        """The variables that tell features where this server is."""
        return {"APITEST_REDIS_URL": self.url}

    def stop(self) -> None:
        """End the server and delete its data."""
        self._running.stop()
