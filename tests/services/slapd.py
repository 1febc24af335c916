"""An LDAP server of the tests' own: Debian's slapd, with a directory that is thrown away."""

import secrets
import shutil
import socket
import subprocess
from contextlib import suppress

from tests.ports import free_port
from tests.services import certificates, installation, processes

_MODULES = "/usr/lib/ldap"
_SCHEMAS = "/etc/ldap/schema"
_CONF = """\
include {schemas}/core.schema
include {schemas}/cosine.schema
include {schemas}/inetorgperson.schema
modulepath {modules}
moduleload back_mdb
pidfile {directory}/slapd.pid
TLSCACertificateFile {directory}/authority.pem
TLSCertificateFile {directory}/server.pem
TLSCertificateKeyFile {directory}/server.key
TLSVerifyClient try
sizelimit size.soft=100 size.hard=100 size.pr=500 size.prtotal=unlimited
authz-regexp "^cn=client$" "{user}"
access to attrs=userPassword by anonymous auth
access to * by users read
database mdb
suffix "{base}"
rootdn "{admin}"
rootpw {password}
limits dn.exact="uid=jan,{base}" size.soft=100 size.hard=100 size.pr=60 size.prtotal=60
directory {directory}/data
"""
_ENTRIES = """\
dn: {base}
objectClass: dcObject
objectClass: organization
o: Example
dc: example

dn: {user}
objectClass: inetOrgPerson
cn: Anna
sn: Kowalska
uid: anna
mail: anna@example.com
userPassword: {user_password}

dn: uid=jan,{base}
objectClass: inetOrgPerson
cn: Jan
sn: Nowak
uid: jan
userPassword: {user_password}
"""


class Slapd(processes.Restartable):
    """A started server, where Anna and Jan may log in and read; Jan gets sixty entries at most.

    Attributes:
        host, port, tls_port: where it is.
        base: what all entries are below of.
        admin, password: who may do everything.
        user, user_password: Anna; the password is Jan's as well.
        authority: the PEM file of the authority of its certificate.
        client, client_key: a certificate that Anna may log in with instead, and its private key.
    """

    host, base = "127.0.0.1", "dc=example,dc=com"
    admin, user = f"cn=admin,{base}", f"uid=anna,{base}"

    def __init__(self) -> None:
        self._program = installation.need("slapd", ["slapd"], ["/usr/sbin/slapd"])
        self._user = processes.unprivileged_user("openldap")
        self.port, self.tls_port = free_port(), free_port()
        self.password, self.user_password = secrets.token_urlsafe(12), secrets.token_urlsafe(12)
        self._directory = processes.throw_away_directory(self._user)
        made = certificates.make(self._directory)
        self.authority, self.client, self.client_key = made.authority, made.client, made.client_key
        (self._directory / "data").mkdir()
        self._write()
        self.start()

    def _write(self) -> None:
        values = {**{name: getattr(self, name) for name in ("base", "admin", "password", "user", "user_password")}}
        places = {"schemas": _SCHEMAS, "modules": _MODULES, "directory": str(self._directory)}
        conf, entries = self._directory / "slapd.conf", self._directory / "entries.ldif"
        conf.write_text(_CONF.format(**values, **places))
        entries.write_text(_ENTRIES.format(**values))
        command = [str(self._program), "-T", "add", "-f", str(conf), "-l", str(entries)]
        subprocess.run(command, check=True, capture_output=True)
        if self._user:
            for path in (*self._directory.iterdir(), *(self._directory / "data").iterdir()):
                shutil.chown(path, self._user)

    def _started(self) -> processes.Running:
        urls = f"ldap://{self.host}:{self.port} ldaps://{self.host}:{self.tls_port}"
        command = [str(self._program), "-d", "0", "-f", str(self._directory / "slapd.conf"), "-h", urls]
        return processes.start(command, self._directory, self._answers, user=self._user)

    def _answers(self) -> bool:
        with suppress(OSError), socket.create_connection((self.host, self.tls_port), 5):
            return True
        return False

    def environment(self) -> dict[str, str]:
        """The variables that tell features where this server is."""
        return {
            "APITEST_LDAP_PORT": str(self.port),
            "APITEST_LDAP_BASE": self.base,
            "APITEST_LDAP_USER": self.user,
            "APITEST_LDAP_PASSWORD": self.user_password,
            "APITEST_LDAP_ADMIN": self.admin,
            "APITEST_LDAP_ADMIN_PASSWORD": self.password,
        }
