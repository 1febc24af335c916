"""Who has a session: written to the roll, given the name of its address, and told to those who follow sessions."""

import logging
from collections.abc import Callable, Iterable
from functools import partial
from typing import Protocol

from apitest_server.components import Key
from apitest_server.wsx.channels import Connected
from apitest_server.wsx.fqdn import Names
from apitest_server.wsx.roll import Roll

logger = logging.getLogger("apitest.wsx")


class Follower(Protocol):
    """Who wants to know of sessions. It is called on the event loop, and returns at once."""

    def opened(self, client: Connected) -> None:
        """A client has signed in, and knows it."""

    def closed(self, client: Connected) -> None:
        """It is gone, or is somebody else from now on, which is told next; its connection has the ID that it had."""


Followers = Callable[[], Iterable[Follower]]
FOLLOWERS: Key[Followers] = Key("those who follow sessions")


class Presence:
    """The clients of this server that have a session."""

    def __init__(self, roll: Roll, names: Names, followers: Followers) -> None:
        self.roll = roll
        self._names = names
        self._followers = followers
        self._users: dict[str, tuple[str, str]] = {}

    def signed_in(self, client: Connected) -> None:
        """A session was created, on a new connection or once more on the same."""
        before, user = self._users.get(client.id), (client.user, client.client_id)
        self._users[client.id] = user
        (self.roll.add if before is None else self.roll.change)(client)
        name = self._names.ask(client.address, partial(self._name_came, client))
        if name != client.address:  # Else it may have come already, in its thread
            client.fqdn = name
        if before != user:
            self._tell(client, is_over=before is not None, is_new=True)

    def left(self, client: Connected) -> None:
        """A connection is gone, whether it had a session or not."""
        if self._users.pop(client.id, None) is not None:
            self.roll.drop(client)
            self._tell(client, is_over=True)

    def _name_came(self, client: Connected, name: str) -> None:
        """The name of the address was looked up, in a thread."""
        client.fqdn = name
        if client.id in self._users:
            self.roll.change(client)

    def _tell(self, client: Connected, is_over: bool, is_new: bool = False) -> None:
        for follower in self._followers():
            try:
                if is_over:
                    follower.closed(client)
                if is_new:
                    follower.opened(client)
            except Exception:  # The client is not to blame
                logger.exception("Who follows sessions could not be told of the connection %s", client.id)
