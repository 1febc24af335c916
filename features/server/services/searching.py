from zato.server.service import Service


class Orders(Service):
    name = "features.es.orders"

    def handle(self):
        client = self.search.es["features search 2"].conn
        client.index(index="features-orders", id="1", body={"article": "tea"}, refresh=True)
        found = client.search(index="features-orders", body={"query": {"match": {"article": "tea"}}})
        self.response.payload = {"found": [row["_id"] for row in found["hits"]["hits"]]}


class Shop(Service):
    name = "features.solr.shop"

    def handle(self):
        with self.search.solr["features shop 2"].conn.client() as client:
            client.add([{"id": "1", "title": "tea"}, {"id": "2", "title": "coffee"}])
            self.response.payload = {"found": [row["id"] for row in client.search("title:tea")]}
