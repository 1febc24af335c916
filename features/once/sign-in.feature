Feature: A session for all features of the run

  Scenario: It is opened
    Given address "$APITEST_SERVER"
    And URL path "/cookies/set"
    And query string "?session=of-the-run"
    And I store a random string under "opened_once"
    When the URL is invoked
    Then status is "200"
