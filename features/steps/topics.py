"""Steps about topics and endpoints of publish/subscribe, made anew for each scenario."""

import json

from admin import invoke
from behave import given, when

PASSWORD = "a password of features"


@given('a new topic "{name}"')
def new_topic(context, name):
    """One that nothing was published to."""
    made_anew(context, "pubsub.topic", {"name": name})
    context.execute_steps(f'Given I store "{context.answer}/id" from response under "topic_id"')


@given('a new endpoint "{name}" with')
def new_endpoint(context, name):
    """Of REST, with the patterns of the doc string; its user name is its name."""
    delete(context, "pubsub.endpoint", name)
    made_anew(context, "security.basic-auth", {"name": name, "username": name, "password": PASSWORD})
    number = context.zato.response.data_impl[context.answer[1:]]["id"]
    fields = {"name": name, "security_id": number, "topic_patterns": context.text.strip()}
    made_anew(context, "pubsub.endpoint", fields)
    context.execute_steps(f'Given I store "{context.answer}/id" from response under "endpoint_id"')


@when('endpoint "{name}" sends "{method}" to "{path}"')
def endpoint_sends(context, name, method, path):
    """With its credentials, and the JSON of the doc string; the path is that behind /zato/pubsub."""
    sends(context, name, PASSWORD, method, path)


@when('"{name}" with password "{password}" sends "{method}" to "{path}"')
def somebody_sends(context, name, password, method, path):
    """The same with a password, which may be wrong."""
    sends(context, name, password, method, path)


def sends(context, name, password, method, path):
    request = (context.text or "{}").replace("\n", " ")
    context.execute_steps(f"""
        Given Basic Auth "{name}" "{password}"
        And REST method "{method}"
        And URL path "/zato/pubsub{path}"
        And request is "{request}"
        When the URL is invoked
    """)


def made_anew(context, kind, fields):
    delete(context, kind, fields["name"])
    invoke(context, f"zato.{kind}.create", json.dumps(fields))
    context.execute_steps('Then status is "200"')


def delete(context, kind, name):
    """What an earlier run has left."""
    invoke(context, f"zato.{kind}.get-by-name", json.dumps({"name": name}))
    if context.zato.response.data.status_code == 200:
        number = context.zato.response.data_impl[context.answer[1:]]["id"]
        invoke(context, f"zato.{kind}.delete", json.dumps({"id": number}))
        context.execute_steps('Then status is "200"')


# Names such as #name are resolved by the steps that these are made of.
for function in (new_topic, new_endpoint, endpoint_sends, somebody_sends):
    function.__apitest_raw__ = True
