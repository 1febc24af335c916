"""The sample tests of zato-apitest's README: a customer is updated, over SOAP and over REST."""

from datetime import datetime
from xml.sax.saxutils import escape

from zato.common.exception import BadRequest
from zato.server.service import Service

from .soap import CONTENT_TYPE, Fault, action, envelope, fault, parse

CUST = "http://example.com/cust"


class SoapUpdate(Service):
    """SOAP action update:cust; the request names a customer and, if it likes, when it was last seen."""

    name = "customer.soap-update"

    def handle_POST(self):
        self.response.content_type = CONTENT_TYPE
        try:
            self.response.payload = self.update()
        except Fault as error:
            self.response.status_code = 500
            self.response.payload = fault(error)

    def update(self):
        if action(self.request.http) != "update:cust":
            raise Fault("Client", f"Unknown SOAP action `{action(self.request.http)}`, expected `update:cust`")
        root = parse(self.request.raw_request)
        name = root.findtext(f".//{{{CUST}}}name")
        if not name:
            raise Fault("Client", f"There is no `name` of {CUST} in the request")
        last_seen = root.findtext(f".//{{{CUST}}}last-seen") or ""
        self.check(last_seen)
        return envelope(
            f'<cust:update-response xmlns:cust="{CUST}"><cust:action><cust:code>0</cust:code>'
            "<cust:msg>Ok, updated</cust:msg><cust:flow>Ack</cust:flow><cust:flow>Done</cust:flow></cust:action>"
            f"<cust:name>{escape(name)}</cust:name><cust:last-seen>{escape(last_seen)}</cust:last-seen>"
            "</cust:update-response>"
        )

    def check(self, last_seen):
        try:
            _ = datetime.fromisoformat(last_seen) if last_seen else None
        except ValueError:
            raise Fault("Client", f"`last-seen` is not a date: `{last_seen}`") from None


class RestUpdate(Service):
    """PUT with ?id=…; the fields of the request come back under /customer."""

    name = "customer.rest-update"

    def handle(self):
        if not isinstance(self.request.payload, dict):
            raise BadRequest("The request must be a JSON object")
        self.response.headers["X-My-Header"] = "Cool"
        self.response.payload = {
            "action": {"code": 0, "message": "Ok, updated", "msg": "Ok, updated", "flow": ["Ack", "Done"]},
            "customer": {**self.request.payload, "id": self.request.http.GET.get("id", "")},
        }
