Feature: Dates

  # A format is made of Arrow tokens, or it is a label of one; "default" is YYYY-MM-DDTHH:mm:ss.
  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"
    And URL path "/echo"
    And REST method "POST"
    And request is "{}"
    And date format "day" "DD.MM.YYYY"

  Scenario: Now
    Given path "/local" in request is now "default"
    And path "/utc" in request is UTC now "YYYY-MM-DDTHH:mm"
    And path "/before" in request is UTC now "default" minus one hour
    And I store UTC now under "now", format "YYYY-MM-DD"
    And I store now under "local", format "day"
    When the URL is invoked
    Then path "/json/local" is a date "default"
    And path "/json/utc" is a date "YYYY-MM-DDTHH:mm"
    And path "/json/before" is a date "default"
    And variable "#now" is a date "YYYY-MM-DD"
    And variable "#local" is a date "day"

  Scenario: Some day
    Given path "/any" in request is a random date "day"
    And path "/after" in request is a random date after "30.12.2998" "day"
    And path "/before" in request is a random date before "02.01.1970" "day"
    And path "/between" in request is a random date between "2026-01-01" and "2026-01-31" "YYYY-MM-DD"
    And I store a random date under "date", format "day"
    When the URL is invoked
    Then path "/json/any" is a date "day"
    And path "/json/after" matches "^[0-3][0-9]\.[01][0-9]\.[2-9][0-9]{3}$"
    And path "/json/before" is a date "day"
    And path "/json/between" starts with "2026-01-"
    And variable "#date" is a date "day"

  Scenario: A bound as YYYY-MM-DD, whatever the format
    Given path "/after" in request is a random date after "2998-12-30" "day"
    And path "/between" in request is a random date between "2026-01-01" and "2026-01-03T00:00:00" "day"
    When the URL is invoked
    Then path "/json/after" matches "^[0-3][0-9]\.[01][0-9]\.[23][0-9]{3}$"
    And path "/json/between" is "02.01.2026"

  Scenario Outline: It is refused: <sentence>
    Then this is refused with "<message>"
      """
      Given <sentence>
      """

    Examples:
      | sentence                                                                          | message                                                      |
      | path "/a" in request is a random date after "1. 1. 2026" "day"                    | 1. 1. 2026 is not a date in the format DD.MM.YYYY               |
      | path "/a" in request is a random date before "soon" "default"                     | soon is not a date in the format YYYY-MM-DDTHH:mm:ss            |
      | path "/a" in request is a random date between "02.01.2026" and "01.01.2026" "day" | 02.01.2026 is later than 01.01.2026: no date is between them |
