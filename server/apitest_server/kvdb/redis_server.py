"""The Redis that ``[kvdb]`` of server.conf names. Its driver is loaded, and connects, when it is first used."""

from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING

from apitest_server.components import Key
from apitest_server.config.model import KeyValueDatabase
from apitest_server.errors import BadRequest, ComponentMissing, ServiceUnavailable

if TYPE_CHECKING:
    from redis import Redis


class RedisServer:
    """Clients of one Redis, for any thread; connections are pooled, and made anew where they are lost."""

    def __init__(self, settings: KeyValueDatabase) -> None:
        """Takes where it is; connects to nothing."""
        self._settings = settings
        self._lock = Lock()
        self._clients: dict[bool, Redis] = {}

    @property
    def conn(self) -> "Redis":
        """A client of the driver, which decodes texts.

        Raises:
            ComponentMissing: server.conf names no Redis, or the driver is not installed.
        """
        return self._client(decodes=True)

    def execute(self, command: Sequence[str]) -> object:
        """What Redis answers to a command: texts, numbers, lists of these, or nothing, as it sends them.

        Raises:
            ComponentMissing: there is no Redis, or no driver.
            ServiceUnavailable: Redis cannot be reached, or does not answer in time.
            BadRequest: it refuses the command.
        """
        client = self._client(decodes=False)
        from redis.exceptions import ConnectionError, RedisError, TimeoutError

        try:
            return plain(client.execute_command(*command))  # type: ignore[no-untyped-call]  # redis leaves it untyped
        except (ConnectionError, TimeoutError) as error:
            where = f"{self._settings.host}:{self._settings.port}"
            raise ServiceUnavailable(f"Redis at {where} cannot be used: {_first_line(error)}") from None
        except RedisError as error:
            raise BadRequest(f"Redis refuses the command: {_first_line(error)}") from None

    def close(self) -> None:
        """Closes all connections."""
        for client in self._clients.values():
            client.close()
            client.connection_pool.disconnect()

    def _client(self, decodes: bool) -> "Redis":
        with self._lock:
            if decodes not in self._clients:
                self._clients[decodes] = self._made(decodes)
            return self._clients[decodes]

    def _made(self, decodes: bool) -> "Redis":
        settings = self._settings
        if not settings.host:
            raise ComponentMissing("server.conf names no Redis", "", "Set `host` in its section [kvdb]")
        try:
            import redis
        except ImportError:
            fix = "Install it with: pip install apitest[redis]"
            raise ComponentMissing("The driver of Redis is not installed", "", fix) from None
        client = redis.Redis(
            host=settings.host,
            port=settings.port,
            db=settings.db,
            username=settings.username or None,
            password=settings.password or None,
            socket_timeout=settings.timeout,
            socket_connect_timeout=settings.timeout,
            decode_responses=decodes,
            protocol=2,
        )
        if not decodes:
            client.response_callbacks.clear()  # So that answers are what Redis sends, whatever the command
        return client


def plain(answer: object) -> object:
    """An answer as JSON can hold it; of bytes that are not UTF-8, their hexadecimal digits."""
    if isinstance(answer, bytes):
        return answer.decode("utf-8", "backslashreplace")
    if isinstance(answer, list):
        return [plain(one) for one in answer]
    return str(answer) if isinstance(answer, Exception) else answer  # One that a script has returned


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


REDIS: Key[RedisServer] = Key("redis")
