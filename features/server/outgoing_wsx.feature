Feature: Outgoing WSX connections, through which a service calls another server

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: The life of a connection
    When service "zato.outgoing.wsx.create" is invoked
      """
      {"name": "features wsx", "address": "ws://127.0.0.1:1/", "username": "me", "secret": "top-secret", "timeout": 2}
      """
    Then status is "200"
    And I store its "/id" under "id"
    And service "zato.outgoing.wsx.get-by-id" answers with "{"id": #{id}}"
    And its "/is_zato" is True
    And its "/secret" does not exist
    And service "zato.outgoing.wsx.change-password" answers with "{"id": #{id}, "password1": "another", "password2": "another"}"
    And service "zato.outgoing.wsx.edit" answers with "{"id": #{id}, "name": "features wsx 2"}"
    And service "zato.outgoing.wsx.get-by-name" answers with "{"name": "features wsx 2"}"
    And its "/username" is "me"
    And response text does not contain "another"
    And service "zato.outgoing.wsx.get-list" answers with "{"query": "features wsx"}"
    And its "/0/address" is "ws://127.0.0.1:1/"
    When service "zato.outgoing.wsx.ping" is invoked with "{"id": #{id}}"
    Then status is "503"
    And path "/zato_env/details" contains "`features wsx 2` is not connected"
    And service "zato.outgoing.wsx.get-status" answers with "{"id": #{id}}"
    And its "/is_connected" is False
    And its "/connections/0/subscriptions" is JSON "{}"
    And service "zato.outgoing.wsx.delete" answers with "{"id": #{id}}"
    When service "zato.outgoing.wsx.ping" is invoked with "{"name": "features wsx 2"}"
    Then status is "404"

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.outgoing.wsx.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service         | request                                        | status | details                                            |
      | create          | {"name": "x", "address": "http://example.com"} | 400    | must be an address such as wss://                  |
      | edit            | {"id": 0}                                      | 404    | no outgoing WSX connection with ID 0               |
      | delete          | {"id": 0}                                      | 404    | no outgoing WSX connection with ID 0               |
      | get-list        | {"cur_page": "x"}                              | 400    | `cur_page` must be                                 |
      | get-by-id       | {"id": 0}                                      | 404    | no outgoing WSX connection with ID 0               |
      | get-by-name     | {"name": "none"}                               | 404    | no outgoing WSX connection with name `none`        |
      | change-password | {"id": 0, "password1": "a", "password2": "b"}  | 400    | is not the same as password1                       |
      | ping            | {"name": "none"}                               | 404    | no active outgoing WSX connection `none`           |
      | get-status      | {"id": 0}                                      | 404    | no outgoing WSX connection with ID 0               |

  Scenario: The life of a connection, by the names that clients of Zato have for its services
    When service "zato.generic.connection.create" is invoked
      """
      {"cluster_id": 1, "type_": "outconn-wsx", "name": "features generic", "address": "ws://127.0.0.1:1/",
       "is_zato": true, "is_outconn": true, "has_auto_reconnect": true, "security_name": "ZATO_NONE", "timeout": 2}
      """
    Then status is "200"
    And I store its "/id" under "id"
    And service "zato.generic.connection.get-list" answers with "{"type_": "outconn-wsx", "query": "generic"}"
    And its "/0/address" is "ws://127.0.0.1:1/"
    And its "/0/type_" is "outconn-wsx"
    And service "zato.generic.connection.edit" answers with "{"id": #{id}, "name": "features generic 2"}"
    And service "zato.generic.connection.change-password" answers with "{"id": #{id}, "password1": "a", "password2": "a"}"
    And service "zato.outgoing.wsx.get-by-id" answers with "{"id": #{id}}"
    And its "/name" is "features generic 2"
    When service "zato.generic.connection.ping" is invoked with "{"id": #{id}}"
    Then status is "503"
    And path "/zato_env/details" contains "`features generic 2` is not connected"
    And service "zato.generic.connection.delete" answers with "{"id": #{id}}"

  Scenario Outline: By these names it is refused as well: <service> with <request>
    When service "zato.generic.connection.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service         | request                                                | status | details                              |
      | create          | {"type_": "none", "name": "x", "address": "ws://x"}    | 400    | `type_` must be one of               |
      | edit            | {"id": 0}                                              | 404    | There is no connection with ID 0     |
      | delete          | {"id": 0}                                              | 404    | There is no connection with ID 0     |
      | get-list        | {"type_": "outconn-sap"}                               | 400    | `type_` must be one of               |
      | change-password | {"id": 0, "password1": "a", "password2": "b"}          | 404    | There is no connection with ID 0     |
      | ping            | {"id": 0}                                              | 404    | There is no connection with ID 0     |
