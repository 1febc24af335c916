Feature: Outgoing connections to Odoo

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: Services use the records of a database
    Given the services of "erp.py" are deployed
    And I store "$APITEST_ODOO_PORT" under "port"
    And I store "$APITEST_ODOO_PASSWORD" under "password"
    When service "zato.outgoing.odoo.create" is invoked
      """
      {"cluster_id": 1, "name": "features", "is_active": true, "host": "127.0.0.1", "port": #{port}, "database": "shop",
       "user": "maria@example.com", "protocol": "xmlrpc", "pool_size": 1}
      """
    Then status is "200"
    And I store its "/id" under "id"
    When service "zato.outgoing.odoo.ping" is invoked with "{"id": #{id}}"
    Then status is "503"
    And path "/zato_env/details" contains "refuses to log in: wrong password"
    And service "zato.outgoing.odoo.change-password" answers with "{"id": #{id}, "password1": "#{password}", "password2": "#{password}"}"
    And service "zato.outgoing.odoo.edit" answers with "{"id": #{id}, "name": "features Odoo"}"
    And service "zato.outgoing.odoo.ping" answers with "{"id": #{id}}"
    And its "/is_success" is True
    And service "features.odoo" answers with "{}"
    And its "/found/0/name" is "Maria"
    And its "/found/0/email" is "maria@example.com"
    And its "/left" is an integer "0"
    And service "zato.outgoing.odoo.get-by-id" answers with "{"id": #{id}}"
    And its "/database" is "shop"
    And its "/password" does not exist
    And response text does not contain "$APITEST_ODOO_PASSWORD"
    And service "zato.outgoing.odoo.get-by-name" answers with "{"name": "features Odoo"}"
    And service "zato.outgoing.odoo.get-list" answers with "{"cluster_id": 1, "query": "features Odoo"}"
    And its "/0/user" is "maria@example.com"
    And service "zato.outgoing.odoo.delete" answers with "{"id": #{id}}"
    When service "features.odoo" is invoked with "{}"
    Then status is "500"

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.outgoing.odoo.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service         | request                                                                  | status | details                             |
      | create          | {"name": "x", "host": "h", "database": "d"}                              | 400    | Input field `user` is required      |
      | create          | {"name": "x", "host": "http://h", "database": "d", "user": "u"}          | 400    | `host` must be the name of a host   |
      | edit            | {"id": 0}                                                                | 404    | no Odoo connection with ID 0        |
      | delete          | {"id": 0}                                                                | 404    | no Odoo connection with ID 0        |
      | get-list        | {"cur_page": "x"}                                                        | 400    | Input field `cur_page`              |
      | get-by-id       | {"id": 0}                                                                | 404    | no Odoo connection with ID 0        |
      | get-by-name     | {"name": "none"}                                                         | 404    | no Odoo connection with name `none` |
      | change-password | {"id": 0, "password1": "a", "password2": "b"}                            | 400    | is not the same as password1        |
      | ping            | {"name": "none"}                                                         | 404    | no active Odoo connection `none`    |
