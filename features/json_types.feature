Feature: Kinds of values in JSON responses

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"
    And URL path "/json"

  Scenario: Any value of a kind
    When the URL is invoked
    Then path "/string" is any string
    And path "/integer" is any integer
    And path "/whole_float" is any float
    And path "/false" is any bool
    And path "/list" is any list
    And path "/empty_dict" is any dict

  Scenario: Texts of a form
    Given date format "seconds" "YYYY-MM-DDTHH:mm:ss"
    When the URL is invoked
    Then path "/uuid" is a uuid
    And path "/uuid" is any UUID4
    And path "/uuid1" is a uuid
    And path "/date" is a date "YYYY-MM-DD"
    And path "/datetime" is a date "seconds"
    And path "/datetime" is a date "default"
    And path "/crockford" is a BASE32 Crockford, checksum "False"
    And path "/crockford_checksum" is a BASE32 Crockford, checksum "True"

  Scenario Outline: It fails: <sentence>
    When the URL is invoked
    Then this fails with "<message>"
      """
      Then <sentence>
      """

    Examples:
      | sentence                                                | message                                                           |
      | path "/integer" is any string                           | expected any string actual 123 (integer)                          |
      | path "/null" is any string                              | expected any string actual null                                   |
      | path "/whole_float" is any integer                      | expected any integer actual 1.0 (float)                           |
      | path "/true" is any integer                             | expected any integer actual true (bool)                           |
      | path "/numeric_string" is any integer                   | expected any integer actual "123" (string)                        |
      | path "/integer" is any float                            | It is an integer: use `is any integer`.                           |
      | path "/zero" is any bool                                | expected any bool actual 0 (integer)                              |
      | path "/dict" is any list                                | expected any list actual {                                        |
      | path "/list" is any dict                                | expected any dict actual ["a", "b", "c"]                          |
      | path "/uuid1" is any UUID4                              | It is a UUID of version 1.                                        |
      | path "/string" is a uuid                                | The value is not a UUID actual "abc"                                 |
      | path "/string" is a date "YYYY-MM-DD"                   | expected a date such as "2024-12-31" actual "abc"                 |
      | path "/date" is a date "default"                        | expected a date such as "2024-12-31T23:59:58" actual "2026-01-31" |
      | path "/string" is a BASE32 Crockford, checksum "True"   | not valid Base32 Crockford with a check symbol                           |
      | path "/unicode" is a BASE32 Crockford, checksum "False" | not valid Base32 Crockford                                               |

  Scenario: A checksum is True or False
    When the URL is invoked
    Then this is refused with "The checksum must be True or False, not maybe fix: Write True or False."
      """
      Then path "/crockford" is a BASE32 Crockford, checksum "maybe"
      """
