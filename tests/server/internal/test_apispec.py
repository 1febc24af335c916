from pathlib import Path

from tests.server.asgi import served
from tests.server.internal.services import call

_SERVICE = '''
from zato.server.service import Service

class Quote(Service):
    """What an article costs."""
    name = "shop.quote"

    class SimpleIO:
        input_required = ("article",)

    def handle(self):
        pass
'''
_CONF = "[rest]\n[[quote]]\npath = /quote\nservice = shop.quote\nmethods = GET,\n"


def test_the_document_describes_the_channels(tmp_path: Path) -> None:
    """What the service says about itself is in it."""
    with served(tmp_path, _CONF, shop=_SERVICE) as client:
        document = call(client, "zato.apispec.get-api-spec")
    assert document["openapi"].startswith("3.1")
    assert document["paths"]["/quote"]["get"]["summary"] == "What an article costs."


def test_a_prefix_and_the_admin_api(tmp_path: Path) -> None:
    """Only services whose names begin so; with `admin`, the paths of the admin API."""
    with served(tmp_path, _CONF, shop=_SERVICE) as client:
        assert "/quote" not in call(client, "zato.apispec.get-api-spec", {"prefix": "other."})["paths"]
        admin = call(client, "zato.apispec.get-api-spec", {"prefix": "shop.", "admin": True})
    assert list(admin["paths"]) == ["/zato/json/shop.quote"]
