"""What services of SSO are given: who asks, and the fields that were really there."""

from collections.abc import Iterable

from apitest_server.service.base import Service
from apitest_server.sso.asking import Asking
from apitest_server.sso.desk import DESK, Desk

_ADMIN = "admin"  # The type of channels that only administrators come through
WHO = ("ust", "current_ust", "current_token", "current_app")  # Fields of the input of all of them


def desk(service: Service) -> Desk:
    """SSO."""
    return service.server.components[DESK]


def asking(service: Service) -> Asking:
    """Who asks: with a session's token, or as an administrator of the server, over the admin API or in web-admin.

    A service that another one has invoked asks for nobody: services have ``self.sso``.
    """
    given, http = service.request.input, service.request.http
    return Asking(
        ust=given.ust or given.current_ust or given.current_token,
        app=given.current_app,
        remote_addr=http.client[0] if http and http.client else "",
        user_agent=http.headers.get("user-agent", "") if http else "",
        is_administrator=service.channel.type == _ADMIN,
    )


def authorization(service: Service) -> str:
    """The header that shows the credentials of a linked account; over the admin API it is an administrator's."""
    http = service.request.http
    return http.headers.get("authorization", "") if http and service.channel.type != _ADMIN else ""


def present(service: Service) -> set[str]:
    """The names of the fields that were given, empty ones included."""
    message, http = service.request.payload, service.request.http
    return {*(message if isinstance(message, dict) else ()), *(http.GET if http else ())}


def given(service: Service, names: Iterable[str]) -> dict[str, object]:
    """The fields that were given, empty ones included."""
    there = present(service)
    return {name: service.request.input[name] for name in names if name in there}
