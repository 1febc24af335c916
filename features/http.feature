Feature: HTTP requests

  # /echo says back what came in.
  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  # Nothing is there, and the server does not tell that to somebody who has not signed in.
  Scenario: The least that a request needs
    When the URL is invoked
    Then status is "401"

  Scenario: Address, path and query string make the URL
    Given URL path "/echo/a b/ż"
    And query string "?id=123&lang=en"
    When the URL is invoked
    Then status is "200"
    And path "/path" is "/echo/a b/ż"
    And path "/query" is JSON "{"id": ["123"], "lang": ["en"]}"

  Scenario: A query string without its question mark
    Given URL path "/echo"
    And query string "id=123"
    When the URL is invoked
    Then path "/query_string" is "id=123"

  Scenario: Query parameters are encoded
    Given URL path "/echo"
    And query parameter "name" is "Maria José & Co."
    And query parameters
      | name | value |
      | lang | en    |
      | lang | pl    |
      | city | @city |
    When the URL is invoked
    Then path "/query" is JSON "{"name": ["Maria José & Co."], "lang": ["en", "pl"], "city": ["Tallinn"]}"

  Scenario Outline: <method>
    Given URL path "/echo"
    And REST method "<method>"
    When the URL is invoked
    Then status is "200"
    And path "/method" is "<method>"

    Examples:
      | method  |
      | GET     |
      | POST    |
      | PUT     |
      | PATCH   |
      | DELETE  |
      | OPTIONS |

  Scenario: A HEAD request has headers and nothing else
    Given URL path "/echo"
    And REST method "HEAD"
    When the URL is invoked
    Then status is "200"
    And header "Content-Type" exists
    And response is empty

  Scenario: A method is GET where nothing is said
    Given URL path "/echo"
    When the URL is invoked
    Then path "/method" is "GET"

  Scenario: Requests have headers
    Given URL path "/echo"
    And header "X-Request-ID" "abc-123"
    And header "X-City" "Kraków"
    And headers
      | name     | value |
      | X-Tenant | acme  |
      | X-City   | @city |
    And user agent is "Our Client 1.0"
    When the URL is invoked
    Then path "/headers/x-request-id" is "abc-123"
    And path "/headers/x-tenant" is "acme"
    And path "/headers/x-city" is "Tallinn"
    And path "/user_agent" is "Our Client 1.0"

  Scenario: apitest says who it is
    Given URL path "/echo"
    When the URL is invoked
    Then path "/user_agent" starts with "apitest/"

  Scenario: Text as it is, with an answer in JSON
    Given URL path "/echo"
    And REST method "POST"
    And request format "RAW"
    And response format "JSON"
    And header "Content-Type" "text/plain; charset=utf-8"
    And request is "Zażółć gęślą jaźń"
    When the URL is invoked
    Then path "/text" is "Zażółć gęślą jaźń"
    And path "/content_type" is "text/plain; charset=utf-8"

  Scenario: Text from a file
    Given URL path "/echo"
    And REST method "POST"
    And request format "RAW"
    And response format "JSON"
    And header "Content-Type" "text/plain"
    And request "order.txt"
    When the URL is invoked
    Then path "/text" is "One order, please."

  Scenario: A slow answer is waited for
    Given URL path "/slow/100"
    And timeout is "10"
    When the URL is invoked
    Then status is "200"
    And path "/ms" is an integer "100"

  Scenario: But not for ever
    Given address "$FAULTY_SERVER"
    And URL path "/silent"
    And timeout is "0.1"
    Then this is refused with "No complete answer within 0.1 s"
      """
      When the URL is invoked
      """

  Scenario Outline: It is refused: <sentence>
    Then this is refused with "<message>"
      """
      Given <sentence>
      """

    Examples:
      | sentence               | message                                                   |
      | REST method "GET /"    | "GET /" is not an HTTP method                                 |
      | format "YAML"          | Unknown format "YAML" fix: Write JSON, XML, RAW, FORM |
      | request format "JASON" | Unknown format "JASON"                                |
      | timeout is "soon"      | "soon" is not a number                                       |
      | timeout is "0"         | The timeout must be above 0 seconds                     |
      | headers                | This step needs a table of names and values               |
      | request is             | This step needs a doc string                              |

  Scenario: A table with other columns
    Then this is refused with "cannot have the columns header, value, remark"
      """
      Given headers
        | header | value | remark |
        | X-A    | b     | c      |
      """
