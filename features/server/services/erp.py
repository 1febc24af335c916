from zato.server.service import Service


class Odoo(Service):
    name = "features.odoo"

    def handle(self):
        with self.out.odoo["features Odoo"].conn.client() as client:
            partners = client.get_model("res.partner")
            maria = partners.create({"name": "Maria"})
            partners.write([maria], {"email": "maria@example.com"})
            found = partners.search_read([["id", "=", maria]], ["name", "email"])
            partners.unlink([maria])
            self.response.payload = {"found": found, "left": partners.search_count([["id", "=", maria]])}


class SAP(Service):
    name = "features.sap"

    def handle(self):
        with self.out.sap["features SAP"].conn.client() as client:
            client.call("STFC_CONNECTION", REQUTEXT="hello")


class IBMMQ(Service):
    name = "features.ibm-mq"

    def handle(self):
        self.out.jms_wmq.send("hello", "features IBM MQ", "DEV.QUEUE.1")
