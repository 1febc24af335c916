from zato.server.service import Service

KEYSPACE = (
    "CREATE KEYSPACE IF NOT EXISTS features WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}"
)
TABLE = "CREATE TABLE IF NOT EXISTS features.orders (customer text PRIMARY KEY, day date, tags set<text>)"
INSERT = "INSERT INTO features.orders (customer, day, tags) VALUES (%s, %s, {'new', 'gift'})"


class Orders(Service):
    name = "features.cassandra"

    def handle(self):
        given = self.request.payload
        crm = self.cassandra_conn[given["connection"]].conn
        crm.execute(KEYSPACE)
        crm.execute(TABLE)
        crm.execute(INSERT, ["maria", "2026-11-27"])
        [row] = self.cassandra_query.get(given["query"]).execute({"customer": "maria"})
        others = self.cassandra_query[given["query"]](["nobody"])
        self.response.payload = {"customer": row.customer, "day": row.day, "tags": row["tags"], "others": others}
