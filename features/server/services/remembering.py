from zato.server.service import Service


class Remembering(Service):
    name = "features.memcached"

    def handle(self):
        sessions = self.cache.get_cache("memcached", self.request.payload["cache"])
        sessions.set("features:user", {"name": "Maria"}, expiry=60)
        sessions.set("features:visits", 1)
        visits = sessions.increment("features:visits")
        found = sessions.get_many(["features:user", "features:none"])
        sessions.delete_many(["features:user", "features:visits"])
        self.response.payload = {
            "found": found,
            "visits": visits,
            "is_left": sessions.get("features:user") is not None,
            "is_here": self.cache.get("features:user") is not None,
        }
