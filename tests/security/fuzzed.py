"""The services and channels that spoiled requests are sent to: those of Hypothesis, and those of benchmarks/."""

SERVICES = """\
from zato.server.service import Service
class Echo(Service):
    name = "echo"
    def handle(self):
        http = self.request.http
        self.response.payload = {"payload": str(self.request.payload), "get": dict(http.GET), "post": dict(http.POST)}
class Typed(Service):
    name = "typed"
    class SimpleIO:
        input_required = ("name",)
        input_optional = ("count",)
    async def handle(self):
        self.response.payload = {"name": self.request.input.name}
"""
FORMATS = ("json", "form", "xml", "raw")
CHANNELS = "[rest]\n[[typed]]\npath = /typed/{name}\nservice = typed\n" + "".join(
    f"[[{one}]]\npath = /{one}\nservice = echo\ndata_format = {one}\n" for one in FORMATS
)
