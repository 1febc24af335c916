from zato.server.service import Service


class Notified(Service):
    """Keeps the rows that a notification has brought."""

    name = "features.notified"

    def handle(self):
        self.cache.default.set("features:notified", [row["article"] for row in self.request.payload])
