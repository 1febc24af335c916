"""One connection to a remote end that is kept open: opened again whenever it is lost, until it is closed here."""

import asyncio
import logging
import sys
from collections.abc import Sequence
from typing import NamedTuple

from apitest_server.errors import HTTPError, ServerError
from apitest_server.invoke.backoff import Backoff
from apitest_server.invoke.invoker import Invoker, new_cid
from apitest_server.invoke.patience import Complaints, Patience
from apitest_server.invoke.reply import encode
from apitest_server.redaction import masked_text, without
from apitest_server.wsx.caller import Asked, Caller, Came, Delivered
from apitest_server.wsx.conversation import STOPPING, Conversation
from apitest_server.wsx.dialled import Dialled, dial
from apitest_server.wsx.finished import Finished, keys_of
from apitest_server.wsx.hooks import CLOSE, CONNECT, MESSAGE, Event, Hooks
from apitest_server.wsx.moments import Now, chance
from apitest_server.wsx.plain_caller import PlainCaller
from apitest_server.wsx.remote import Credentials, Remote, address
from apitest_server.wsx.subscriber import Subscriber

logger = logging.getLogger("apitest.wsx")
FIRST_DELAY = 0.5  # seconds before the second attempt to connect
STEADY = 60.0  # seconds; a connection that lasts that long works


class Ours(NamedTuple):
    """What the links of one outgoing connection share.

    Attributes:
        remote: where they lead.
        credentials: who they are there.
        invoker: runs their hooks.
        complaints: which failures are logged.
        finished: what their hooks have finished with.
        client_name: what the remote end lists them as.
        client_id: of the link that subscribes, whichever server of the ODB it is on; part of those of all others.
    """

    remote: Remote
    credentials: Credentials
    invoker: Invoker
    complaints: Complaints
    finished: Finished
    client_name: str
    client_id: str


class Link:
    """One of the connections of a pool.

    Attributes:
        is_subscribing: whether it is the one that subscribes to topics.
        attempt: done when the attempt to connect that is under way has an outcome, whichever; ``None`` between two.
        failure: why the last attempt, or the last connection, came to an end.
        hooks: its hook services.
    """

    def __init__(self, ours: Ours, number: int, is_subscribing: bool) -> None:
        """Takes what it shares with others, which one it is, and whether it subscribes to the topics."""
        remote = ours.remote
        self._ours = ours
        self._remote = remote
        self._loop = asyncio.get_running_loop()
        own_id = ours.client_id if is_subscribing else f"{ours.client_id}.{ours.client_name}.{number}"
        self._client = {"client_id": own_id, "client_name": ours.client_name}
        services = {CONNECT: remote.on_connect, MESSAGE: remote.on_message, CLOSE: remote.on_close}
        self.hooks = Hooks(ours.invoker, remote.name, services, self._has_room, ours.finished)
        self.is_subscribing = is_subscribing
        self._subscriber = Subscriber(remote) if is_subscribing else None
        self._who = ("", "")
        self._overflow = Complaints()
        self._talk: Conversation | None = None
        self._gone: asyncio.Future[str] | None = None
        self._opened_at = 0.0
        self._is_held = self._is_retiring = False
        self._leaving: asyncio.Task[None] | None = None
        self.attempt: asyncio.Future[None] | None = None
        self.failure = ""
        self._task = self._loop.create_task(self._keep())

    @property
    def is_open(self) -> bool:
        """Whether services can be invoked."""
        return self._talk is not None and self._talk.is_open and not self._is_retiring

    @property
    def in_flight(self) -> int:
        """How many invocations are not answered."""
        return self._talk.in_flight if self._talk is not None else 0

    @property
    def sub_keys(self) -> dict[str, str]:
        """Topic -> its subscription, as the remote end calls it; empty for links that do not subscribe."""
        return self._subscriber.sub_keys if self._subscriber is not None else {}

    def status(self) -> dict[str, object]:
        """What it is doing, for people."""
        return {
            "client_id": self._client["client_id"],
            "is_connected": self.is_open,
            "last_problem": self.failure,
            "in_flight": self.in_flight,
            "subscriptions": dict(self.sub_keys),
        }

    @property
    def talk(self) -> Conversation:
        """What goes over it; only where it is open."""
        assert self._talk is not None  # Who asks has looked whether it is open
        return self._talk

    def subscribe(self) -> None:
        """Subscribes once more, if it is open: another server may have done so meanwhile."""
        if self._subscriber is not None and self.is_open:
            self._subscriber.start(self.talk)

    def retire(self, topics: Sequence[str] = ()) -> None:
        """Closes the connection once what was invoked is answered; nothing new is.

        Args:
            topics: whose subscriptions are ended, if it is connected.
        """
        is_subscribed = self.is_open and self._subscriber is not None and bool(topics)
        self._is_retiring = True
        if self._subscriber is not None:
            self._subscriber.stop()
        if is_subscribed:
            self._leaving = self._loop.create_task(self._leave(topics))
        self.answered()

    async def _leave(self, topics: Sequence[str]) -> None:
        assert self._subscriber is not None  # `retire` has looked
        await self._subscriber.leave(self.talk, topics)
        self._leaving = None
        self.answered()

    def answered(self) -> None:
        """Nothing that was invoked waits for its answer: closes the connection, if it is not wanted any longer."""
        if self._is_retiring and not self.in_flight and self._leaving is None:
            self.close("The connection was changed or deleted")

    def leave(self) -> None:
        """Closes the connection at once, since the server stops; no hook is told."""
        self._opened_at = 0.0
        if self._talk is not None:
            self._talk.leave()
        self.close(STOPPING)

    def close(self, why: str) -> None:
        """Closes the connection, and opens no other."""
        self._is_retiring = True
        self.hooks.close()
        if self._subscriber is not None:
            self._subscriber.stop()
        self._task.cancel()
        if self._leaving is not None:
            self._leaving.cancel()
        self._decided()
        if self._talk is not None:
            self._talk.close(why)

    async def _keep(self) -> None:
        patience = Patience(Backoff(sys.maxsize, FIRST_DELAY, 2, self._remote.max_reconnect_delay))
        while True:
            self.attempt = self._loop.create_future()
            self._opened_at = 0.0
            self.failure = await self._live()
            self._decided()
            self._lasted(patience)
            await asyncio.sleep(patience.next(chance()))

    async def _live(self) -> str:
        """Connects, and returns when that has failed or is over: why."""
        remote = self._remote
        try:
            self._who = self._ours.credentials.pair()
            where = address(remote, self._ours.credentials)
            self._gone = self._loop.create_future()
            await dial(where, self._met, remote.bounds, remote.connect_timeout)
            return await self._gone
        except HTTPError as error:
            return self._clean(error.details)
        except ServerError as error:
            return self._clean(error.problem)
        except Exception:
            logger.exception("Outgoing WSX connection `%s` failed; it is tried again", remote.name)
            return "it failed here; the log has the details"

    def _met(self, socket: Dialled) -> Conversation:
        remote, now = self._remote, self._loop.time()
        caller: Caller | PlainCaller = PlainCaller(remote.terms, now)
        if remote.is_zato:
            caller = Caller(remote.terms, self._client, self._who, now)
        self._talk = Conversation(socket, caller, self, remote.name, remote.bounds, self._clean)
        return self._talk

    def _lasted(self, patience: Patience) -> None:
        now = self._loop.time()
        lasted = now - self._opened_at if self._opened_at else 0.0
        if lasted > patience.wait:
            patience.reset()
        if lasted > STEADY:
            self._ours.complaints.over()
        if self._ours.complaints.is_due(now):
            about = (self._remote.name, self._remote.where, self.failure, self._ours.complaints.said())
            text = "Outgoing WSX connection `%s` to %s: %s; it is tried again (%d earlier failures were not logged)"
            logger.warning(text, *about)

    def _decided(self) -> None:
        if self.attempt is not None and not self.attempt.done():
            self.attempt.set_result(None)
        self.attempt = None

    def _clean(self, text: str) -> str:
        return masked_text(without(text, self._who[1:]))

    # What the conversation tells

    def opened(self) -> None:
        """The session is there."""
        assert self._talk is not None  # It is the one that calls
        self._opened_at = self._loop.time()
        self._decided()
        if self._ours.complaints.is_news():
            about = (self._remote.name, self._remote.where, self._client["client_id"])
            logger.info("Outgoing WSX connection `%s` to %s is open, as client %s", *about)
        self.hooks.add(self._event(CONNECT, {"client_id": self._client["client_id"]}))
        if self._subscriber is not None:
            self._subscriber.start(self._talk)

    def heard(self, message: Asked | Delivered | Came) -> None:
        """The remote end has sent something: the hook answers it."""
        talk = self._talk
        assert talk is not None  # It is the one that calls
        if isinstance(message, Came):
            self.hooks.add(self._event(MESSAGE, message.data))
            if self.hooks.is_full and not self._is_held:
                self._is_held = True
                talk.hold()
            return
        number = message.number

        def done(response: object) -> None:
            talk.answer(number, "null" if response is None else encode(response).decode("utf-8"))

        event = Event(MESSAGE, number, message.timestamp, message.data, keys_of(message.data), done)
        is_asked = isinstance(message, Asked)
        is_taken = self.hooks.ask(event._replace(keys=())) if is_asked else self.hooks.add(event)
        if not is_taken and self._overflow.is_due(self._loop.time()):
            kind = "Requests are" if is_asked else "Deliveries are"
            about = (self._remote.name, kind, self._remote.on_message, self._overflow.said())
            logger.warning(
                "Outgoing WSX connection `%s`: %s left unanswered: `%s` is too slow (%d more before)", *about
            )

    def over(self, why: str) -> None:
        """The connection is gone."""
        self._talk = None
        if self._is_held:
            self._is_held = False
        if self._subscriber is not None:
            self._subscriber.stop()
        if self._opened_at:
            self.hooks.add(self._event(CLOSE, {"reason": self._clean(why)}))
        if self._gone is not None and not self._gone.done():
            self._gone.set_result(self._clean(why))

    def _has_room(self) -> None:
        if self._is_held and self._talk is not None:
            self._is_held = False
            self._talk.release()

    def _event(self, kind: str, data: object) -> Event:
        return Event(kind, new_cid(), Now(0.0).timestamp, data)
