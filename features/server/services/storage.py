from zato.server.service import Service


class Store(Service):
    name = "features.s3.store"

    def handle(self):
        storage = self.cloud.aws.s3["features storage 2"]
        with storage.client() as client:
            client.create_bucket(Bucket="features-bucket")
        storage.set("orders/1", {"article": "tea"})
        storage.set("orders/2", "text")
        found = [row.key for row in storage.list("orders/")]
        storage.delete("orders/2")
        self.response.payload = {"found": found, "content": storage.get("orders/1").decode()}
