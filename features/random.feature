Feature: Random values

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"
    And URL path "/echo"
    And REST method "POST"
    And request is "{}"

  Scenario: In requests
    Given path "/string" in request is a random string
    And path "/integer" in request is a random integer
    And path "/float" in request is a random float
    And path "/uuid" in request is a UUID4
    And path "/choice" in request is one of "a, b, "c, d""
    When the URL is invoked
    Then path "/json/string" matches "^[a-zA-Z][a-zA-Z0-9]*$"
    And path "/json/integer" is any integer
    And path "/json/integer" is between "0" and "99"
    And path "/json/float" is any float
    And path "/json/float" is between "0" and "100"
    And path "/json/uuid" is a uuid
    And path "/json/choice" is one of "a, b, "c, d""

  Scenario: In variables
    Given I store a random string under "string"
    And I store a random integer under "integer"
    And I store a random float under "float"
    And I store a UUID4 under "uuid"
    When this scenario is invoked
    Then variable "#string" is any string
    And variable "#string" matches "^[a-zA-Z]"
    And variable "#integer" is any integer
    And variable "#float" is any float
    And variable "#uuid" is any UUID4

  Scenario: No two are the same
    Given I store a random string under "one"
    And I store a random string under "other"
    When this scenario is invoked
    Then variable "#one" is not "#other"

  Scenario: There must be something to choose from
    Then this is refused with "choose"
      """
      Given path "/a" in request is one of ""
      """
