"""Steps about projects with a [vault] section of their own."""

from behave import given
from configobj import ConfigObj

from apitest.clients.vault import client as vault_access


@given("the [vault] section of config.ini is")
def vault_section(context):
    """For the rest of the scenario; everything that was stored is forgotten."""
    run = context.zato.run
    use(context.zato, run.project._replace(vault=ConfigObj(context.text.splitlines(), interpolation=False)))
    context.add_cleanup(use, context.zato, run.project)


def use(zato, project):
    zato.run.clients.drop("vault", "")
    zato.run.project = project
    zato.run.vault = vault_access.reader(zato.run)
    zato.reset()
