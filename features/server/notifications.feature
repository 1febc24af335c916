Feature: SQL notifications

  A query is run again and again, and a service is called with the rows that it returns.

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: A service is called with rows
    Given the services of "notified.py" are deployed
    When service "zato.outgoing.sql.create" is invoked with "{"name": "features notifying", "engine": "sqlite", "db_name": "features.sqlite"}"
    Then status is "200"
    And I store its "/id" under "connection"
    When service "zato.notif.sql.create" is invoked
      """
      {"cluster_id": 1, "name": "features new orders", "is_active": true, "notif_type": "sql", "def_id": #{connection},
       "query": "SELECT 'tea' AS article", "service_name": "features.notified", "interval": 1}
      """
    Then status is "200"
    And I store its "/id" under "id"
    When service "zato.cache.builtin.entry.get" is invoked until it answers with "{"key": "features:notified"}"
    Then its "/value/0" is "tea"
    And service "zato.notif.sql.edit" answers with "{"id": #{id}, "name": "features orders", "query": "SELECT 'milk' AS article", "interval": 3600}"
    And service "zato.notif.sql.run" answers with "{"id": #{id}}"
    And its "/rows" is an integer "1"
    And service "zato.cache.builtin.entry.get" answers with "{"key": "features:notified"}"
    And its "/value/0" is "milk"
    And service "zato.notif.sql.get-by-id" answers with "{"id": #{id}}"
    And its "/interval" is an integer "3600"
    And service "zato.notif.sql.get-by-name" answers with "{"name": "features orders"}"
    And its "/service_name" is "features.notified"
    And service "zato.notif.sql.get-list" answers with "{"cluster_id": 1, "query": "features orders"}"
    And its "/0/notif_type" is "sql"
    And service "zato.notif.sql.edit" answers with "{"id": #{id}, "query": "SELECT id FROM missing_table"}"
    When service "zato.notif.sql.run" is invoked with "{"id": #{id}}"
    Then status is "400"
    And path "/zato_env/details" contains "no such table"
    And service "zato.notif.sql.delete" answers with "{"id": #{id}}"
    And service "zato.outgoing.sql.delete" answers with "{"id": #{connection}}"

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.notif.sql.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service     | request           | status | details                                    |
      | create      | {"name": "x"}     | 400    | Input field `def_id` is required           |
      | edit        | {"id": 0}         | 404    | no SQL notification with ID 0              |
      | delete      | {"id": 0}         | 404    | no SQL notification with ID 0              |
      | get-list    | {"cur_page": "x"} | 400    | Input field `cur_page`                     |
      | get-by-id   | {"id": 0}         | 404    | no SQL notification with ID 0              |
      | get-by-name | {"name": "none"}  | 404    | no SQL notification with name `none`       |
      | run         | {"id": 0}         | 404    | no SQL notification with ID 0              |
