"""A server with something to see on each of its pages, and where these pages are."""

import base64
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import requests

from tests.browser.pages import PASSWORD, Pages
from tests.browser.test_connections import Client

_SERVICE = '''
"""Refunds of the shop."""

from zato.server.service import Int, Service


class Refund(Service):
    """Gives a customer the money of an order back."""

    name = "shop.refund"

    class SimpleIO:
        input_required = (Int("order"),)
        input_optional = ("reason",)
        output_required = (Int("order"), "state")

    def handle(self):
        if self.request.input.order == 8001:
            self.logger.warning("Order %s was paid with a voucher, whose password=hunter2 was given", 8001)
            self.logger.error("The till does not answer; the refund of order %s waits for the next day", 8001)
        if self.request.input.order > 9000:
            self.logger.warning("Order %s was not found", self.request.input.order)
            raise LookupError(f"There is no order {self.request.input.order}")
        self.response.payload = {"order": self.request.input.order, "state": "refunded"}
'''
_LONG = "a-connection-whose-name-is-as-long-as-names-of-people-who-like-long-names-are-in-practice"
TILLS = ("till.1", "till.2", "kiosk.entrance")

PATHS = {
    "home": "",
    "clients": "connections",
    "objects": "objects/outgoing.sql",
    "none": "objects/http-soap",
    "new": "objects/outgoing.sql/new",
    "services": "services",
    "service": "services/shop.refund",
    "topics": "pubsub",
    "subscriptions": "pubsub/subscriptions",
    "subscription": "pubsub/subscriptions/new?topic=/orders/new",
    "users": "sso",
    "new-user": "sso/new",
    "errors": "log",
    "problem": "objects/no.such.kind",
}
# Those whose last part is known once there is something to see
DYNAMIC = {
    "object": "objects/outgoing.sql/1",
    "topic": "pubsub/topics/1",
    "queue": "pubsub/queues/key",
    "message": "pubsub/messages/id",
    "user": "sso/id",
    "log": "log",
    "late": "log",
    "client": "connections/id",
    "steps": "steps/0",
}


class Stage:
    """What there is to see.

    Attributes:
        paths: by name, where pages are.
    """

    def __init__(self, server: str) -> None:
        self.server = server
        self.paths = dict(PATHS)

    def call(self, service: str, **given: object) -> Any:
        """What an internal service answers."""
        found = self._post(service, given)
        found.raise_for_status()
        return found.json()[f"{service.replace('.', '_').replace('-', '_')}_response"]

    def _post(self, service: str, given: object) -> requests.Response:
        url = f"{self.server}/zato/json/{service}"
        return requests.post(url, json=given, auth=("admin", PASSWORD), timeout=60)

    def set_up(self) -> None:
        """Makes objects, messages, calls and an error, once."""
        self._objects()
        self._messages()
        self._users()
        source = base64.b64encode(_SERVICE.encode()).decode()
        self.call("zato.service.upload-package", payload=source, payload_name="refunds.py")
        self.call("zato.service.configure-request-response", name="shop.refund", sample_req_resp_freq=1)
        for number in range(20):
            self._post("shop.refund", {"order": number, "reason": "It came too late"})
        late = self._post("shop.refund", {"order": 8001})
        self.paths["late"] = f"log?cid={late.headers['X-Zato-CID']}"
        failed = self._post("shop.refund", {"order": 9001})
        assert failed.status_code == 500
        self.paths["log"] = f"log?cid={failed.headers['X-Zato-CID']}"

    def _objects(self) -> None:
        for name, fields in (("orders", {}), ("archive", {"is_active": False}), (_LONG, {"pool_size": 20})):
            given = {"name": name, "engine": "postgresql", "host": "db.example.com", "db_name": "shop", **fields}
            number = self.call("zato.outgoing.sql.create", **given)["id"]
        self.paths["object"] = f"objects/outgoing.sql/{number}"

    def _messages(self) -> None:
        topics = [
            self.call("zato.pubsub.topic.create", name=f"/{name}")["id"] for name in ("orders/new", "orders/paid")
        ]
        given = {"name": "warehouse", "username": "warehouse", "password": PASSWORD}
        number = self.call("zato.security.basic-auth.create", **given)["id"]
        endpoint = {"name": "warehouse", "security_id": number, "topic_patterns": "sub=/**\npub=/**"}
        self.call("zato.pubsub.endpoint.create", **endpoint)
        made = self.call("zato.pubsub.subscription.create", topic_name="/orders/new", endpoint_name="warehouse")
        for count in range(1, 4):
            data = {"order": 4710 + count, "customer": "Maria", "items": [{"article": "hat", "count": count}]}
            sent = self.call("zato.pubsub.pubapi.publish-message", topic_name="/orders/new", data=data, has_gd=True)
        self.paths |= {
            "topic": f"pubsub/topics/{topics[0]}",
            "queue": f"pubsub/queues/{made['sub_key']}",
            "message": f"pubsub/messages/{sent['msg_id']}",
        }

    def _users(self) -> None:
        users = (
            {"username": "maria", "display_name": "Maria Berg", "email": "maria@example.com", "password": PASSWORD},
            {"username": "ben.the.buyer@shop", "first_name": "Ben", "last_name": "Okafor", "is_locked": True},
            {"username": "eva", "sign_up_status": "to_approve", "is_super_user": True},
        )
        number, *_ = [self.call("zato.sso.user.create", **user)["user_id"] for user in users]
        self.call("zato.sso.user.signup", username="carl", password=PASSWORD)
        self.call("zato.sso.user.reset-totp-key", user_id=number, totp_label="Telephone")
        self.call("zato.sso.user.login", username="maria", password=PASSWORD, current_app="CRM")
        self.call("zato.sso.user.update", user_id=number, is_totp_enabled=True)
        account = {"auth_type": "basic_auth", "auth_username": "maria.laptop"}
        self.call("zato.security.basic-auth.create", name="maria's laptop", username="maria.laptop", password=PASSWORD)
        self.call("zato.sso.user.link", user_id=number, **account)
        self.paths["user"] = f"sso/{number}"

    @contextmanager
    def played(self, pages: Pages) -> Iterator[dict[str, str]]:
        """With clients that are connected, and an act that was done in this window; where all pages are."""
        with ExitStack() as stack:
            for name in TILLS:
                stack.callback(Client(self.server, name).close)
            rows = self.call("zato.channel.web-socket.get-connection-list", ext_client_id=TILLS[0])
            page = pages.open("services/shop.refund")
            page.get_by_label("Order").fill("4711")
            page.get_by_role("button", name="Invoke").click()
            link = page.get_by_role("link", name="Show it as steps of a test")
            link.wait_for()
            steps = re.search(r"steps/[0-9a-f]+", link.get_attribute("href") or "")
            assert steps
            yield {**self.paths, "client": f"connections/{rows[0]['pub_client_id']}", "steps": steps[0]}
