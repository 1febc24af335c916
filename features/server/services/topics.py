from zato.server.service import Service


class Order(Service):
    """What comes from a Kafka topic is answered on another one."""

    name = "features.kafka.order"

    def handle(self):
        message = self.request.kafka
        answer = {"ordered": self.request.payload["article"], "by": message.headers["customer"]}
        sent = self.out.kafka.send(answer, "features answers", key=message.key)
        self.cache.set(f"features:kafka:{message.key}", f"{sent.topic} {sent.partition}")


class Kept(Service):
    """Remembers the answers."""

    name = "features.kafka.kept"

    def handle(self):
        self.cache.set(f"features:kafka:answer:{self.request.kafka.key}", self.request.payload)
