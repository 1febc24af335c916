"""Says back what came in: the whole request as JSON, or an XML body inside an element."""

from base64 import b64encode
from hashlib import sha256

from zato.server.service import Service

from .soap import Fault, fault, parse


def told(upload):
    """A file as JSON: text as it is, anything else in Base64."""
    try:
        content = {"text": upload.content.decode("utf-8")}
    except UnicodeDecodeError:
        content = {"base64": b64encode(upload.content).decode("ascii")}
    return {
        "name": upload.name,
        "filename": upload.filename,
        "content_type": upload.content_type,
        "size": len(upload.content),
        "sha256": sha256(upload.content).hexdigest(),
        **content,
    }


class Echo(Service):
    """Any method."""

    name = "echo"

    async def handle(self):
        http = self.request.http
        is_form = http.content_type in ("application/x-www-form-urlencoded", "multipart/form-data")
        is_json = not is_form and (not http.content_type or http.content_type.endswith("json"))
        self.response.payload = {
            "method": http.method,
            "path": http.path,
            "query": http.query,
            "query_string": http.query_string,
            "headers": http.headers,
            "cookies": http.cookies,
            "content_type": http.headers.get("content-type", ""),
            "json": self.request.payload if is_json else None,
            "text": http.body.decode("utf-8", "replace") if not is_form else "",
            "size": len(http.body),
            "form": http.POST,
            "files": [told(upload) for upload in http.files],
            "user": http.user,
            "user_agent": http.user_agent,
            "http_version": http.http_version,
        }


class EchoXml(Service):
    """The XML of the request inside <echo>, with the SOAP action and the method as attributes."""

    name = "echo.xml"

    def handle(self):
        self.response.content_type = "application/xml"
        try:
            self.response.payload = self.echo()
        except Fault as error:
            self.response.status_code = 400
            self.response.payload = fault(error)

    def echo(self):
        from lxml import etree

        http = self.request.http
        root = etree.Element("echo", method=http.method, action=http.headers.get("soapaction", ""))
        if http.body:
            root.append(parse(http.body))
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
