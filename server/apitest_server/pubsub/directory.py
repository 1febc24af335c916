"""The topics and endpoints of a server: put in by what makes objects of the ODB effective, looked up by the broker."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from apitest_server.errors import Forbidden, NotFound, ServiceUnavailable
from apitest_server.pubsub.message import LONGEST_LIFE
from apitest_server.pubsub.topics import Permissions, Right

Policy = Literal["refuse", "drop-oldest"]
Type = Literal["rest", "wsx", "service"]
Role = Literal["pub", "sub", "pub-sub"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic.

    Attributes:
        id: of the object in the ODB.
        name: such as ``/customer/new``.
        is_active: whether it takes publications.
        has_gd: whether publications that do not say so have guaranteed delivery.
        max_depth_gd: how many messages with guaranteed delivery it holds, at most.
        max_depth_non_gd: how many others, on each server.
        depth_policy: what happens to one more: it is refused, or the oldest is dropped, whoever waits for that.
        max_expiration: milliseconds that a message is kept, at most, whatever its expiration.
        hook_service_name: called before publishing and before delivery; empty for none.
    """

    id: int
    name: str
    is_active: bool = True
    has_gd: bool = False
    max_depth_gd: int = 10_000
    max_depth_non_gd: int = 1_000
    depth_policy: Policy = "refuse"
    max_expiration: int = LONGEST_LIFE
    hook_service_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Who publishes and subscribes.

    Attributes:
        id: of the object in the ODB.
        name: its name.
        endpoint_type: how it is reached.
        role: what it may do at all.
        permissions: to which topics.
        is_active: whether it may do anything now; what waits for it is kept.
        security_id: whose credentials are its own, of the type ``rest``.
        ws_channel_id: the channel that its clients connect to, of the type ``wsx``.
        service_name: what messages are pushed to, of the type ``service``.
    """

    id: int
    name: str
    endpoint_type: Type = "rest"
    role: Role = "pub-sub"
    permissions: Permissions = field(default_factory=Permissions)
    is_active: bool = True
    security_id: int = 0
    ws_channel_id: int = 0
    service_name: str = ""

    def must_be_allowed(self, right: Right, topic_name: str) -> None:
        """Refuses what it may not do.

        Raises:
            Forbidden: what it may not do.
        """
        if not self.may(right, topic_name):
            verb = "publish" if right == "pub" else "subscribe"
            raise Forbidden(f"The endpoint `{self.name}` may not {verb} to topic `{topic_name}`")

    def may(self, right: Right, topic_name: str) -> bool:
        """Whether it may do so now."""
        return self.is_active and right in self.role.split("-") and self.permissions.allow(right, topic_name)


T = TypeVar("T", Topic, Endpoint)


class Directory(Generic[T]):
    """Topics, or endpoints, by ID and by name. Any thread may ask; one at a time changes it.

    Attributes:
        changed: called with the ID of what was put in or removed.
    """

    def __init__(self, title: str, changed: Callable[[int], None] = lambda _: None) -> None:
        """Takes what one of them is called, for errors."""
        self._title = title
        self._by_id: dict[int, T] = {}
        self._by_name: dict[str, T] = {}
        self.changed = changed

    def __len__(self) -> int:
        return len(self._by_id)

    def put(self, one: T) -> None:
        """Adds one, or changes the one of this ID."""
        before = self._by_id.get(one.id)
        self._by_id[one.id] = self._by_name[one.name] = one
        self._forget_name(before)
        self.changed(one.id)

    def remove(self, number: int) -> None:
        """Forgets one, if it is known."""
        before = self._by_id.pop(number, None)
        self._forget_name(before)
        if before is not None:
            self.changed(number)

    def get(self, number: int) -> T | None:
        """The one of this ID."""
        return self._by_id.get(number)

    def named(self, name: str) -> T:
        """The one of this name.

        Raises:
            NotFound: there is none.
        """
        try:
            return self._by_name[name]
        except KeyError:
            raise NotFound(f"There is no {self._title} `{name}`") from None

    def all(self) -> list[T]:
        """All of them, in the order in which they were made."""
        return list(self._by_id.values())

    def _forget_name(self, one: T | None) -> None:
        if one is not None and self._by_name.get(one.name) is one:  # Else another one has taken the name over
            del self._by_name[one.name]


def full(topic: Topic) -> ServiceUnavailable:
    """What the publisher of one message too many is told."""
    return ServiceUnavailable(f"The topic `{topic.name}` is full; publish again once messages were taken from it")
