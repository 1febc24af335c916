Feature: Cassandra, for services

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  @cassandra
  Scenario: A service runs statements and prepared queries
    Given the services of "cassandra.py" are deployed
    And I store "$APITEST_CASSANDRA_PORT" under "port"
    And I store "$APITEST_CASSANDRA_USERNAME" under "user"
    And I store "$APITEST_CASSANDRA_PASSWORD" under "password"
    When service "zato.definition.cassandra.create" is invoked
      """
      {"cluster_id": 1, "name": "features CRM", "is_active": true, "contact_points": "127.0.0.1", "port": #{port},
       "exec_size": 2, "proto_version": 4, "cql_version": "", "default_keyspace": "", "username": "#{user}"}
      """
    Then status is "200"
    And I store its "/id" under "definition"
    When service "zato.definition.cassandra.ping" is invoked with "{"id": #{definition}}"
    Then status is "503"
    And path "/zato_env/details" contains "refuses the user name or the password"
    And service "zato.definition.cassandra.change-password" answers with "{"id": #{definition}, "password1": "#{password}", "password2": "#{password}"}"
    And service "zato.definition.cassandra.ping" answers with "{"id": #{definition}}"
    And its "/is_success" is True

    When service "zato.query.cassandra.create" is invoked
      """
      {"cluster_id": 1, "name": "features orders", "is_active": true, "def_id": #{definition},
       "value": "SELECT * FROM features.nothing WHERE customer = :customer"}
      """
    Then status is "200"
    And I store its "/id" under "query"
    When service "features.cassandra" is invoked with "{"connection": "features CRM", "query": "features orders"}"
    Then status is "500"
    And service "zato.query.cassandra.edit" answers with "{"id": #{query}, "value": "SELECT * FROM features.orders WHERE customer = :customer"}"
    And service "features.cassandra" answers with "{"connection": "features CRM", "query": "features orders"}"
    And its "/customer" is "maria"
    And its "/day" is "2026-11-27"
    And its "/tags/0" is "gift"
    And its "/others" is an empty list
    And service "zato.query.cassandra.get-list" answers with "{"cluster_id": 1, "query": "features"}"
    And its "/0/def_name" is "features CRM"
    And service "zato.query.cassandra.get-by-id" answers with "{"id": #{query}}"
    And its "/value" is "SELECT * FROM features.orders WHERE customer = :customer"
    And service "zato.query.cassandra.get-by-name" answers with "{"name": "features orders"}"

    # What uses a connection follows it
    And service "zato.definition.cassandra.edit" answers with "{"id": #{definition}, "name": "features CRM 2", "port": 1}"
    When service "zato.definition.cassandra.ping" is invoked with "{"name": "features CRM 2"}"
    Then status is "503"
    And path "/zato_env/details" contains "cannot be reached: Connection refused"
    And service "zato.definition.cassandra.edit" answers with "{"id": #{definition}, "port": #{port}}"
    And service "features.cassandra" answers with "{"connection": "features CRM 2", "query": "features orders"}"
    And service "zato.definition.cassandra.get-by-id" answers with "{"id": #{definition}}"
    And its "/contact_points" is "127.0.0.1"
    And its "/password" does not exist
    And service "zato.definition.cassandra.get-by-name" answers with "{"name": "features CRM 2"}"
    And its "/exec_size" is an integer "2"
    And service "zato.definition.cassandra.get-list" answers with "{"cluster_id": 1, "query": "features"}"
    And its "/0/username" is "$APITEST_CASSANDRA_USERNAME"
    And its "/0/password" does not exist
    When service "zato.definition.cassandra.delete" is invoked with "{"id": #{definition}}"
    Then status is "400"
    And path "/zato_env/details" contains "it is used by: features orders"
    And service "zato.query.cassandra.delete" answers with "{"id": #{query}}"
    And service "zato.definition.cassandra.delete" answers with "{"id": #{definition}}"
    When service "features.cassandra" is invoked with "{"connection": "features CRM 2", "query": "features orders"}"
    Then status is "500"

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples: Connections
      | service                              | request                                       | status | details                                   |
      | definition.cassandra.create          | {"name": "x", "contact_points": ","}          | 400    | must name at least one node               |
      | definition.cassandra.edit            | {"id": 0}                                     | 404    | no Cassandra connection with ID 0         |
      | definition.cassandra.delete          | {"id": 0}                                     | 404    | no Cassandra connection with ID 0         |
      | definition.cassandra.get-list        | {"cur_page": "x"}                             | 400    | Input field `cur_page`                    |
      | definition.cassandra.get-by-id       | {"id": 0}                                     | 404    | no Cassandra connection with ID 0         |
      | definition.cassandra.get-by-name     | {"name": "none"}                              | 404    | no Cassandra connection with name `none`  |
      | definition.cassandra.change-password | {"id": 0, "password1": "a", "password2": "b"} | 400    | is not the same as password1              |
      | definition.cassandra.ping            | {"name": "none"}                              | 404    | no active Cassandra connection `none`     |

    Examples: Queries
      | service                     | request                                   | status | details                             |
      | query.cassandra.create      | {"name": "x", "def_id": 0, "value": "x"}  | 400    | `def_id` is required                |
      | query.cassandra.edit        | {"id": 0}                                 | 404    | no Cassandra query with ID 0        |
      | query.cassandra.delete      | {"id": 0}                                 | 404    | no Cassandra query with ID 0        |
      | query.cassandra.get-list    | {"page_size": 0}                          | 400    | `page_size` must be                 |
      | query.cassandra.get-by-id   | {"id": 0}                                 | 404    | no Cassandra query with ID 0        |
      | query.cassandra.get-by-name | {"name": "none"}                          | 404    | no Cassandra query with name `none` |
