"""Topics of publish/subscribe: created, changed and deleted, started and stopped."""

from apitest_server.internal import crud
from apitest_server.internal.crud import RECEIVED_FIELDS, Between, Field, ObjectType, OneOf, check_service
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server
from apitest_server.service.elements import Bool, Text

LONGEST_LIFE = 2_147_483_647_000  # milliseconds: what an expiration is where none is given
_DEEPEST = 100_000_000


def _validate(server: Server, fields: Attrs, number: int) -> None:
    if fields.hook_service_name:
        check_service(server, fields, "hook_service_name")


TOPIC = ObjectType(
    name="pubsub.topic",
    title="Topic",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(Bool("has_gd", default=False), about="Guaranteed delivery, for publications that do not say"),
        Field(Between("max_depth_gd", 1, _DEEPEST, default=10_000), about="Messages with guaranteed delivery, at most"),
        Field(
            Between("max_depth_non_gd", 1, _DEEPEST, default=1_000), about="Messages in memory, at most, on each server"
        ),
        Field(OneOf("depth_policy", "refuse", "drop-oldest"), about="What becomes of one more message when it is full"),
        Field(Between("max_expiration", 1, LONGEST_LIFE, default=LONGEST_LIFE), about="In milliseconds"),
        Field(
            Text("hook_service_name", default=""),
            searched=True,
            about="It is asked before messages are published and delivered",
        ),
        *RECEIVED_FIELDS,
    ),
    validate=_validate,
)

Create, Edit, Delete, GetList, GetByID, GetByName = crud.services_of(
    TOPIC,
    __name__,
    {
        "create": "Creates a topic; it can be published and subscribed to at once.",
        "delete": "Deletes a topic, its messages, and the subscriptions to it.",
    },
)


class Start(crud.Switch):
    """Lets a topic that was stopped take messages again."""

    name = "zato.pubsub.topic.start"
    object_type = TOPIC
    is_active = True


class Stop(crud.Switch):
    """Stops a topic until it is started again: nothing can be published to it; what it holds stays."""

    name = "zato.pubsub.topic.stop"
    object_type = TOPIC
    is_active = False
