Feature: Services deployed by a test

  A test may bring the services that it needs: they are uploaded to a Zato server, or to the companion server.

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"
    And I store "1" "/zato/json" "admin" "$APITEST_ADMIN_PASSWORD" under Zato "companion"

  Scenario: A service is uploaded, and answers
    When I upload a Zato service from "server/services/uploaded.py" to "companion"
    Then status is "200"

    Given URL path "/zato/json/features.uploaded"
    And REST method "POST"
    And Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And request is "{"number": 20}"
    When the URL is invoked
    Then status is "200"
    And path "/features_uploaded_response/next" is an integer "21"

  Scenario: The connection may be written as a variable, as old projects do
    When I upload a Zato service from "server/services/uploaded.py" to "#companion"
    Then status is "200"

  Scenario: What the server refuses, it says why
    Then this fails with "broken.py"
      """
      When I upload a Zato service from "server/services/broken.py" to "companion"
      """

  Scenario: A password that is none
    Given I store "1" "/zato/json" "admin" "no-such-password" under Zato "stranger"
    Then this fails with "401"
      """
      When I upload a Zato service from "server/services/uploaded.py" to "stranger"
      """

  Scenario Outline: Mistakes in the test
    Then this is refused with "<message>"
      """
      When I upload a Zato service from "<file>" to "<connection>"
      """

    Examples:
      | file                        | connection | message                       |
      | server/services/no-such.py  | companion  | There is no file              |
      | server/services/uploaded.py | companio   | Did you mean companion        |
