"""Which page answers which path."""

from apitest_server.admin.pages import connections, home, log, objects, pubsub, services, session, steps
from apitest_server.admin.site import Route

_OBJECTS = "objects/{kind}"
ROUTES = (
    Route("GET", "", home.show),
    Route("GET", "live", home.live),
    Route("GET", "sign-in", session.show),
    Route("POST", "sign-in", session.sign_in),
    Route("POST", "sign-out", session.sign_out),
    Route("GET", "connections", connections.show),
    Route("GET", "connections/rows", connections.rows),
    Route("GET", "connections/changes", connections.changes),
    Route("POST", "connections/broadcast/{id}", connections.broadcast),
    Route("GET", "connections/{connection}", connections.one),
    Route("POST", "connections/{connection}/invoke", connections.invoke),
    Route("POST", "connections/{connection}/disconnect", connections.disconnect),
    Route("GET", "connections/{connection}/frames", connections.frames),
    Route("GET", "services", services.show),
    Route("POST", "services", services.upload),
    Route("GET", "services/{name}", services.one),
    Route("POST", "services/{name}", services.change),
    Route("POST", "services/{name}/invoke", services.invoke),
    Route("GET", "pubsub", pubsub.show),
    Route("GET", "pubsub/topics/{id}", pubsub.topic),
    Route("POST", "pubsub/topics/{id}/publish", pubsub.publish),
    Route("POST", "pubsub/topics/{id}/clear", pubsub.clear),
    Route("GET", "pubsub/queues/{sub_key}", pubsub.queue),
    Route("POST", "pubsub/queues/{sub_key}/clear", pubsub.clear_queue),
    Route("GET", "pubsub/messages/{msg_id}", pubsub.message),
    Route("POST", "pubsub/messages/{msg_id}/delete", pubsub.delete),
    Route("GET", "log", log.show),
    Route("GET", "steps/{number}", steps.show),
    Route("GET", _OBJECTS, objects.show),
    Route("GET", f"{_OBJECTS}/new", objects.new),
    Route("POST", f"{_OBJECTS}/new", objects.create),
    Route("GET", f"{_OBJECTS}/{{id}}", objects.edit),
    Route("POST", f"{_OBJECTS}/{{id}}", objects.change),
    Route("POST", f"{_OBJECTS}/{{id}}/delete", objects.delete),
    Route("POST", f"{_OBJECTS}/{{id}}/act/{{verb}}", objects.act),
)
