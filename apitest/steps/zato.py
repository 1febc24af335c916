"""Sentences about Zato servers: services deployed through their admin API."""

from apitest.clients import zato
from apitest.context import StepContext
from apitest.language.registry import given, when


@given('I store "{cluster_id}" "{url_path}" "{username}" "{password}" under Zato "{conn_name}"', since="1.1")
def store_connection(
    ctx: StepContext, cluster_id: str, url_path: str, username: str, password: str, conn_name: str
) -> None:
    """Keeps how to reach a Zato server's admin API: its cluster, the path of its API and an administrator.

    The path is taken below the address of the request; a whole URL is taken as it is.

    Example:
        I store "1" "/zato/json" "admin" "$ADMIN_PASSWORD" under Zato "my-server"
    """
    connection = zato.AdminConnection(str(cluster_id), str(url_path), str(username), str(password))
    zato.store(ctx.zato, str(conn_name), connection)


@when('I upload a Zato service from "{module_path}" to "{conn_name}"', since="1.1")
def upload_service(ctx: StepContext, module_path: str, conn_name: str | zato.AdminConnection) -> None:
    """Deploys the services in a Python file to a Zato server; fails with its reason if the server refuses them.

    The connection is named as it was stored, with or without a # before it.

    Example:
        I upload a Zato service from "services/customers.py" to "my-server"
    """
    zato.upload(ctx.zato, str(module_path), conn_name)
