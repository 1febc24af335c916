Feature: Waiting for checks

  # /after/3/done/NAME has the state "new" for three requests, "done" afterwards.
  Background:
    Given context is cleaned up
    And address "$FAULTY_SERVER"

  Scenario: A request is sent again until a check holds
    Given URL path "/after/3/done/a"
    When the URL is invoked
    Then within "30" seconds path "/state" is "done"
    And path "/asked" is an integer "4"
    And within "30" seconds status is "200"
    And within "30" seconds each item of JSONPath "$.*" is not null
    And path "/asked" is an integer "4"

  Scenario: A table of checks is looked at as a whole
    Given URL path "/after/2/done/b"
    When the URL is invoked
    Then within "30" seconds paths are
      | path   | check         | value |
      | /state | is            | done  |
      | /asked | is an integer | 3     |

  Scenario: The number of attempts and what was seen are told
    Given URL path "/after/1000000/done/c"
    When the URL is invoked
    Then this fails with "is not the expected one, even after 0.2 seconds and"
      """
      Then within "0.2" seconds path "/state" is "done"
      """
    And this fails with "| all the time "new""
      """
      Then within "0.2" seconds path "/state" is "done"
      """

  Scenario: A wait fails early
    Given URL path "/after/2/lost/d"
    When the URL is invoked
    Then this fails with "The wait failed early, since it is one of "lost,refused", after"
      """
      Then within "30" seconds path "/state" is "done", failing early if it is one of "lost,refused"
      """
    And this fails with "The wait failed early, since status is "2xx", after 0.00 of 30 seconds and 1 attempt"
      """
      Then within "30" seconds path "/state" is "done", failing early if status is "2xx"
      """

  Scenario: Something never is so
    Given URL path "/after/3/done/e"
    When the URL is invoked
    Then never within "0.1" seconds path "/state" is "lost"
    And never within "0.1" seconds path "/error" exists
    And never within "0.1" seconds status is "5xx"
    And this fails with "of 30 seconds and"
      """
      Then never within "30" seconds path "/asked" is an integer "9"
      """
    And this fails with "The value must not be so"
      """
      Then never within "30" seconds path "/asked" is between "1" and "1000"
      """
    And this fails with "/lost does not exist"
      """
      Then never within "30" seconds path "/lost" is "x"
      """

  Scenario: A service that starts
    Given URL path "/after/0/done/f"
    When within "30" seconds the URL is invoked
    Then path "/asked" is an integer "1"

  Scenario: Connections that break are attempts
    Given URL path "/hang-up"
    Then this is refused with "closed the connection before its answer was complete, even after 0.1 seconds and"
      """
      When within "0.1" seconds the URL is invoked
      """

  Scenario: There is nothing to wait for
    Given I store "a" under "name"
    Then this is refused with "A variable keeps its value while a step waits, so there is nothing to wait for"
      """
      Then within "30" seconds variable "name" is "b"
      """
    And this fails with "There is no response yet"
      """
      Then within "30" seconds path "/state" is "done"
      """
    And this is refused with "must be 0 or more"
      """
      When within "-1" seconds the URL is invoked
      """
