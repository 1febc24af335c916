"""Hook services of topics."""

from apitest_server.deploy.store import STORE
from apitest_server.errors import NotFound
from apitest_server.internal.crud.paging import searched
from apitest_server.internal.pubsub._named import CLUSTER, PubSubService
from apitest_server.service.elements import Int


class GetHookServiceList(PubSubService):
    """The services that a topic can have as its hook: those of users."""

    name = "zato.pubsub.hook.get-hook-service-list"

    class SimpleIO:
        """``query`` is a part of their names."""

        input_optional = ("query", CLUSTER)
        output_required = ("name", Int("topics"))

    async def handle(self) -> None:
        """By name, and for how many topics each is one now."""
        store, part = self.server.components[STORE], searched(self.given).casefold()
        used = [topic.hook_service_name for topic in self.broker.topics.all()]
        self.response.payload[:] = [
            {"name": name, "topics": used.count(name)}
            for name in sorted(store.names())
            if store.is_users(name) and part in name.casefold()
        ]


class GetTopicList(PubSubService):
    """The topics that have a service as their hook."""

    name = "zato.pubsub.hook.get-topic-list"

    class SimpleIO:
        """By the service's name."""

        input_required = ("service_name",)
        input_optional = (CLUSTER,)
        output_required = (Int("id"), "name")

    async def handle(self) -> None:
        """By name; 404 where there is no such service."""
        name = self.given["service_name"]
        if name not in self.server.components[STORE].names():
            raise NotFound(f"There is no service `{name}`")
        found = [topic for topic in self.broker.topics.all() if topic.hook_service_name == name]
        rows = [{"id": topic.id, "name": topic.name} for topic in found]
        self.response.payload[:] = sorted(rows, key=lambda row: str(row["name"]))
