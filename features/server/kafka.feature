Feature: Kafka

  Channels call services with the messages of topics, and services send through outgoing connections. The broker is a
  real one.

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  @kafka
  Scenario: A message calls a service, which sends another one
    Given the services of "topics.py" are deployed
    # Nothing listens there yet
    When service "zato.outgoing.kafka.create" is invoked
      """
      {"cluster_id": 1, "name": "features orders", "is_active": true, "address": "127.0.0.1:1", "topic": "features-orders",
       "timeout": 1}
      """
    Then status is "200"
    And I store its "/id" under "orders"
    When service "zato.outgoing.kafka.ping" is invoked with "{"id": #{orders}}"
    Then status is "503"
    And path "/zato_env/details" contains "Connection refused"
    And service "zato.outgoing.kafka.edit" answers with "{"id": #{orders}, "address": "${APITEST_KAFKA_ADDRESS}", "timeout": 30}"
    And service "zato.outgoing.kafka.ping" answers with "{"id": #{orders}}"
    And its "/is_success" is True

    # Over TLS, with a password that is wrong at first
    When service "zato.outgoing.kafka.create" is invoked
      """
      {"name": "features answers", "address": "${APITEST_KAFKA_TLS_ADDRESS}", "topic": "features-answers",
       "username": "${APITEST_KAFKA_USERNAME}", "password": "not yet", "use_tls": true, "ca_certs": "${APITEST_KAFKA_AUTHORITY}"}
      """
    Then status is "200"
    And I store its "/id" under "answers"
    And service "zato.outgoing.kafka.change-password" answers with "{"id": #{answers}, "password1": "${APITEST_KAFKA_PASSWORD}", "password2": "${APITEST_KAFKA_PASSWORD}"}"
    And service "zato.outgoing.kafka.ping" answers with "{"name": "features answers"}"

    When service "zato.channel.kafka.create" is invoked
      """
      {"cluster_id": 1, "name": "features in", "is_active": true, "address": "${APITEST_KAFKA_ADDRESS}", "topic": "features-orders",
       "service": "features.kafka.order", "data_format": "json"}
      """
    Then status is "200"
    And I store its "/id" under "channel"
    When service "zato.channel.kafka.create" is invoked
      """
      {"name": "features out", "address": "${APITEST_KAFKA_TLS_ADDRESS}", "topic": "features-answers", "group_id": "kept",
       "service": "features.kafka.kept", "username": "${APITEST_KAFKA_USERNAME}", "password": "not yet", "use_tls": true,
       "ca_certs": "${APITEST_KAFKA_AUTHORITY}"}
      """
    Then status is "200"
    And I store its "/id" under "kept"
    And service "zato.channel.kafka.change-password" answers with "{"id": #{kept}, "password1": "${APITEST_KAFKA_PASSWORD}", "password2": "${APITEST_KAFKA_PASSWORD}"}"
    When service "zato.outgoing.kafka.publish" is invoked
      """
      {"name": "features orders", "request_data": {"article": "tea"}, "key": "7", "headers": {"customer": "me"}}
      """
    Then status is "200"
    And its "/topic" is "features-orders"
    When service "zato.cache.builtin.entry.get" is invoked until it answers with "{"key": "features:kafka:answer:7"}"
    Then its "/value" is "{"ordered":"tea","by":"me"}"

    And service "zato.channel.kafka.get-status" answers with "{"id": #{channel}}"
    And its "/is_connected" is True
    And service "zato.outgoing.kafka.get-status" answers with "{"id": #{answers}}"
    And its "/in_flight" is an integer "0"
    And service "zato.channel.kafka.get-by-id" answers with "{"id": #{channel}}"
    And its "/on_failure" is "retry"
    And service "zato.channel.kafka.edit" answers with "{"id": #{channel}, "name": "features in 2", "on_failure": "skip"}"
    And service "zato.channel.kafka.get-by-name" answers with "{"name": "features in 2"}"
    And its "/on_failure" is "skip"
    And service "zato.channel.kafka.get-list" answers with "{"cluster_id": 1, "query": "features in"}"
    And its "/0/topic" is "features-orders"
    And service "zato.outgoing.kafka.get-by-id" answers with "{"id": #{orders}}"
    And its "/timeout" is an integer "30"
    And service "zato.outgoing.kafka.get-by-name" answers with "{"name": "features orders"}"
    And its "/compression" is "none"
    And service "zato.outgoing.kafka.get-list" answers with "{"cluster_id": 1, "query": "features orders"}"
    And its "/0/is_active" is True
    And service "zato.generic.connection.get-list" answers with "{"type_": "channel-kafka", "cluster_id": 1}"
    And its "/0/name" is "features in 2"
    And service "zato.channel.kafka.delete" answers with "{"id": #{channel}}"
    And service "zato.channel.kafka.delete" answers with "{"id": #{kept}}"
    And service "zato.outgoing.kafka.delete" answers with "{"id": #{orders}}"
    And service "zato.outgoing.kafka.delete" answers with "{"id": #{answers}}"

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples: Channels
      | service                       | request                                                                                 | status | details                   |
      | channel.kafka.create          | {"name": "x", "address": "h", "topic": "t", "service": "zato.ping"}                     | 400    | hosts with ports          |
      | channel.kafka.create          | {"name": "x", "address": "h:1", "topic": "a b", "service": "zato.ping"}                 | 400    | letters, digits           |
      | channel.kafka.create          | {"name": "x", "address": "h:1", "topic": "t", "service": "none"}                        | 400    | not the name of           |
      | channel.kafka.edit            | {"id": 9999999, "name": "x"}                                                            | 404    | no Kafka channel          |
      | channel.kafka.delete          | {"id": 9999999}                                                                         | 404    | no Kafka channel          |
      | channel.kafka.get-list        | {"cur_page": "x"}                                                                       | 400    | cur_page                  |
      | channel.kafka.get-by-id       | {"id": 9999999}                                                                         | 404    | no Kafka channel          |
      | channel.kafka.get-by-name     | {"name": "none"}                                                                        | 404    | no Kafka channel          |
      | channel.kafka.change-password | {"id": 9999999, "password1": "a", "password2": "a"}                                     | 404    | no Kafka channel          |
      | channel.kafka.get-status      | {"name": "none"}                                                                        | 404    | no Kafka channel          |

    Examples: Outgoing connections
      | service                        | request                                                                | status | details                     |
      | outgoing.kafka.create          | {"name": "x", "address": "h:0"}                                        | 400    | hosts with ports            |
      | outgoing.kafka.create          | {"name": "x", "address": "h:1", "compression": "zip"}                  | 400    | compression                 |
      | outgoing.kafka.edit            | {"id": 9999999, "name": "x"}                                           | 404    | no outgoing Kafka           |
      | outgoing.kafka.delete          | {"id": 9999999}                                                        | 404    | no outgoing Kafka           |
      | outgoing.kafka.get-list        | {"cur_page": "x"}                                                      | 400    | cur_page                    |
      | outgoing.kafka.get-by-id       | {"id": 9999999}                                                        | 404    | no outgoing Kafka           |
      | outgoing.kafka.get-by-name     | {"name": "none"}                                                       | 404    | no outgoing Kafka           |
      | outgoing.kafka.change-password | {"id": 9999999, "password1": "a", "password2": "a"}                    | 404    | no outgoing Kafka           |
      | outgoing.kafka.ping            | {"name": "none"}                                                       | 404    | no active outgoing Kafka    |
      | outgoing.kafka.publish         | {"name": "none", "request_data": "x"}                                  | 404    | no active outgoing Kafka    |
      | outgoing.kafka.get-status      | {}                                                                     | 400    | `id` and `name` is required |
