"""Opens publish/subscribe."""

from collections.abc import Awaitable

from apitest_server.cluster.bus import BUS
from apitest_server.invoke.invoker import INVOKER
from apitest_server.odb import DATABASE
from apitest_server.outgoing.audited import RECEIVED, RECORDER
from apitest_server.pubsub.broker import PUBSUB, Broker
from apitest_server.pubsub.clients import CLIENTS, Clients
from apitest_server.pubsub.delivery import Terms
from apitest_server.pubsub.facade import PubSub
from apitest_server.pubsub.hooks import Hooks
from apitest_server.pubsub.message import Message
from apitest_server.pubsub.objects import EndpointObjects, TopicObjects
from apitest_server.pubsub.services import Services
from apitest_server.room import Host, Room
from apitest_server.security.groups import GROUP
from apitest_server.security.objects import SECURITY
from apitest_server.service.base import PUBSUB as OFFERED
from apitest_server.service.messages import Channel


def open_room(server: Host) -> Room:
    """Keeps topics, endpoints and subscriptions while the server runs."""
    have, settings = server.components, server.config.pubsub
    terms = Terms(*(getattr(settings, name) for name in Terms._fields))

    def invoke(service: str, payload: object) -> Awaitable[object]:
        return have[INVOKER].call(service, payload, Channel(type="pubsub"))

    have[PUBSUB] = broker = Broker(have[DATABASE], have[BUS], Hooks(invoke), terms)

    def note(message: Message) -> None:
        have[RECORDER](message.topic_id, RECEIVED, message.msg_id, message.content, message.publisher)

    broker.noted = note
    have[CLIENTS] = Clients(broker, settings.confirm_timeout, settings.wsx_gateway_service_allowed)
    have[OFFERED] = lambda service: PubSub(broker, service.name)
    services = Services(broker, invoke)

    async def close() -> None:
        await services.close(server.config.limits.shutdown_timeout)
        broker.close()

    kinds = {
        "pubsub.topic": lambda: TopicObjects(broker),
        "pubsub.endpoint": lambda: EndpointObjects(broker, have[GROUP], have[SECURITY]),
    }
    return Room(kinds=kinds, start=broker.start, close=close)
