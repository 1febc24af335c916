"""The public demo that zato-apitest's documentation tests against: the same paths, the same answers."""

from zato.server.service import Service

COOL = "Now, is that cool or is that cool?"
DEMO = "http://example.com/demo"


class Rest(Service):
    """The demo of 1.13 and later."""

    name = "demo.rest"

    def handle(self):
        self.response.payload = {"action": {"code": 0, "msg": "How do you do?", "flow": ["Ack", "Done"]}}


class Json(Service):
    """What the documentation of each step asks for; with ?hello=list, /hello is a list of objects."""

    name = "demo.json"

    def handle(self):
        objects = [{"a": "a", "b": "b"}, {"a": "c", "b": "d"}]
        hello = objects if self.request.http.GET.get("hello") == "list" else "a"
        self.response.headers = {"Connection": "keep-alive", "X-Should-Be-Empty": ""}
        self.response.payload = {
            "a": "b",
            "foo": "MyValue",
            "hello": hello,
            "hello-list": objects,
            "float": 3.7,
            "list": ["a", "b", "c"],
            "empty": "",
            "action": {"code": 0, "code-empty": "", "msg": COOL, "flow": ["Ack", "Done"]},
        }


class JsonShort(Service):
    """The whole response is {"a": "b"}."""

    name = "demo.json2"

    def handle(self):
        self.response.headers = {"Connection": "keep-alive"}
        self.response.payload = {"a": "b"}


class JsonAction(Service):
    """The demo of 1.0 to 1.12."""

    name = "demo.json3"

    def handle(self):
        self.response.headers = {"Connection": "keep-alive"}
        self.response.payload = {"action": {"code": 0, "msg": COOL, "flow": ["Ack", "Done"]}}


class Xml(Service):
    """The SOAP demo: any SOAP action, any request."""

    name = "demo.xml"

    def handle(self):
        self.response.content_type = "text/xml; charset=utf-8"
        self.response.payload = (
            '<?xml version="1.0" encoding="UTF-8"?>'
            '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>'
            f'<demo:response xmlns:demo="{DEMO}"><demo:action><demo:code>0</demo:code>'
            f"<demo:msg>{COOL}</demo:msg></demo:action></demo:response>"
            "</soapenv:Body></soapenv:Envelope>"
        ).encode()


class XmlPlain(Service):
    """XML without namespaces, an element for each assertion of the documentation."""

    name = "demo.xml2"

    def handle(self):
        self.response.content_type = "application/xml"
        self.response.payload = (
            b'<?xml version="1.0" encoding="UTF-8"?>'
            b"<response><code>0</code><float>3.7</float><empty/><not-empty>abc</not-empty>"
            b"<is-one-of>a</is-one-of><not-one-of>z</not-one-of></response>"
        )


class Post(Service):
    """Takes a form, with files or without, and says what came."""

    name = "demo.post"

    def handle_POST(self):
        http = self.request.http
        self.response.payload = {
            "form": http.POST,
            "files": [{"name": f.name, "filename": f.filename, "size": len(f.content)} for f in http.files],
        }
