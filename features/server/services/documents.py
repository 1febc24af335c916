from zato.server.service import Service


class Documents(Service):
    name = "features.mongodb"

    def handle(self):
        given = self.request.payload
        conn = self.out.mongodb[given["connection"]].conn
        with conn.client() as client:
            orders = client["features"]["orders"]
            orders.delete_many({})
            orders.insert_many([{"_id": number, "article": name} for number, name in enumerate(given["articles"])])
            orders.update_one({"article": "tea"}, {"$set": {"price": 3}})
            found = orders.find_one({"price": {"$gt": 2}})
            if given.get("twice"):
                orders.insert_one({"_id": 0})
        self.response.payload = {
            "found": found,
            "count": conn.features.orders.count_documents({}),
            "names": sorted(conn["features"]["orders"].distinct("article")),
        }
        conn.features.drop_collection("orders")
