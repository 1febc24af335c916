from zato.server.service import Service


class Order(Service):
    """What comes over AMQP is answered over AMQP: to the queue that the message names."""

    name = "features.order"

    def handle(self):
        message = self.request.amqp
        answer = {"ordered": self.request.payload["article"], "by": message.headers["customer"]}
        properties = {"correlation_id": message.properties["correlation_id"]}
        to = message.properties["reply_to"]
        self.out.amqp.send(answer, "features orders", "", to, properties=properties, headers={"seen": True})
