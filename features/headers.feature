Feature: Headers of responses

  # /headers answers with the headers that its query string asks for.
  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"
    And URL path "/headers"
    And query parameters
      | name       | value  |
      | X-Version  | 2.14   |
      | X-Language | en, pl |
      | X-Empty    |        |

  Scenario: Headers are checked, in whatever case their names are written
    When the URL is invoked
    Then header "X-Version" is "2.14"
    And header "x-version" is "2.14"
    And header "X-Version" is not "2.15"
    And header "X-Language" contains "pl"
    And header "X-Language" does not contain "de"
    And header "X-Language" starts with "en"
    And header "X-Language" does not start with "pl"
    And header "X-Language" ends with "pl"
    And header "X-Language" does not end with "en"
    And header "X-Version" matches "^[0-9]+\.[0-9]+$"
    And header "X-Version" does not match "[a-z]"
    And header "X-Version" is one of "2.14, 2.15"
    And header "X-Version" is not one of "2.12, 2.13"
    And header "X-Empty" is empty
    And header "X-Version" is not empty
    And header "X-Version" exists
    And header "X-Invalid" does not exist

  Scenario: A header is kept for later
    When the URL is invoked
    Then I store header "X-Version" under "version"
    Given URL path "/echo"
    And header "X-Version" "v#{version}"
    When the URL is invoked
    Then path "/headers/x-version" is "v2.14"

  Scenario Outline: It fails: <sentence>
    When the URL is invoked
    Then this fails with "<message>"
      """
      Then <sentence>
      """

    Examples:
      | sentence                                      | message                                                       |
      | header "X-Version" is "2.15"                  | expected "2.15" actual "2.14"                                 |
      | header "X-Versio" is "2.14"                   | Did you mean x-version?                                       |
      | header "X-Version" is not "2.14"              | Expected a value other than "2.14"                     |
      | header "X-Invalid" is not "2.14"              | There is no header "X-Invalid"                                |
      | header "X-Language" contains "de"             | expected "de" actual "en, pl"                                 |
      | header "X-Language" does not contain "pl"     | The text must not contain "pl", found at character 5                         |
      | header "X-Invalid" does not contain "pl"      | There is no header "X-Invalid"                                |
      | header "X-Language" starts with "pl"          | expected "pl" actual "en, pl"                                 |
      | header "X-Language" does not start with "en"  | The text must not start with "en" actual "en, pl" |
      | header "X-Language" ends with "en"            | expected "en" actual "en, pl"                                 |
      | header "X-Language" does not end with "pl"    | The text must not end with "pl"                   |
      | header "X-Version" matches "^v"               | expected ^v actual "2.14"                                     |
      | header "X-Version" does not match "^2"        | The text must not match ^2 actual "2.14"         |
      | header "X-Version" is one of "2.12, 2.13"     | expected "2.12", "2.13" actual "2.14"                         |
      | header "X-Version" is not one of "2.14, 2.15" | expected none of "2.14", "2.15" actual "2.14"                 |
      | header "X-Version" is empty                   | The value is not empty actual "2.14"                          |
      | header "X-Empty" is not empty                 | The value is empty: ""                                        |
      | header "X-Invalid" exists                     | There is no header "X-Invalid"                                |
      | header "X-Version" does not exist             | It must not exist actual "2.14"                     |
      | I store header "X-Invalid" under "invalid"    | There is no header "X-Invalid"                                |
