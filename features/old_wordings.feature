Feature: Wordings of older releases

  # Sentences that today read `path`, `REST method`, `form field`, `is not` and `does not` go on working as they were.
  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: Requests
    Given URL path "/echo"
    And HTTP method "POST"
    And format "JSON"
    And request is "{}"
    And JSON Pointer "/name" in request is "Maria"
    And JSON Pointer "/literal" in request is "[1, None]" (with literal_eval)
    And JSON Pointer "/false" in request is False
    And JSON Pointer "/true" in request is True
    And JSON Pointer "/uuid" in request is a UUID
    And JSON Pointer "/float" in request is a float "1.5"
    And JSON Pointer "/list" in request is a list "a,b"
    And JSON Pointer "/integer" in request is an integer "7"
    And JSON Pointer "/random_float" in request is a random float
    And JSON Pointer "/random_integer" in request is a random integer
    And JSON Pointer "/random_string" in request is a random string
    And JSON Pointer "/choice" in request is one of "a,b"
    And path "/other_uuid" in request is a UUID

    When the URL is invoked

    Then JSON Pointer "/method" is "POST"
    And JSON Pointer "/json/name" is "Maria"
    And JSON Pointer "/json/literal" is "[1, None]" (with literal_eval)
    And JSON Pointer "/json/false" is False
    And JSON Pointer "/json/true" is True
    And path "/json/uuid" is a uuid
    And JSON Pointer "/json/float" is a float "1.5"
    And JSON Pointer "/json/list" is a list "a,b"
    And JSON Pointer "/json/integer" is an integer "7"
    And JSON Pointer "/json/random_float" is any float
    And JSON Pointer "/json/random_integer" is any integer
    And JSON Pointer "/json/random_string" isn't empty
    And JSON Pointer "/json/choice" is one of "a,b"
    And path "/json/other_uuid" is a uuid

  Scenario: Dates
    Given URL path "/echo"
    And HTTP method "POST"
    And request is "{}"
    And JSON Pointer "/now" in request is now "default"
    And JSON Pointer "/utc" in request is UTC now "default"
    And JSON Pointer "/hour" in request is UTC now "default" minus one hour
    And JSON Pointer "/random" in request is a random date "default"
    And JSON Pointer "/after" in request is a random date after "2026-01-01" "YYYY-MM-DD"
    And JSON Pointer "/before" in request is a random date before "2026-01-01" "YYYY-MM-DD"
    And JSON Pointer "/between" in request is a random date between "2026-01-01" and "2026-01-31" "YYYY-MM-DD"

    When the URL is invoked

    Then paths are
      | path          | check       | value      |
      | /json/now     | is a date   | default    |
      | /json/utc     | is a date   | default    |
      | /json/hour    | is a date   | default    |
      | /json/random  | is a date   | default    |
      | /json/after   | is a date   | YYYY-MM-DD |
      | /json/before  | is a date   | YYYY-MM-DD |
      | /json/between | starts with | 2026-01-   |

  Scenario: Forms
    Given URL path "/demo/post"
    And HTTP method "POST"
    And request format "FORM"
    And response format "JSON"
    And request param "colour" is "red"
    And request param "colour" is "green"
    When the URL is invoked
    Then JSON Pointer "/form/colour" is a list "red,green"
    And form is cleaned up

  Scenario: JSON responses
    Given URL path "/json"
    When the URL is invoked
    Then JSON Pointer "/list" contains "b"
    And JSON Pointer "/customers" contains data from "ana.json"
    And JSON Pointer "/string" ends with "bc"
    And JSON Pointer "/dict" is JSON "{"a": 1, "b": {"c": "deep"}}"
    And JSON Pointer "/dict" is JSON equal to that from "dict.json"
    And JSON Pointer "/crockford_checksum" is a BASE32 Crockford, checksum "True"
    And JSON Pointer "/empty_dict" is an empty dict
    And JSON Pointer "/empty_list" is an empty list
    And JSON Pointer "/true" is any bool
    And JSON Pointer "/empty" is empty
    And JSON Pointer "/null" is null
    And JSON Pointer "/string" isn't a string "abd"
    And JSON Pointer "/list" isn't an empty list
    And JSON Pointer "/string" isn't one of "x,y"
    And JSON Pointer "/string" starts with "ab"
    And JSON Pointer "/string" starts with any of "x,a"

  Scenario: No JSON
    Given URL path "/html"
    When the URL is invoked
    Then JSON response doesn't exist

  Scenario: Headers
    Given URL path "/headers"
    And query string "?X-Language=en,%20pl"
    When the URL is invoked
    Then header "X-Language" doesn't contain "de"
    And header "X-Language" doesn't end with "en"
    And header "X-Invalid" doesn't exist
    And header "X-Language" doesn't start with "pl"
    And header "X-Language" isn't "en"
    And header "X-Language" isn't empty

  Scenario Outline: It fails: <sentence>
    Given URL path "/json"
    When the URL is invoked
    Then this fails with "<message>"
      """
      Then <sentence>
      """

    Examples:
      | sentence                                                      | message                                      |
      | JSON Pointer "/list" contains "d"                             | The list has no such element expected "d"    |
      | JSON Pointer "/customers/0" contains data from "ana.json"     | - "id": 3 + "id": 1                          |
      | JSON Pointer "/string" ends with "ab"                         | expected "ab" actual "abc"                   |
      | JSON Pointer "/string" is "abd"                               | expected "abd" actual "abc"                  |
      | JSON Pointer "/integer" is "124" (with literal_eval)          | expected 124 actual 123                      |
      | JSON Pointer "/true" is False                                 | expected false actual true                   |
      | JSON Pointer "/numbers" is JSON "[1, 2, 4]"                   | - 4 + 3                                      |
      | JSON Pointer "/dict/b" is JSON equal to that from "dict.json" | - "a": 1                                     |
      | JSON Pointer "/false" is True                                 | expected true actual false                   |
      | JSON Pointer "/string" is a BASE32 Crockford, checksum "True" | not valid Base32 Crockford with a check symbol      |
      | JSON Pointer "/float" is a float "1.6"                        | expected 1.6 actual 1.5                      |
      | JSON Pointer "/list" is a list "a,b,d"                        | - "d" + "c"                                  |
      | JSON Pointer "/dict/b" is an empty dict                       | expected {} actual {"c": "deep"}             |
      | JSON Pointer "/list" is an empty list                         | expected [] actual ["a", "b", "c"]           |
      | JSON Pointer "/integer" is an integer "124"                   | expected 124 actual 123                      |
      | JSON Pointer "/zero" is any bool                              | expected any bool actual 0                   |
      | JSON Pointer "/integer" is any float                          | expected any float actual 123                |
      | JSON Pointer "/float" is any integer                          | expected any integer actual 1.5              |
      | JSON Pointer "/string" is empty                               | The value is not empty actual "abc"          |
      | JSON Pointer "/empty" is null                                 | expected null actual ""                      |
      | JSON Pointer "/string" is one of "x,y"                        | expected "x", "y" actual "abc"               |
      | JSON Pointer "/string" isn't a string "abc"                   | The text must not be "abc"     |
      | JSON Pointer "/empty_list" isn't an empty list                | The value is not a list with elements actual [] |
      | JSON Pointer "/empty" isn't empty                             | The value is empty: ""                       |
      | JSON Pointer "/string" isn't one of "x,abc"                   | expected none of "x", "abc" actual "abc"     |
      | JSON Pointer "/string" starts with "bc"                       | expected "bc" actual "abc"                   |
      | JSON Pointer "/string" starts with any of "b,c"               | expected "b", "c" actual "abc"               |
      | JSON response doesn't exist                                   | The response must not be JSON                     |

  Scenario Outline: It fails: <sentence>
    Given URL path "/headers"
    And query string "?X-Language=en&X-Empty="
    When the URL is invoked
    Then this fails with "<message>"
      """
      Then <sentence>
      """

    Examples:
      | sentence                                   | message                                      |
      | header "X-Language" doesn't contain "e"    | The text must not contain "e", found at character 1         |
      | header "X-Language" doesn't end with "n"   | The text must not end with "n"   |
      | header "X-Language" doesn't exist          | It must not exist               |
      | header "X-Language" doesn't start with "e" | The text must not start with "e" |
      | header "X-Language" isn't "en"             | Expected a value other than "en"      |
      | header "X-Empty" isn't empty               | The value is empty: ""                       |
