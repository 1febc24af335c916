Feature: IBM MQ

  There is no driver for it: objects are kept for clients, and whoever uses one is told.

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: Definitions, channels and connections are kept, and say on use that there is no driver
    Given the services of "erp.py" are deployed
    When service "zato.definition.jms-wmq.create" is invoked
      """
      {"cluster_id": 1, "name": "features manager", "host": "127.0.0.1", "port": 1414, "queue_manager": "QM1",
       "channel": "DEV.SVRCONN.1", "cache_open_send_queues": true, "cache_open_receive_queues": true,
       "use_shared_connections": true, "ssl": false, "needs_mcd": false, "max_chars_printed": 100, "username": "app"}
      """
    Then status is "200"
    And I store its "/id" under "definition"
    And service "zato.definition.jms-wmq.change-password" answers with "{"id": #{definition}, "password1": "s3cret", "password2": "s3cret"}"
    And service "zato.definition.jms-wmq.edit" answers with "{"id": #{definition}, "name": "features manager 2"}"
    And service "zato.definition.jms-wmq.get-by-id" answers with "{"id": #{definition}}"
    And its "/queue_manager" is "QM1"
    And its "/password" does not exist
    And service "zato.definition.jms-wmq.get-by-name" answers with "{"name": "features manager 2"}"
    And service "zato.definition.jms-wmq.get-list" answers with "{"cluster_id": 1, "query": "features manager"}"
    And its "/0/channel" is "DEV.SVRCONN.1"
    When service "zato.definition.jms-wmq.ping" is invoked with "{"id": #{definition}}"
    Then status is "503"
    And path "/zato_env/details" contains "`features manager 2` cannot be used: no driver for IBM MQ is installed"

    When service "zato.channel.jms-wmq.create" is invoked
      """
      {"cluster_id": 1, "name": "features in", "is_active": true, "def_id": #{definition}, "queue": "DEV.QUEUE.1",
       "service": "zato.ping", "data_format": "json"}
      """
    Then status is "200"
    And I store its "/id" under "channel"
    And service "zato.channel.jms-wmq.edit" answers with "{"id": #{channel}, "queue": "DEV.QUEUE.2"}"
    And service "zato.channel.jms-wmq.get-by-id" answers with "{"id": #{channel}}"
    And its "/queue" is "DEV.QUEUE.2"
    And service "zato.channel.jms-wmq.get-by-name" answers with "{"name": "features in"}"
    And service "zato.channel.jms-wmq.get-list" answers with "{"cluster_id": 1, "query": "features in"}"
    And its "/0/def_name" is "features manager 2"
    And its "/0/service_name" is "zato.ping"

    When service "zato.outgoing.jms-wmq.create" is invoked
      """
      {"cluster_id": 1, "name": "features out", "is_active": true, "def_id": #{definition}, "delivery_mode": 1, "priority": 6,
       "expiration": 1000}
      """
    Then status is "200"
    And I store its "/id" under "outgoing"
    And service "zato.outgoing.jms-wmq.edit" answers with "{"id": #{outgoing}, "name": "features IBM MQ"}"
    And service "zato.outgoing.jms-wmq.get-by-id" answers with "{"id": #{outgoing}}"
    And its "/priority" is an integer "6"
    And service "zato.outgoing.jms-wmq.get-by-name" answers with "{"name": "features IBM MQ"}"
    And service "zato.outgoing.jms-wmq.get-list" answers with "{"cluster_id": 1, "query": "features IBM MQ"}"
    And its "/0/def_name" is "features manager 2"
    When service "zato.outgoing.jms-wmq.ping" is invoked with "{"id": #{outgoing}}"
    Then status is "503"
    And path "/zato_env/details" contains "no driver for IBM MQ is installed"
    When service "features.ibm-mq" is invoked with "{}"
    Then status is "503"
    And path "/zato_env/details" contains "`features IBM MQ` cannot be used: no driver for IBM MQ is installed"

    When service "zato.definition.jms-wmq.delete" is invoked with "{"id": #{definition}}"
    Then status is "400"
    And service "zato.channel.jms-wmq.delete" answers with "{"id": #{channel}}"
    And service "zato.outgoing.jms-wmq.delete" answers with "{"id": #{outgoing}}"
    And service "zato.definition.jms-wmq.delete" answers with "{"id": #{definition}}"
    When service "features.ibm-mq" is invoked with "{}"
    Then status is "500"

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service                            | request                                                             | status | details                                     |
      | definition.jms-wmq.create          | {"name": "x", "host": "h"}                                          | 400    | Input field `channel` is required           |
      | definition.jms-wmq.edit            | {"id": 0}                                                           | 404    | no IBM MQ definition with ID 0              |
      | definition.jms-wmq.delete          | {"id": 0}                                                           | 404    | no IBM MQ definition with ID 0              |
      | definition.jms-wmq.get-list        | {"page_size": 0}                                                    | 400    | `page_size` must be                         |
      | definition.jms-wmq.get-by-id       | {"id": 0}                                                           | 404    | no IBM MQ definition with ID 0              |
      | definition.jms-wmq.get-by-name     | {"name": "none"}                                                    | 404    | no IBM MQ definition with name `none`       |
      | definition.jms-wmq.change-password | {"id": 0, "password1": "a", "password2": "b"}                       | 400    | is not the same as password1                |
      | definition.jms-wmq.ping            | {"name": "none"}                                                    | 404    | no active IBM MQ definition `none`          |
      | channel.jms-wmq.create             | {"name": "x", "def_id": 0, "queue": "q", "service": "zato.ping"}    | 400    | the ID of an IBM MQ definition              |
      | channel.jms-wmq.edit               | {"id": 0}                                                           | 404    | no IBM MQ channel with ID 0                 |
      | channel.jms-wmq.delete             | {"id": 0}                                                           | 404    | no IBM MQ channel with ID 0                 |
      | channel.jms-wmq.get-list           | {"page_size": 0}                                                    | 400    | `page_size` must be                         |
      | channel.jms-wmq.get-by-id          | {"id": 0}                                                           | 404    | no IBM MQ channel with ID 0                 |
      | channel.jms-wmq.get-by-name        | {"name": "none"}                                                    | 404    | no IBM MQ channel with name `none`          |
      | outgoing.jms-wmq.create            | {"name": "x"}                                                       | 400    | Input field `def_id` is required            |
      | outgoing.jms-wmq.edit              | {"id": 0}                                                           | 404    | no outgoing IBM MQ connection with ID 0     |
      | outgoing.jms-wmq.delete            | {"id": 0}                                                           | 404    | no outgoing IBM MQ connection with ID 0     |
      | outgoing.jms-wmq.get-list          | {"page_size": 0}                                                    | 400    | `page_size` must be                         |
      | outgoing.jms-wmq.get-by-id         | {"id": 0}                                                           | 404    | no outgoing IBM MQ connection with ID 0     |
      | outgoing.jms-wmq.get-by-name       | {"name": "none"}                                                    | 404    | no outgoing IBM MQ connection with name     |
      | outgoing.jms-wmq.ping              | {"name": "none"}                                                    | 404    | no active outgoing IBM MQ connection `none` |
