"""A topic, and who may use it: the shop publishes, the kitchen subscribes, over REST; tills do both, over WSX."""

from zato.common.exception import NotFound
from zato.server.service import Service

TOPIC = "/orders/new"
OVER_REST = (("shop", "shop-password", "pub=/orders/*"), ("kitchen", "kitchen-password", "sub=/orders/*"))
CHANNEL = "wsx-gateway"  # of server.conf


class Prepare(Service):
    """POST /orders/prepare makes the topic anew, without messages and subscribers; all else is made once."""

    name = "demo.orders.prepare"

    def handle(self):
        self.remove("zato.pubsub.topic", TOPIC)
        self.made("zato.pubsub.topic", {"name": TOPIC})
        for name, password, patterns in OVER_REST:
            credentials = {"name": f"demo {name}", "username": name, "password": password}
            security = self.made("zato.security.basic-auth", credentials)
            endpoint = {"name": name, "security_id": security, "topic_patterns": patterns}
            self.made("zato.pubsub.endpoint", endpoint)
        channel = self.found("zato.channel.web-socket", CHANNEL)
        both = "pub=/orders/*\nsub=/orders/*"
        tills = {"name": "tills", "endpoint_type": "wsx", "ws_channel_id": channel, "topic_patterns": both}
        self.made("zato.pubsub.endpoint", tills)
        self.response.payload = {"topic": TOPIC}

    def made(self, kind, fields):
        """The ID of an object, which is made if it is not there."""
        number = self.found(kind, fields["name"])
        return self.invoke(f"{kind}.create", fields)["id"] if number is None else number

    def remove(self, kind, name):
        """Deletes an object if it is there."""
        number = self.found(kind, name)
        if number is not None:
            self.invoke(f"{kind}.delete", {"id": number})

    def found(self, kind, name):
        """The ID of the object of a name; None if it is not there."""
        try:
            return self.invoke(f"{kind}.get-by-name", {"name": name})["id"]
        except NotFound:
            return None
