"""Outgoing LDAP connections: defined and tried; services use them as ``self.out.ldap``."""

from apitest_server.errors import InputError
from apitest_server.internal import crud
from apitest_server.internal.crud import AS_OPENSSL, VERIFIED, Between, Field, ObjectType, OneOf, Places
from apitest_server.outgoing.ldap import PORTS
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server
from apitest_server.service.elements import Bool, Text


def _validate(server: Server, fields: Attrs, number: int) -> None:
    if fields.auth_type == "SASL" and not fields.tls_cert_file:
        raise InputError("tls_cert_file", "is required with the auth_type SASL: the certificate says who it is")
    if fields.tls_private_key_file and not fields.tls_cert_file:
        raise InputError("tls_cert_file", "is required with a tls_private_key_file: it is the certificate of that key")


LDAP = ObjectType(
    name="outgoing.ldap",
    title="LDAP connection",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(
            Places("server_list", PORTS, "ldap"),
            required=True,
            searched=True,
            about="One a line, such as ldap.example.com:389, ldaps://ldap.example.com",
        ),
        Field(OneOf("pool_ha_strategy", "FIRST", "RANDOM", "ROUND_ROBIN"), about="Which server is tried first"),
        Field(Text("username", default=""), searched=True, about="Such as cn=reader,dc=example,dc=com"),
        Field(Text("password"), stored="encrypted"),
        Field(OneOf("auth_type", "SIMPLE", "SASL"), about="SASL: by the certificate (EXTERNAL), without user name"),
        Field(
            OneOf("auto_bind", "DEFAULT", "NO_TLS", "TLS_BEFORE_BIND"),
            about="TLS_BEFORE_BIND: StartTLS, then logging in",
        ),
        Field(Bool("is_tls_enabled", default=False), about="TLS from the start (LDAPS)"),
        *VERIFIED,
        Field(Text("tls_cert_file", default=""), about="The path of a certificate to show"),
        Field(Text("tls_private_key_file", default=""), about="The path of its private key, without a password"),
        Field(
            OneOf("get_info", "SCHEMA", "ALL", "DSA", "NO_INFO"), about="What is read of a server when it is connected"
        ),
        Field(OneOf("ip_mode", "SYSTEM", "V4_ONLY", "V6_ONLY")),
        Field(Between("connect_timeout", 1, 3600, default=10), about="In seconds"),
        Field(Between("timeout", 1, 3600, default=10), about="In seconds"),
        Field(Between("pool_size", 1, 200, default=8), about="How many unused sessions are kept"),
        Field(Bool("is_read_only", default=False), about="Whether nothing may be changed"),
        Field(Bool("should_check_names", default=False), about="Whether names must be of the schema"),
        Field(Bool("use_auto_range", default=True), about="Whether long lists are fetched as a whole"),
        Field(Bool("should_return_empty_attrs", default=True)),
    ),
    validate=_validate,
    generic=AS_OPENSSL,
)

Create, Edit, Delete, GetList, GetByID, GetByName, ChangePassword = crud.services_of(LDAP, __name__)


class Ping(crud.Ping):
    """Logs in to a server of an LDAP connection and asks whether it is there."""

    name = "zato.outgoing.ldap.ping"
    object_type = LDAP
