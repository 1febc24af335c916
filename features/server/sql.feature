Feature: Outgoing SQL connections

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: The life of a connection
    When service "zato.outgoing.sql.create" is invoked
      """
      {"name": "features sqlite", "engine": "sqlite", "db_name": "features-sql.db", "password": "top-secret"}
      """
    Then status is "200"
    And I store its "/id" under "id"
    And service "zato.outgoing.sql.ping" answers with "{"id": #{id}}"
    And its "/is_success" is True
    When service "zato.outgoing.sql.execute" is invoked
      """
      {"id": #{id}, "statement": "CREATE TABLE IF NOT EXISTS c (id INTEGER PRIMARY KEY, name TEXT)"}
      """
    Then status is "200"
    When service "zato.outgoing.sql.execute" is invoked
      """
      {"id": #{id}, "statement": "INSERT OR REPLACE INTO c VALUES (:id, :name)",
       "params": [{"id": 1, "name": "Maria"}, {"id": 2, "name": "'; DROP TABLE c; --"}]}
      """
    Then its "/row_count" is an integer "2"
    When service "zato.outgoing.sql.execute" is invoked
      """
      {"id": #{id}, "statement": "SELECT * FROM c WHERE id > :id ORDER BY id", "params": {"id": 0}, "max_rows": 1}
      """
    Then its "/rows" is JSON "[{"id": 1, "name": "Maria"}]"
    And its "/columns" is a list "id,name"
    And its "/is_truncated" is True
    And service "zato.outgoing.sql.change-password" answers with "{"id": #{id}, "password1": "another", "password2": "another"}"
    And service "zato.outgoing.sql.edit" answers with "{"id": #{id}, "name": "features sqlite 2"}"
    And service "zato.outgoing.sql.get-by-id" answers with "{"id": #{id}}"
    And its "/name" is "features sqlite 2"
    And its "/password" does not exist
    And response text does not contain "another"
    And service "zato.outgoing.sql.get-by-name" answers with "{"name": "features sqlite 2"}"
    And service "zato.outgoing.sql.get-list" answers with "{"query": "features sqlite"}"
    And its "/0/engine" is "sqlite"
    And service "zato.outgoing.sql.delete" answers with "{"id": #{id}}"
    When service "zato.outgoing.sql.ping" is invoked with "{"name": "features sqlite 2"}"
    Then status is "404"

  Scenario: A database that is away
    When service "zato.outgoing.sql.create" is invoked
      """
      {"name": "features away", "engine": "postgresql", "host": "127.0.0.1", "port": 1, "db_name": "x",
       "username": "me", "password": "top-secret", "timeout": 2}
      """
    Then I store its "/id" under "id"
    When service "zato.outgoing.sql.ping" is invoked with "{"id": #{id}}"
    Then status is "503"
    And path "/zato_env/details" contains "`features away` cannot be reached"
    And response text does not contain "top-secret"
    And service "zato.outgoing.sql.delete" answers with "{"id": #{id}}"

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.outgoing.sql.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service         | request                                           | status | details                            |
      | create          | {"name": "x", "engine": "mysql", "db_name": "x"}  | 400    | `host` is required for mysql       |
      | edit            | {"id": 0}                                         | 404    | no SQL connection with ID 0        |
      | delete          | {"id": 0}                                         | 404    | no SQL connection with ID 0        |
      | get-list        | {"engine": "oracle"}                              | 400    | `engine` must be one of            |
      | get-by-id       | {"id": 0}                                         | 404    | no SQL connection with ID 0        |
      | get-by-name     | {"name": "none"}                                  | 404    | no SQL connection with name `none` |
      | change-password | {"id": 0, "password1": "a", "password2": "b"}     | 400    | is not the same as password1       |
      | ping            | {"name": "none"}                                  | 404    | no active SQL connection `none`    |
      | execute         | {"name": "none", "statement": "SELECT 1"}         | 404    | no active SQL connection `none`    |
      | execute         | {"name": "none"}                                  | 400    | Input field `statement` is required |
