"""Apache httpd in front of a server of the tests: it adds TLS, and a user with a password."""

import base64
import hashlib
import ssl
import urllib.error
import urllib.request
from pathlib import Path

from tests.ports import free_port
from tests.services import certificates, installation, processes

_MODULES = "/usr/lib/apache2/modules"
_CONFIGURATION = """\
ServerRoot {directory}
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {directory}/pid
ErrorLog {directory}/error.log
Mutex file:{directory}
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule ssl_module {modules}/mod_ssl.so
LoadModule proxy_module {modules}/mod_proxy.so
LoadModule proxy_http_module {modules}/mod_proxy_http.so
LoadModule auth_basic_module {modules}/mod_auth_basic.so
LoadModule authn_core_module {modules}/mod_authn_core.so
LoadModule authn_file_module {modules}/mod_authn_file.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule authz_user_module {modules}/mod_authz_user.so
SSLEngine on
SSLCertificateFile {certificate}
SSLCertificateKeyFile {key}
ProxyPass / http://{host}/
<Location />
    AuthType Basic
    AuthName front
    AuthUserFile {directory}/users
    Require valid-user
</Location>
"""


class Front:
    """A started front.

    Attributes:
        host: of it, such as ``127.0.0.1:9200``.
        authority: the PEM file of the authority of its certificate.
    """

    def __init__(self, host: str, username: str, password: str) -> None:
        program = installation.need("apache2", ["apache2-bin"], ["/usr/sbin/apache2"])
        user = processes.unprivileged_user("www-data")
        directory = processes.throw_away_directory(user)
        made, port = certificates.make(directory), free_port()
        self.host, self.authority = f"127.0.0.1:{port}", made.authority
        hashed = base64.b64encode(hashlib.sha1(password.encode(), usedforsecurity=False).digest()).decode()
        (directory / "users").write_text(f"{username}:{{SHA}}{hashed}\n")
        files = {"certificate": made.server, "key": made.server_key}
        text = _CONFIGURATION.format(directory=directory, port=port, modules=_MODULES, host=host, **files)
        configuration = _written(directory / "httpd.conf", text)
        for path in directory.iterdir():
            path.chmod(0o644)
        command = [str(program), "-X", "-f", str(configuration)]
        self._running = processes.start(command, directory, self._answers, user=user)

    def stop(self) -> None:
        """End it."""
        self._running.stop()

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"https://{self.host}", context=ssl.create_default_context(cafile=self.authority))
        except urllib.error.HTTPError as error:  # It wants a password
            error.close()
            return True
        except OSError:
            return False
        return True


def _written(path: Path, text: str) -> Path:
    path.write_text(text)
    return path
