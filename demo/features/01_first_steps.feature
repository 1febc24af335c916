# Start here. A feature is a file of scenarios, a scenario a list of steps, and each step is a sentence.
# All sentences are in `apitest steps`; `apitest steps header` shows those that have to do with headers.

Feature: First steps

  # Sentences may stand for many requests: the address, like all that is said here, holds until something else is said.
  Background:
    Given address "@address"

  Scenario: A request, and what comes back
    Given URL path "/demo/json"

    When the URL is invoked

    Then status is "200"
    And header "Content-Type" starts with "application/json"

    # A path leads to a value in the response, by names and, in lists, by numbers that start with 0.
    And path "/foo" is "MyValue"
    And path "/float" is a float "3.7"
    And path "/list/0" is "a"
    And path "/action/flow" is a list "Ack,Done"
    And path "/action/code-empty" is empty

  Scenario: A request with JSON of one's own
    Given URL path "/echo"
    And REST method "POST"
    And header "X-Request-ID" "abc-123"
    And request is
      """
      {"customer": {"name": "Maria", "visits": 17, "tags": ["new", "vip"]}}
      """

    When the URL is invoked

    # /echo says back what came in. A table checks many paths in one step, and tells all that differ.
    Then status is "200"
    And paths are
      | path                   | check         | value   |
      | /method                | is            | POST    |
      | /headers/x-request-id  | is            | abc-123 |
      | /json/customer/name    | starts with   | Mar     |
      | /json/customer/visits  | is an integer | 17      |
      | /json/customer/tags    | has length    | 2       |
      | /json/customer/blocked | does not exist |        |

  # The steps run once for each line of the examples.
  Scenario Outline: Status <status> is what it is
    Given URL path "/status/<status>"
    And REST method "GET"

    When the URL is invoked

    Then status is "<status>"

    Examples:
      | status |
      | 200    |
      | 404    |
      | 503    |
