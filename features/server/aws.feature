Feature: Requests that are signed as Amazon Web Services want it

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: A connection signs what it sends
    Given I store "$FAULTY_SERVER" under "host"
    When service "zato.security.aws.create" is invoked
      """
      {"name": "features aws", "username": "AKIDEXAMPLE", "service": "sqs"}
      """
    Then status is "200"
    And I store its "/id" under "aws"
    And service "zato.security.aws.change-password" answers with "{"id": #{aws}, "password1": "features-key", "password2": "features-key"}"
    And service "zato.security.aws.edit" answers with "{"id": #{aws}, "region": "eu-west-1"}"
    And service "zato.security.aws.get-by-id" answers with "{"id": #{aws}}"
    And its "/password" does not exist
    And service "zato.security.aws.get-by-name" answers with "{"name": "features aws"}"
    And its "/region" is "eu-west-1"
    And service "zato.security.aws.get-list" answers with "{"query": "features aws"}"
    And its "/0/username" is "AKIDEXAMPLE"
    When service "zato.http-soap.create" is invoked
      """
      {"name": "features aws", "connection": "outgoing", "transport": "plain_http", "host": "#{host}", "security_id": #{aws}}
      """
    Then status is "200"
    And I store its "/id" under "out"
    And service "zato.http-soap.ping" answers with "{"id": #{out}}"
    And its "/is_success" is true
    And service "zato.http-soap.delete" answers with "{"id": #{out}}"
    And service "zato.security.aws.delete" answers with "{"id": #{aws}}"

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.security.aws.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service         | request                                           | status | details                               |
      | create          | {"name": "x", "username": "x", "region": "a/b"}   | 400    | `region` must be letters, digits      |
      | edit            | {"id": 0}                                         | 404    | no AWS definition with ID 0           |
      | delete          | {"id": 0}                                         | 404    | no AWS definition with ID 0           |
      | get-list        | {"cur_page": 0}                                   | 400    | `cur_page` must be from 1             |
      | get-by-id       | {"id": 0}                                         | 404    | no AWS definition with ID 0           |
      | get-by-name     | {"name": "none"}                                  | 404    | no AWS definition with name `none`    |
      | change-password | {"id": 1, "password1": "a", "password2": "b"}     | 400    | is not the same as password1          |
