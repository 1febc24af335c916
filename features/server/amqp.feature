Feature: AMQP

  Definitions say where a broker is, channels call services with the messages of queues, and services send through
  outgoing connections. The broker is RabbitMQ; its management says what is in its queues.

  @rabbitmq
  Scenario: A message calls a service, which sends another one
    Given context is cleaned up
    And address "$APITEST_SERVER"
    And I store "1" "/zato/json" "admin" "$APITEST_ADMIN_PASSWORD" under Zato "companion"
    When I upload a Zato service from "server/services/orders.py" to "companion"
    Then status is "200"

    Given context is cleaned up
    And address "$APITEST_AMQP_MANAGEMENT"
    And Basic Auth "$APITEST_AMQP_USERNAME" "$APITEST_AMQP_PASSWORD"
    And URL path "/api/queues/%2F/features-orders"
    And REST method "PUT"
    And request is "{"durable": true}"
    When the URL is invoked
    Then status is "201"
    Given URL path "/api/queues/%2F/features-answers"
    And REST method "PUT"
    And request is "{"durable": true}"
    When the URL is invoked
    Then status is "201"
    Given URL path "/api/exchanges/%2F/features"
    And REST method "PUT"
    And request is "{"type": "topic", "durable": true}"
    When the URL is invoked
    Then status is "201"
    Given URL path "/api/bindings/%2F/e/features/q/features-orders"
    And REST method "POST"
    And request is "{"routing_key": "order.#"}"
    When the URL is invoked
    Then status is "201"

    Given context is cleaned up
    And address "$APITEST_SERVER"
    When service "zato.definition.amqp.create" is invoked
      """
      {"cluster_id": 1, "name": "features broker", "host": "${APITEST_AMQP_HOST}", "port": 1, "vhost": "/",
       "username": "${APITEST_AMQP_USERNAME}", "password": "not yet", "frame_max": 131072, "heartbeat": 10}
      """
    Then status is "200"
    And I store its "/id" under "definition"
    When service "zato.outgoing.amqp.create" is invoked
      """
      {"cluster_id": 1, "name": "features orders", "is_active": true, "def_id": #{definition}, "delivery_mode": 2,
       "priority": 5, "content_type": "", "app_id": "features"}
      """
    Then status is "200"
    And I store its "/id" under "outgoing"
    When service "zato.channel.amqp.create" is invoked
      """
      {"cluster_id": 1, "name": "features channel", "is_active": true, "def_id": #{definition}, "queue": "features-orders",
       "consumer_tag_prefix": "features", "service": "features.order", "pool_size": 2, "ack_mode": "ack",
       "prefetch_count": 3, "data_format": "json"}
      """
    Then status is "200"
    And I store its "/id" under "channel"

    # Nothing listens there; what uses a definition follows it
    When service "zato.outgoing.amqp.ping" is invoked with "{"id": #{outgoing}}"
    Then status is "503"
    And service "zato.definition.amqp.edit" answers with "{"id": #{definition}, "port": ${APITEST_AMQP_PORT}}"
    When service "zato.definition.amqp.ping" is invoked with "{"id": #{definition}}"
    Then status is "503"
    And path "/zato_env/details" contains "refuses the user name or the password"
    And service "zato.definition.amqp.change-password" answers with "{"id": #{definition}, "password1": "${APITEST_AMQP_PASSWORD}", "password2": "${APITEST_AMQP_PASSWORD}"}"
    And service "zato.definition.amqp.ping" answers with "{"name": "features broker"}"
    And its "/is_success" is True
    When service "zato.outgoing.amqp.ping" is invoked until it answers with "{"id": #{outgoing}}"
    Then its "/is_success" is True
    And service "zato.outgoing.amqp.get-status" answers with "{"id": #{outgoing}}"
    And its "/is_connected" is True

    When service "zato.outgoing.amqp.publish" is invoked
      """
      {"name": "features orders", "exchange": "features", "routing_key": "order.new", "mandatory": true,
       "request_data": {"article": "tea"}, "headers": {"customer": "maria"},
       "properties": {"correlation_id": "order 7", "reply_to": "features-answers"}}
      """
    Then status is "200"
    When service "zato.outgoing.amqp.publish" is invoked
      """
      {"name": "features orders", "exchange": "features", "routing_key": "none", "mandatory": true, "request_data": "x"}
      """
    Then status is "400"
    And path "/zato_env/details" contains "No queue of the broker of `features orders` takes the message: NO_ROUTE"

    Given address "$APITEST_AMQP_MANAGEMENT"
    And Basic Auth "$APITEST_AMQP_USERNAME" "$APITEST_AMQP_PASSWORD"
    And URL path "/api/queues/%2F/features-answers/get"
    And REST method "POST"
    And request is "{"count": 1, "ackmode": "ack_requeue_false", "encoding": "auto"}"
    When the URL is invoked
    Then within "30" seconds path "/0/payload" is "{"ordered":"tea","by":"maria"}"
    And path "/0/properties/content_type" is "application/json"
    And path "/0/properties/correlation_id" is "order 7"
    And path "/0/properties/app_id" is "features"
    And path "/0/properties/priority" is an integer "5"
    And path "/0/properties/delivery_mode" is an integer "2"
    And path "/0/properties/headers" is JSON "{"seen": true}"

    Given address "$APITEST_SERVER"
    Then service "zato.channel.amqp.get-status" answers with "{"id": #{channel}}"
    And its "/is_connected" is True
    And its "/rejected" is an integer "0"
    And service "zato.channel.amqp.get-list" answers with "{"cluster_id": 1, "query": "features"}"
    And its "/0/def_name" is "features broker"
    And its "/0/service_name" is "features.order"
    And service "zato.channel.amqp.get-by-id" answers with "{"id": #{channel}}"
    And its "/consumer_tag_prefix" is "features"
    And service "zato.channel.amqp.edit" answers with "{"id": #{channel}, "name": "features channel 2"}"
    And service "zato.channel.amqp.get-by-name" answers with "{"name": "features channel 2"}"
    And its "/queue" is "features-orders"
    And service "zato.outgoing.amqp.get-list" answers with "{"cluster_id": 1, "query": "features"}"
    And its "/0/def_name" is "features broker"
    And service "zato.outgoing.amqp.edit" answers with "{"id": #{outgoing}, "name": "features orders 2"}"
    And service "zato.outgoing.amqp.get-by-id" answers with "{"id": #{outgoing}}"
    And its "/name" is "features orders 2"
    And service "zato.outgoing.amqp.get-by-name" answers with "{"name": "features orders 2"}"
    And service "zato.definition.amqp.get-list" answers with "{"cluster_id": 1, "query": "features"}"
    And its "/0/host" is "$APITEST_AMQP_HOST"
    And its "/0/password" does not exist
    And service "zato.definition.amqp.get-by-id" answers with "{"id": #{definition}}"
    And its "/heartbeat" is an integer "10"
    And service "zato.definition.amqp.get-by-name" answers with "{"name": "features broker"}"
    When service "zato.definition.amqp.delete" is invoked with "{"id": #{definition}}"
    Then status is "400"
    And path "/zato_env/details" contains "it is used by: features channel 2, features orders 2"
    And service "zato.channel.amqp.delete" answers with "{"id": #{channel}}"
    And service "zato.outgoing.amqp.delete" answers with "{"id": #{outgoing}}"
    And service "zato.definition.amqp.delete" answers with "{"id": #{definition}}"

  Scenario Outline: It is refused: <service> with <request>
    Given context is cleaned up
    And address "$APITEST_SERVER"
    When service "zato.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples: Definitions
      | service                         | request                                               | status | details                                     |
      | definition.amqp.create          | {"name": "x", "host": "h", "username": "u", "port": 0} | 400   | `port` must be a whole number from 1        |
      | definition.amqp.edit            | {"id": 0}                                             | 404    | no AMQP definition with ID 0                |
      | definition.amqp.delete          | {"id": 0}                                             | 404    | no AMQP definition with ID 0                |
      | definition.amqp.get-list        | {"cur_page": "x"}                                     | 400    | `cur_page` must be                          |
      | definition.amqp.get-by-id       | {"id": 0}                                             | 404    | no AMQP definition with ID 0                |
      | definition.amqp.get-by-name     | {"name": "none"}                                      | 404    | no AMQP definition with name `none`         |
      | definition.amqp.change-password | {"id": 0, "password1": "a", "password2": "b"}         | 400    | is not the same as password1                |
      | definition.amqp.ping            | {"id": 0}                                             | 404    | no AMQP definition with ID 0                |

    Examples: Channels
      | service                  | request                                                         | status | details                                 |
      | channel.amqp.create      | {"name": "x", "def_id": 0, "queue": "q", "service": "zato.ping"} | 400   | `def_id` is required                    |
      | channel.amqp.edit        | {"id": 0}                                                       | 404    | no AMQP channel with ID 0               |
      | channel.amqp.delete      | {"id": 0}                                                       | 404    | no AMQP channel with ID 0               |
      | channel.amqp.get-list    | {"page_size": 0}                                                | 400    | `page_size` must be                     |
      | channel.amqp.get-by-id   | {"id": 0}                                                       | 404    | no AMQP channel with ID 0               |
      | channel.amqp.get-by-name | {"name": "none"}                                                | 404    | no AMQP channel with name `none`        |
      | channel.amqp.get-status  | {"name": "none"}                                                | 404    | no AMQP channel with name `none`        |

    Examples: Outgoing connections
      | service                   | request                                     | status | details                                               |
      | outgoing.amqp.create      | {"name": "x", "def_id": 0}                  | 400    | `def_id` is required                                  |
      | outgoing.amqp.edit        | {"id": 0}                                   | 404    | no outgoing AMQP connection with ID 0                 |
      | outgoing.amqp.delete      | {"id": 0}                                   | 404    | no outgoing AMQP connection with ID 0                 |
      | outgoing.amqp.get-list    | {"page_size": 0}                            | 400    | `page_size` must be                                   |
      | outgoing.amqp.get-by-id   | {"id": 0}                                   | 404    | no outgoing AMQP connection with ID 0                 |
      | outgoing.amqp.get-by-name | {"name": "none"}                            | 404    | no outgoing AMQP connection with name `none`          |
      | outgoing.amqp.ping        | {}                                          | 400    | One of the input fields `id` and `name` is required   |
      | outgoing.amqp.publish     | {"name": "none", "request_data": "x"}       | 404    | no active outgoing AMQP connection `none`             |
      | outgoing.amqp.get-status  | {"id": 0}                                   | 404    | no outgoing AMQP connection with ID 0                 |
