Feature: Redirects

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: They are followed
    Given URL path "/redirect/3"
    When the URL is invoked
    Then status is "200"
    And path "/path" is "/echo"
    And response URL is "${APITEST_SERVER}/echo"

  Scenario: Unless that is not wanted
    Given URL path "/redirect/3"
    And redirects are not followed
    When the URL is invoked
    Then status is "302"
    And header "Location" is "/redirect/2"

    Given redirects are followed
    When the URL is invoked
    Then status is "200"

  Scenario Outline: After <status>, a POST is a <method>
    Given URL path "/redirect-to"
    And query string "?url=/echo&status=<status>"
    And REST method "POST"
    And request is "{"a": 1}"
    When the URL is invoked
    Then path "/method" is "<method>"

    Examples:
      | status | method |
      | 302    | GET    |
      | 303    | GET    |
      | 307    | POST   |
      | 308    | POST   |

  Scenario: A token is not told to another server
    Given URL path "/redirect-to"
    And query parameter "url" is "${FAULTY_SERVER}/echo"
    And bearer token "secret-token"
    When the URL is invoked
    Then response URL is "${FAULTY_SERVER}/echo"
    And path "/headers/authorization" does not exist

  Scenario: Unless the test says so
    Given URL path "/redirect-to"
    And query parameter "url" is "${FAULTY_SERVER}/echo"
    And bearer token "secret-token"
    And redirects to other origins keep credentials and bodies
    When the URL is invoked
    Then path "/headers/authorization" is "Bearer secret-token"

  Scenario: A page that is larger than allowed
    Given URL path "/redirect/3"
    And responses are limited to "10"
    Then this fails with "The response has a body of more than 10 bytes"
      """
      When the URL is invoked
      """

  Scenario: A server that redirects without end
    Given address "$FAULTY_SERVER"
    And URL path "/loop"
    Then this fails with "The server redirects endlessly: 30 redirects were followed"
      """
      When the URL is invoked
      """

  Scenario: A redirect to nowhere
    Given URL path "/redirect-to"
    And query parameter "url" is "ftp://localhost/file"
    Then this fails with "The server redirects to a URL that cannot be requested"
      """
      When the URL is invoked
      """
