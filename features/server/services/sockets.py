from zato.server.service import Service


class Received(Service):
    """What ZeroMQ channels bring is kept."""

    name = "features.zmq.received"

    def handle(self):
        self.cache.default.set(f"features:zmq:{self.channel.name}", self.request.payload["article"])


class Push(Service):
    name = "features.zmq.push"

    def handle(self):
        self.out.zmq.send({"article": "tea"}, "features push 2")


class Publish(Service):
    name = "features.zmq.publish"

    def handle(self):
        for article in ("coffee", "milk"):
            self.out.zmq.send({"article": article}, "features publish", topic=article)
        # Who has just subscribed may have missed it: then this is called again
        self.response.payload = {"received": self.cache.default.get("features:zmq:features subscriber")}
        if not self.response.payload["received"]:
            raise ValueError("nobody has received it yet")
