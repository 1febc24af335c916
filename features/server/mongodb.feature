Feature: Outgoing MongoDB connections

  Services use documents. The server asks who they are, as MongoDB does.

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  @mongodb
  Scenario: Services use the documents of a database
    Given the services of "documents.py" are deployed
    And I store "$APITEST_MONGODB_PORT" under "port"
    And I store "$APITEST_MONGODB_TLS_PORT" under "tls_port"
    And I store "$APITEST_MONGODB_USER" under "user"
    And I store "$APITEST_MONGODB_PASSWORD" under "password"
    When service "zato.generic.connection.create" is invoked
      """
      {"cluster_id": 1, "type_": "outconn-mongodb", "name": "features mongodb", "is_active": true, "is_outconn": true,
       "server_list": "127.0.0.1:#{port}", "username": "#{user}", "auth_source": "admin", "pool_size_max": 3,
       "connect_timeout": 10, "socket_timeout": 30, "is_tz_aware": true, "read_pref_type": "primary",
       "tls_validate": "CERT_REQUIRED"}
      """
    Then status is "200"
    And I store its "/id" under "id"
    When service "zato.outgoing.mongodb.ping" is invoked with "{"id": #{id}}"
    Then status is "503"
    And path "/zato_env/details" contains "no password yet"
    And service "zato.outgoing.mongodb.change-password" answers with "{"id": #{id}, "password1": "wrong", "password2": "wrong"}"
    When service "zato.outgoing.mongodb.ping" is invoked with "{"id": #{id}}"
    Then status is "503"
    And path "/zato_env/details" contains "refuses to log in: Authentication failed"
    And service "zato.outgoing.mongodb.change-password" answers with "{"id": #{id}, "password1": "#{password}", "password2": "#{password}"}"
    And service "zato.outgoing.mongodb.ping" answers with "{"id": #{id}}"
    And its "/is_success" is True
    When service "features.mongodb" is invoked with "{"connection": "features mongodb", "articles": ["tea", "coffee"]}"
    Then status is "200"
    And its "/found" is JSON "{"_id": 0, "article": "tea", "price": 3}"
    And its "/count" is an integer "2"
    And its "/names" is JSON "["coffee", "tea"]"
    When service "features.mongodb" is invoked with "{"connection": "features mongodb", "articles": ["tea"], "twice": true}"
    Then status is "409"
    And path "/zato_env/details" contains "`features mongodb` has such a document already"
    # Over TLS, with a certificate that says who calls
    When service "zato.outgoing.mongodb.edit" is invoked
      """
      {"id": #{id}, "name": "features mongodb 2", "server_list": "127.0.0.1:#{tls_port}", "is_tls_enabled": true,
       "ca_certs": "${APITEST_MONGODB_AUTHORITY}", "tls_cert_file": "${APITEST_MONGODB_CERTIFICATE}"}
      """
    Then status is "200"
    And service "zato.generic.connection.ping" answers with "{"id": #{id}}"
    When service "features.mongodb" is invoked with "{"connection": "features mongodb 2", "articles": ["tea"]}"
    Then status is "200"
    And service "zato.outgoing.mongodb.get-by-id" answers with "{"id": #{id}}"
    And its "/password" does not exist
    And response text does not contain "$APITEST_MONGODB_PASSWORD"
    And service "zato.outgoing.mongodb.get-by-name" answers with "{"name": "features mongodb 2"}"
    And service "zato.outgoing.mongodb.get-list" answers with "{"cluster_id": 1, "query": "features mongodb"}"
    And its "/0/username" is "$APITEST_MONGODB_USER"
    And service "zato.generic.connection.get-list" answers with "{"type_": "outconn-mongodb", "query": "features mongodb"}"
    And its "/0/tls_validate" is "CERT_REQUIRED"
    And service "zato.outgoing.mongodb.delete" answers with "{"id": #{id}}"
    When service "features.mongodb" is invoked with "{"connection": "features mongodb 2", "articles": []}"
    Then status is "500"

  Scenario: Nobody has to be there for a connection to be defined
    When service "zato.outgoing.mongodb.create" is invoked with "{"name": "features no mongodb", "server_list": "127.0.0.1:1"}"
    Then status is "200"
    And I store its "/id" under "id"
    When service "zato.outgoing.mongodb.ping" is invoked with "{"id": #{id}}"
    Then status is "503"
    And path "/zato_env/details" contains "cannot be reached at 127.0.0.1:1: Connection refused"
    And service "zato.generic.connection.delete" answers with "{"id": #{id}}"

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.outgoing.mongodb.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service         | request                                       | status | details                                 |
      | create          | {"name": "x", "server_list": "http://h"}      | 400    | `server_list` must have lines such as   |
      | create          | {"name": "x"}                                 | 400    | `server_list` is required               |
      | edit            | {"id": 0}                                     | 404    | no MongoDB connection with ID 0         |
      | delete          | {"id": 0}                                     | 404    | no MongoDB connection with ID 0         |
      | get-list        | {"cur_page": "x"}                             | 400    | Input field `cur_page`                  |
      | get-by-id       | {"id": 0}                                     | 404    | no MongoDB connection with ID 0         |
      | get-by-name     | {"name": "none"}                              | 404    | no MongoDB connection with name `none`  |
      | change-password | {"id": 0, "password1": "a", "password2": "b"} | 400    | is not the same as password1            |
      | ping            | {"name": "none"}                              | 404    | no active MongoDB connection `none`     |
