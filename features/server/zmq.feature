Feature: ZeroMQ

  Channels call services with the messages of sockets, and services send through outgoing connections. Here the one are
  the peers of the other, over TCP.

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: Messages are pushed, by one socket after the other
    Given the services of "sockets.py" are deployed
    When service "zato.channel.zmq.create" is invoked
      """
      {"cluster_id": 1, "name": "features puller", "is_active": true, "address": "tcp://127.0.0.1:${APITEST_ZMQ_PORT}",
       "socket_type": "PULL", "socket_method": "bind", "service": "features.zmq.received", "data_format": "json"}
      """
    Then status is "200"
    And I store its "/id" under "channel"
    When service "zato.outgoing.zmq.create" is invoked
      """
      {"cluster_id": 1, "name": "features push", "is_active": true, "socket_type": "PUSH", "socket_method": "connect",
       "address": "tcp://127.0.0.1:1"}
      """
    Then status is "200"
    And I store its "/id" under "outgoing"
    And service "zato.outgoing.zmq.edit" answers with "{"id": #{outgoing}, "name": "features push 2", "address": "tcp://127.0.0.1:${APITEST_ZMQ_PORT}"}"
    And service "features.zmq.push" answers with "{}"
    When service "zato.cache.builtin.entry.get" is invoked until it answers with "{"key": "features:zmq:features puller"}"
    Then its "/value" is "tea"

    And service "zato.channel.zmq.get-by-id" answers with "{"id": #{channel}}"
    And its "/socket_type" is "PULL"
    And service "zato.channel.zmq.get-status" answers with "{"id": #{channel}}"
    And its "/peers" is an integer "1"
    And its "/is_connected" is True
    And service "zato.outgoing.zmq.get-status" answers with "{"name": "features push 2"}"
    And its "/peers" is an integer "1"
    And service "zato.channel.zmq.edit" answers with "{"id": #{channel}, "name": "features puller 2"}"
    And service "zato.channel.zmq.get-by-name" answers with "{"name": "features puller 2"}"
    And its "/socket_method" is "bind"
    And service "zato.channel.zmq.get-list" answers with "{"cluster_id": 1, "query": "features puller"}"
    And its "/0/service" is "features.zmq.received"
    And service "features.zmq.push" answers with "{}"
    When service "zato.cache.builtin.entry.get" is invoked until it answers with "{"key": "features:zmq:features puller 2"}"
    Then its "/value" is "tea"
    And service "zato.outgoing.zmq.get-by-id" answers with "{"id": #{outgoing}}"
    And its "/name" is "features push 2"
    And service "zato.outgoing.zmq.get-by-name" answers with "{"name": "features push 2"}"
    And its "/socket_type" is "PUSH"
    And service "zato.outgoing.zmq.get-list" answers with "{"cluster_id": 1, "query": "features push"}"
    And its "/0/is_active" is True
    And service "zato.outgoing.zmq.publish" answers with "{"id": #{outgoing}, "request_data": {"article": "milk"}}"
    And its "/is_success" is True
    When service "zato.channel.zmq.get-status" is invoked until it answers with "{"id": #{channel}}"
    Then its "/handled" is an integer "2"
    And service "zato.channel.zmq.delete" answers with "{"id": #{channel}}"
    And service "zato.outgoing.zmq.delete" answers with "{"id": #{outgoing}}"
    When service "features.zmq.push" is invoked with "{}"
    Then status is "500"

  Scenario: Messages are published, and a channel takes those of its key
    Given the services of "sockets.py" are deployed
    When service "zato.outgoing.zmq.create" is invoked
      """
      {"name": "features publish", "address": "tcp://127.0.0.1:${APITEST_ZMQ_PORT}", "socket_type": "PUB", "socket_method": "bind"}
      """
    Then status is "200"
    And I store its "/id" under "outgoing"
    When service "zato.channel.zmq.create" is invoked
      """
      {"name": "features subscriber", "address": "tcp://127.0.0.1:${APITEST_ZMQ_PORT}", "socket_type": "SUB", "sub_key": "milk",
       "service": "features.zmq.received", "data_format": "json"}
      """
    Then status is "200"
    And I store its "/id" under "channel"
    When service "features.zmq.publish" is invoked until it answers with "{}"
    Then its "/received" is "milk"
    And service "zato.channel.zmq.delete" answers with "{"id": #{channel}}"
    And service "zato.outgoing.zmq.delete" answers with "{"id": #{outgoing}}"

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples: Channels
      | service                 | request                                                                              | status | details                               |
      | channel.zmq.create      | {"name": "x", "address": "localhost:1", "service": "zato.ping"}                      | 400    | `address` must be like tcp://         |
      | channel.zmq.create      | {"name": "x", "address": "tcp://127.0.0.1:1", "service": "none"}                     | 400    | `service` is not the name             |
      | channel.zmq.create      | {"name": "x", "address": "tcp://h:1", "service": "zato.ping", "socket_type": "PUSH"} | 400    | `socket_type` must be one of PULL, SUB |
      | channel.zmq.edit        | {"id": 0}                                                                            | 404    | no ZeroMQ channel with ID 0           |
      | channel.zmq.delete      | {"id": 0}                                                                            | 404    | no ZeroMQ channel with ID 0           |
      | channel.zmq.get-list    | {"page_size": 0}                                                                     | 400    | `page_size` must be                   |
      | channel.zmq.get-by-id   | {"id": 0}                                                                            | 404    | no ZeroMQ channel with ID 0           |
      | channel.zmq.get-by-name | {"name": "none"}                                                                     | 404    | no ZeroMQ channel with name `none`    |
      | channel.zmq.get-status  | {"id": 0}                                                                            | 404    | no ZeroMQ channel with ID 0           |

    Examples: Outgoing connections
      | service                  | request                                                           | status | details                                          |
      | outgoing.zmq.create      | {"name": "x", "address": "tcp://h:1", "socket_method": "bind"}    | 400    | `address` must have the IP address               |
      | outgoing.zmq.edit        | {"id": 0}                                                         | 404    | no outgoing ZeroMQ connection with ID 0          |
      | outgoing.zmq.delete      | {"id": 0}                                                         | 404    | no outgoing ZeroMQ connection with ID 0          |
      | outgoing.zmq.get-list    | {"page_size": 0}                                                  | 400    | `page_size` must be                              |
      | outgoing.zmq.get-by-id   | {"id": 0}                                                         | 404    | no outgoing ZeroMQ connection with ID 0          |
      | outgoing.zmq.get-by-name | {"name": "none"}                                                  | 404    | no outgoing ZeroMQ connection with name `none`   |
      | outgoing.zmq.get-status  | {"id": 0}                                                         | 404    | no outgoing ZeroMQ connection with ID 0          |
      | outgoing.zmq.publish     | {"name": "none", "request_data": "x"}                             | 404    | no active outgoing ZeroMQ connection `none`      |
