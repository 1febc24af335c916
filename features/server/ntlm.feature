Feature: NTLM of outgoing connections

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  @ntlm
  Scenario: A connection signs in
    Given I store "$APITEST_NTLM_ADDRESS" under "host"
    And I store "$APITEST_NTLM_PASSWORD" under "password"
    When service "zato.security.ntlm.create" is invoked
      """
      {"name": "features ntlm", "username": "maria"}
      """
    Then status is "200"
    And I store its "/id" under "ntlm"
    And service "zato.security.ntlm.change-password" answers with "{"id": #{ntlm}, "password1": "#{password}", "password2": "#{password}"}"
    When service "zato.security.ntlm.edit" is invoked
      """
      {"id": #{ntlm}, "username": "APITEST\\maria"}
      """
    Then status is "200"
    And service "zato.security.ntlm.get-by-id" answers with "{"id": #{ntlm}}"
    And its "/password" does not exist
    And service "zato.security.ntlm.get-by-name" answers with "{"name": "features ntlm"}"
    And its "/username" ends with "maria"
    And service "zato.security.ntlm.get-list" answers with "{"query": "features ntlm"}"
    And its "/0/is_active" is true
    When service "zato.http-soap.create" is invoked
      """
      {"name": "features ntlm", "connection": "outgoing", "transport": "plain_http", "host": "#{host}/private/price.txt",
       "security_id": #{ntlm}}
      """
    Then status is "200"
    And I store its "/id" under "out"
    And service "zato.http-soap.ping" answers with "{"id": #{out}}"
    And its "/status_code" is an integer "200"
    And service "zato.http-soap.delete" answers with "{"id": #{out}}"
    And service "zato.security.ntlm.delete" answers with "{"id": #{ntlm}}"

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.security.ntlm.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service         | request                                         | status | details                               |
      | create          | {"name": "x"}                                   | 400    | `username`                            |
      | edit            | {"id": 0}                                       | 404    | no NTLM definition with ID 0          |
      | delete          | {"id": 0}                                       | 404    | no NTLM definition with ID 0          |
      | get-list        | {"cur_page": 0}                                 | 400    | `cur_page` must be from 1             |
      | get-by-id       | {"id": 0}                                       | 404    | no NTLM definition with ID 0          |
      | get-by-name     | {"name": "none"}                                | 404    | no NTLM definition with name `none`   |
      | change-password | {"id": 1, "password1": "a", "password2": "b"}   | 400    | is not the same as password1          |
