Feature: Outgoing LDAP connections

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  @ldap
  Scenario: Services use the entries of a directory
    Given the services of "directory.py" are deployed
    And I store "$APITEST_LDAP_PORT" under "port"
    And I store "$APITEST_LDAP_BASE" under "base"
    And I store "$APITEST_LDAP_ADMIN" under "admin"
    And I store "$APITEST_LDAP_ADMIN_PASSWORD" under "admin_password"
    And I store "$APITEST_LDAP_USER" under "user"
    And I store "$APITEST_LDAP_PASSWORD" under "password"
    When service "zato.generic.connection.create" is invoked
      """
      {"cluster_id": 1, "type_": "outconn-ldap", "name": "features ldap", "is_active": true, "is_outconn": true,
       "server_list": "127.0.0.1:#{port}", "username": "#{admin}", "auth_type": "SIMPLE", "auto_bind": "DEFAULT",
       "get_info": "SCHEMA", "pool_size": 2, "pool_ha_strategy": "ROUND_ROBIN", "tls_validate": "CERT_REQUIRED"}
      """
    Then status is "200"
    And I store its "/id" under "id"
    When service "zato.outgoing.ldap.ping" is invoked with "{"id": #{id}}"
    Then status is "503"
    And path "/zato_env/details" contains "refuses to log in"
    And service "zato.outgoing.ldap.change-password" answers with "{"id": #{id}, "password1": "#{admin_password}", "password2": "#{admin_password}"}"
    And service "zato.outgoing.ldap.ping" answers with "{"id": #{id}}"
    And its "/is_success" is True
    When service "features.ldap" is invoked
      """
      {"connection": "features ldap", "base": "#{base}", "user": "#{user}", "password": "#{password}"}
      """
    Then status is "200"
    And its "/dn" is "uid=maria,#{base}"
    And its "/mail" is JSON "["maria@example.com"]"
    And its "/surname" is "Kowalska"
    And its "/left" is an integer "0"
    And its "/is_let_in" is True
    And service "zato.outgoing.ldap.edit" answers with "{"id": #{id}, "is_read_only": true}"
    When service "features.ldap" is invoked
      """
      {"connection": "features ldap", "base": "#{base}", "user": "#{user}", "password": "#{password}"}
      """
    Then status is "400"
    And path "/zato_env/details" contains "connection is read-only"
    And service "zato.outgoing.ldap.get-by-id" answers with "{"id": #{id}}"
    And its "/password" does not exist
    And response text does not contain "$APITEST_LDAP_ADMIN_PASSWORD"
    And service "zato.outgoing.ldap.get-by-name" answers with "{"name": "features ldap"}"
    And service "zato.outgoing.ldap.get-list" answers with "{"cluster_id": 1, "query": "features ldap"}"
    And its "/0/username" is "$APITEST_LDAP_ADMIN"
    And service "zato.generic.connection.get-list" answers with "{"type_": "outconn-ldap", "query": "features ldap"}"
    And its "/0/tls_validate" is "CERT_REQUIRED"
    And service "zato.generic.connection.ping" answers with "{"id": #{id}}"
    And service "zato.outgoing.ldap.delete" answers with "{"id": #{id}}"
    When service "features.ldap" is invoked with "{"connection": "features ldap", "base": "x"}"
    Then status is "500"

  Scenario: Nobody has to be there for a connection to be defined
    When service "zato.outgoing.ldap.create" is invoked with "{"name": "features nobody", "server_list": "127.0.0.1:1"}"
    Then status is "200"
    And I store its "/id" under "id"
    When service "zato.outgoing.ldap.ping" is invoked with "{"id": #{id}}"
    Then status is "503"
    And path "/zato_env/details" contains "cannot be reached at 127.0.0.1:1"
    And service "zato.generic.connection.delete" answers with "{"id": #{id}}"

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.outgoing.ldap.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service         | request                                       | status | details                              |
      | create          | {"name": "x", "server_list": "http://h"}      | 400    | `server_list` must have lines such as |
      | edit            | {"id": 0}                                     | 404    | no LDAP connection with ID 0         |
      | delete          | {"id": 0}                                     | 404    | no LDAP connection with ID 0         |
      | get-list        | {"cur_page": "x"}                             | 400    | Input field `cur_page`               |
      | get-by-id       | {"id": 0}                                     | 404    | no LDAP connection with ID 0         |
      | get-by-name     | {"name": "none"}                              | 404    | no LDAP connection with name `none`  |
      | change-password | {"id": 0, "password1": "a", "password2": "b"} | 400    | is not the same as password1         |
      | ping            | {"name": "none"}                              | 404    | no active LDAP connection `none`     |
