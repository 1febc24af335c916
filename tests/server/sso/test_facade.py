"""Tests of apitest_server.sso.facade: services as their authors write them."""

from pathlib import Path

import pytest

from tests.server.sso.mailbox import CONF, mailbox, token_in
from tests.server.sso.place import PASSWORD, Rest, sso

WHERE = '"CRM", "127.0.0.1"'
PLAIN = f"""
from zato.server.service import Service
from zato.sso import SearchCtx, SignupCtx, const, status_code
from zato.sso.api import ValidationError

class A(Service):
    name = "a"
    def handle(self):
        api, cid, where = self.sso.user, self.cid, ({WHERE})
        boss = api.login(cid, "boss", "{PASSWORD}", *where, "Firefox 139.0")
        ust = boss.ust
        data = {{"username": "maria", "password": "{PASSWORD}", "display_name": "María"}}
        api.create_user(cid, data, ust, *where)
        number = data["user_id"]
        maria = api.login(cid, "maria", "{PASSWORD}", *where).ust
        told = [boss.username, boss.creation_time < boss.expiration_time, data["is_super_user"]]
        told.append(api.session.verify(cid, maria, ust, *where))
        told.append(api.session.verify(cid, maria, "none", *where))
        told.append(api.session.get(cid, ust, ust, *where).user_agent)
        told.append(len(api.session.get_list(cid, maria, None, None, *where)))
        told.append(api.session.renew(cid, maria, *where) > boss.creation_time)
        api.update_user_by_id(cid, number, {{"last_name": "Smith"}}, ust, *where)
        api.update_current_user(cid, {{"first_name": "M"}}, maria, *where)
        user = api.get_current_user(cid, maria, *where)
        told.append([user.display_name, user.first_name, user.last_name])
        api.change_password(cid, {{"old_password": "{PASSWORD}", "new_password": "a better one"}}, maria, *where)
        ctx = SearchCtx()
        ctx.last_name, ctx.name_op = "smith", const.search.or_
        told.append(api.search(cid, ctx, ust, *where)["result"][0]["user_id"] == number)
        for change in (api.lock_user, api.unlock_user, api.reject_user, api.approve_user):
            change(cid, number, ust, *where)
        told.append(api.session.verify(cid, maria, ust, *where))
        api.delete_user_by_id(cid, number, ust, *where)
        other = {{"username": "other"}}
        api.create_super_user(cid, other, ust, *where)
        told.append(other["is_super_user"])
        ctx = SignupCtx()
        ctx.username, ctx.password, ctx.app_list = "ben", "{PASSWORD}", ["CRM"]
        api.confirm_signup(cid, api.signup(cid, ctx, *where), *where)
        api.logout(cid, ust, *where)
        try:
            api.get_current_user(cid, ust, *where)
        except ValidationError as error:
            told.append(error.sub_status == [status_code.auth.not_allowed])
        self.response.payload = told

class B(Service):
    name = "b"
    async def handle(self):
        api, cid, where = self.sso.user, self.cid, ({WHERE})
        boss = await api.login(cid, "boss", "{PASSWORD}", *where)
        user = await api.get_current_user(cid, boss.ust, *where)
        await user.attr.set("a", 1)
        self.response.payload = [user.username, await user.attr.names()]
"""


@pytest.mark.parametrize(
    ("service", "expected"),
    [
        (
            "a",
            [
                "boss",
                True,
                False,
                True,
                False,
                "Firefox 139.0",
                1,
                True,
                ["María", "M", "Smith"],
                True,
                False,
                True,
                True,
            ],
        ),
        ("b", ["boss", ["a"]]),
    ],
)
def test_services_use_it(tmp_path: Path, service: str, expected: list[object]) -> None:
    """Plain ones wait, async ones await; each may what the session may that it shows."""
    with sso(tmp_path, services=PLAIN) as (rest, _):
        assert rest.client.result(service) == expected


RESET = f"""
from zato.server.service import Service

class Ask(Service):
    name = "ask"
    def handle(self):
        self.sso.password_reset.create_token(self.cid, "maria", {WHERE})

class Reset(Service):
    name = "reset"
    def handle(self):
        token = self.request.payload
        key = self.sso.password_reset.access_token(self.cid, token, {WHERE})
        self.sso.password_reset.change_password(self.cid, "a better one", token, key, {WHERE})
"""


def test_services_reset_passwords(tmp_path: Path) -> None:
    """As applications do."""
    with sso(tmp_path, CONF, services=RESET) as (rest, _), mailbox(rest.client) as box:
        rest.user("maria", email="m@example.com")
        rest.client.result("ask")
        rest.client.result("reset", token_in(box.next()))
        assert Rest(rest.client).log_in("maria", "a better one").ust


TWO_FACTORS = f"""
from base64 import b32decode
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from zato.server.service import Service

class Codes(Service):
    name = "codes"
    def handle(self):
        api, cid, where, now = self.sso.user, self.cid, ({WHERE}), self.request.payload
        ust = api.login(cid, "boss", "{PASSWORD}", *where).ust
        own = api.reset_totp_key(cid, ust, None, "A" * 32, "Own key", *where)
        key = api.reset_totp_key(cid, ust, None, None, None, *where)
        api.update_current_user(cid, {{"is_totp_enabled": True}}, ust, *where)
        code = TOTP(b32decode(key), 6, SHA1(), 30).generate(now).decode()
        user = api.get_current_user(cid, api.login(cid, "boss", "{PASSWORD}", *where, totp_code=code).ust, *where)
        self.response.payload = [own, len(key), user.totp_label]

class Accounts(Service):
    name = "accounts"
    def handle(self):
        api, cid, where = self.sso.user, self.cid, ({WHERE})
        ust = api.login(cid, "boss", "{PASSWORD}", *where).ust
        number = api.get_current_user(cid, ust, *where).user_id
        account = number, "basic_auth", "laptop"
        api.create_linked_auth(cid, ust, *account, True, *where)
        linked = [api.get_linked_auth_list(cid, ust, *where), api.get_linked_auth_list(cid, ust, *where, number)]
        api.delete_linked_auth(cid, ust, *account, *where)
        told = [one["auth_username"] for found in linked for one in found]
        self.response.payload = [told, api.get_linked_auth_list(cid, ust, *where)]
"""


def test_services_ask_for_codes(tmp_path: Path) -> None:
    """A key that was made is returned, one that was given is not; the code of it signs in."""
    with sso(tmp_path, services=TWO_FACTORS) as (rest, _):
        now = rest.client.app.authentication.now()
        assert rest.client.result("codes", now) == [None, 32, "Own key"]


def test_services_link_accounts(tmp_path: Path) -> None:
    """As super-users do."""
    with sso(tmp_path, services=TWO_FACTORS) as (rest, _):
        rest.client.result("zato.security.basic-auth.create", {"name": "laptop", "username": "laptop"})
        assert rest.client.result("accounts") == [["laptop", "laptop"], []]
