"""A web server of the tests' own that wants NTLM: Debian's Apache httpd with mod_auth_gssapi and gss-ntlmssp."""

import os
import secrets

import requests

from tests.ports import free_port
from tests.services import installation, processes

_PACKAGES = ["apache2-bin", "libapache2-mod-auth-gssapi", "gss-ntlmssp"]
_MODULES = "/usr/lib/apache2/modules"
_CONFIGURATION = """\
ServerRoot {directory}
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {directory}/pid
ErrorLog {directory}/error.log
Mutex file:{directory}
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authn_core_module {modules}/mod_authn_core.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule authz_user_module {modules}/mod_authz_user.so
LoadModule auth_gssapi_module {modules}/mod_auth_gssapi.so
LoadModule headers_module {modules}/mod_headers.so
DocumentRoot {directory}/files
<Location /private>
    AuthType GSSAPI
    AuthName private
    GssapiAllowedMech ntlmssp
    GssapiConnectionBound On
    Require valid-user
    Header set X-User expr=%{{REMOTE_USER}}
</Location>
"""


class NTLM(processes.Restartable):
    """A started server, whose directory ``/private`` is for those who sign in with NTLM.

    Attributes:
        address: its base URL.
        username, password: who may.
    """

    username = "APITEST\\maria"

    def __init__(self) -> None:
        self._program = installation.need("apache2", _PACKAGES, ["/usr/sbin/apache2"])
        installation.need("mod_auth_gssapi.so", _PACKAGES, [f"{_MODULES}/mod_auth_gssapi.so"])
        installation.need("gssntlmssp.so", _PACKAGES, ["/usr/lib/*/gssntlmssp/gssntlmssp.so"])
        self._user = processes.unprivileged_user("www-data")
        self._directory = processes.throw_away_directory(self._user)
        self.port, self.password = free_port(), secrets.token_urlsafe(12)
        self.address = f"http://127.0.0.1:{self.port}"
        self._write()
        self._running = self._started()

    def _write(self) -> None:
        private = self._directory / "files" / "private"
        private.mkdir(parents=True)
        (private / "price.txt").write_text("5")
        domain, _, name = self.username.partition("\\")
        (self._directory / "users").write_text(f"{domain}:{name}:{self.password}\n")
        text = _CONFIGURATION.format(directory=self._directory, port=self.port, modules=_MODULES)
        (self._directory / "httpd.conf").write_text(text)
        for path in (self._directory, *self._directory.rglob("*")):
            path.chmod(0o777 if path.is_dir() else 0o644)

    def _started(self) -> processes.Running:
        command = [str(self._program), "-X", "-f", str(self._directory / "httpd.conf")]
        users = {**os.environ, "NTLM_USER_FILE": str(self._directory / "users")}
        return processes.start(command, self._directory, self._answers, environment=users, user=self._user)

    def _answers(self) -> bool:
        try:
            return requests.get(f"{self.address}/private/price.txt", timeout=5).status_code == 401
        except requests.ConnectionError:
            return False

    def environment(self) -> dict[str, str]:
        """The variables that tell features where it is."""
        return {"APITEST_NTLM_ADDRESS": self.address, "APITEST_NTLM_PASSWORD": self.password}
