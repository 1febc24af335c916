Feature: The life of a request

  # /echo says back what came in.
  Background:
    Given address "$APITEST_SERVER"

  Scenario: What describes one request is gone once it was sent
    Given URL path "/echo"
    And query string "a=1"
    And query parameter "b" is "2"
    And REST method "POST"
    And header "X-Test" "first"
    And Basic Auth "maria" "secret word"
    And request is "{"n": 1}"
    When the URL is invoked
    Then path "/method" is "POST"
    And path "/query_string" is "a=1&b=2"
    And path "/headers/x-test" is "first"

    Given URL path "/echo"
    When the URL is invoked
    Then path "/method" is "GET"
    And path "/query_string" is ""
    And path "/text" is ""
    And path "/headers/x-test" does not exist
    And path "/headers/authorization" exists

  Scenario: The next scenario knows nothing of it
    Given URL path "/echo"
    When the URL is invoked
    Then path "/headers/authorization" does not exist

  Scenario: The same request again
    Given URL path "/echo"
    And REST method "PUT"
    And request is "{"n": 1}"
    When the URL is invoked
    And the URL is invoked
    Then path "/method" is "PUT"
    And path "/json" is JSON "{"n": 1}"
    Given Basic Auth "maria" "secret word"
    When the URL is invoked
    Then path "/method" is "PUT"
    And path "/headers/authorization" exists

  Scenario: A form is gone, too
    Given URL path "/echo"
    And REST method "POST"
    And form field "a" is "1"
    When the URL is invoked
    Then path "/size" is an integer "3"
    Given URL path "/echo"
    And REST method "POST"
    And request is "{}"
    When the URL is invoked
    Then path "/headers/content-type" is "application/json"
    And path "/text" is "{}"

  Scenario: A check needs a response of this scenario
    Then this fails with "this scenario has not sent a request fix: Put this line before the check: When the URL is invoked"
      """
      Then status is "200"
      """

  Scenario Outline: A check needs a response to the request as it is: <sentence>
    Given URL path "/echo"
    When the URL is invoked
    Then status is "200"
    And this fails with "changed after it was sent"
      """
      Given <sentence>
      Then status is "200"
      """

    Examples:
      | sentence                  |
      | address "http://other"    |
      | URL path "/other"         |
      | REST method "PUT"         |
      | header "A" "b"            |
      | request is "{}"           |
      | form field "a" is "1"     |
      | Basic Auth "a" "b"        |
      | timeout is "5"            |
      | request is cleaned up     |

  Scenario: Variables and namespaces do not change a request
    Given URL path "/echo"
    When the URL is invoked
    Given I store "x" under "name"
    And namespace prefix "a" of "urn:a"
    Then status is "200"

  Scenario: A whole URL
    Given address "http://nobody.example"
    And URL "${APITEST_SERVER}/echo/order?id=7"
    And query parameter "lang" is "en"
    When the URL is invoked
    Then path "/path" is "/echo/order"
    And path "/query_string" is "id=7&lang=en"

    Given URL "detail"
    When the URL is invoked
    Then path "/path" is "/echo/detail"

  Scenario: What was said is unsaid
    Given URL path "/echo"
    And REST method "POST"
    And header "X-Test" "a"
    And query parameter "a" is "1"
    And query parameter "b" is "2"
    And request is "{}"
    And header "x-test" is not sent
    And header "User-Agent" is not sent
    And query parameter "a" is not sent
    And request body is not sent
    When the URL is invoked
    Then path "/method" is "POST"
    And path "/headers/x-test" does not exist
    And path "/headers/user-agent" does not exist
    And path "/query_string" is "b=2"
    And path "/text" is ""

  Scenario: A request is cleaned up, and variables stay
    Given I store "kept" under "name"
    And URL path "/nowhere"
    And REST method "POST"
    And header "X-Test" "a"
    And request is "{}"
    And request is cleaned up
    And URL path "/echo/#{name}"
    When the URL is invoked
    Then path "/method" is "GET"
    And path "/path" is "/echo/kept"
    And path "/headers/x-test" does not exist
    And path "/text" is ""
