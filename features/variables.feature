Feature: Variables

  # A stored value is #name as a whole, #{name} within other text.
  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"
    And URL path "/json"

  Scenario: Values are stored by steps
    Given I store "Maria" under "name"
    And I store an integer "17" under "visits"
    And I store JSON "{"sku": "A-1", "count": 2}" under "item"
    And I store JSON under "colours"
      """
      ["red", "green"]
      """
    And I store text under "letter"
      """
      Dear #{name},
      you were here #{visits} times.
      """
    When this scenario is invoked
    Then variable "#name" is "Maria"
    And variable "#visits" is an integer "17"
    And variable "#item" is JSON "{"count": 2, "sku": "A-1"}"
    And variable "#colours" is a list "red,green"
    And variable "#letter" contains "you were here 17 times."

  Scenario: Values are stored from responses, with their types
    When the URL is invoked
    Then I store "/string" from response under "string"
    And I store "/integer" from response under "integer"
    And I store "/dict" from response under "dict"
    And I store "/nothing" from response under "nothing", default "none"
    And variable "#string" is a string "abc"
    And variable "#integer" is an integer "123"
    And variable "#dict" is any dict
    And variable "#nothing" is "none"

  Scenario: A scenario need not send anything
    Given I store "Maria" under "name"
    When this step is invoked
    Then I proceed further

  Scenario: A value in a request keeps its type
    Given I store an integer "17" under "visits"
    And I store JSON "["a", null]" under "list"
    And URL path "/echo"
    And REST method "POST"
    And request is "{}"
    And path "/visits" in request is "#visits"
    And path "/text" in request is "#{visits} visits"
    And path "/list" in request is "#list"
    When the URL is invoked
    Then path "/json" is JSON "{"visits": 17, "text": "17 visits", "list": ["a", null]}"
    And path "/json/visits" is "#visits"
    And path "/json/list" is "#list"

  Scenario: The context is shown and cleaned up
    Given I store "Maria" under "name"
    Then context is logged
    And context is cleaned up
    And this is refused with "There is no variable #name"
      """
      Then variable "#name" is "Maria"
      """

  Scenario: What a variable is
    When the URL is invoked
    Then I store "" from response under "all"
    And I store "/string" from response under "string"
    And I store "/empty" from response under "empty"
    And I store "/integer" from response under "integer"
    And I store "/float" from response under "float"
    And I store "/true" from response under "true"
    And I store "/false" from response under "false"
    And I store "/null" from response under "null"
    And I store "/list" from response under "list"
    And I store "/empty_list" from response under "empty_list"
    And I store "/dict" from response under "dict"
    And I store "/date" from response under "date"
    And I store "/uuid" from response under "uuid"
    And variable "#string" is "abc"
    And variable "#string" is not "abd"
    And variable "#string" is a string "abc"
    And variable "#integer" is an integer "123"
    And variable "#float" is a float "1.5"
    And variable "#list" is a list "a,b,c"
    And variable "#true" is True
    And variable "#false" is False
    And variable "#null" is null
    And variable "#string" is not null
    And variable "#empty" is empty
    And variable "#string" is not empty
    And variable "#empty_list" is an empty list
    And variable "#list" is not an empty list
    And variable "#dict" is JSON "{"a": 1, "b": {"c": "deep"}}"
    And variable "#string" is one of "xyz,abc"
    And variable "#string" is not one of "xyz,ABC"
    And variable "#string" is any string
    And variable "#integer" is any integer
    And variable "#float" is any float
    And variable "#true" is any Boolean
    And variable "#list" is any list
    And variable "#dict" is any dict
    And variable "#uuid" is any UUID4
    And variable "#uuid" is a uuid
    And variable "#date" is a date "YYYY-MM-DD"
    And variable "#list" contains "b"
    And variable "#list" does not contain "d"
    And variable "#string" starts with "ab"
    And variable "#string" does not start with "bc"
    And variable "#string" ends with "bc"
    And variable "#string" does not end with "ab"
    And variable "#string" matches "^[a-c]+$"
    And variable "#string" does not match "[0-9]"
    And variable "#integer" is greater than "122"
    And variable "#integer" is less than "124"
    And variable "#integer" is at least "123"
    And variable "#integer" is at most "123"
    And variable "#integer" is between "100" and "200"
    And variable "#list" has "3" elements
    And variable "#list" has at least "3" elements
    And variable "#list" has at most "3" elements

  Scenario: Texts that spell a value are that value
    Given I store "17" under "number"
    And I store "a,b" under "list"
    And I store "true" under "flag"
    And I store "FALSE" under "other"
    When this scenario is invoked
    Then variable "#number" is an integer "17"
    And variable "#number" is a float "17"
    And variable "#list" is a list "a,b"
    And variable "#flag" is True
    And variable "#other" is False

  Scenario Outline: It fails: <sentence>
    When the URL is invoked
    Then I store "/string" from response under "string"
    And I store "/empty" from response under "empty"
    And I store "/integer" from response under "integer"
    And I store "/true" from response under "true"
    And I store "/false" from response under "false"
    And I store "/null" from response under "null"
    And I store "/list" from response under "list"
    And I store "/empty_list" from response under "empty_list"
    And I store "/uuid1" from response under "uuid1"
    And this fails with "<message>"
      """
      Then <sentence>
      """

    Examples: What it is
      | sentence                                    | message                                      |
      | variable "#string" is "abd"                 | expected "abd" actual "abc"                  |
      | variable "#integer" is "123"                | expected "123" (string) actual 123 (integer) |
      | variable "#string" is not "abc"             | Expected a value other than "abc"     |
      | variable "#string" is a string "abd"        | expected "abd" actual "abc"                  |
      | variable "#integer" is an integer "124"     | expected 124 actual 123                      |
      | variable "#string" is an integer "123"      | expected 123 (integer) actual "abc" (string) |
      | variable "#integer" is a float "123.5"      | expected 123.5 (float) actual 123 (integer)  |
      | variable "#list" is a list "a,b"            | + "c"                                        |
      | variable "#false" is True                   | expected true actual false                   |
      | variable "#true" is False                   | expected false actual true                   |
      | variable "#empty" is null                   | expected null actual ""                      |
      | variable "#null" is not null                | The value must not be null     |
      | variable "#string" is empty                 | The value is not empty actual "abc"          |
      | variable "#empty" is not empty              | The value is empty: ""                       |
      | variable "#list" is an empty list           | expected [] actual ["a", "b", "c"]           |
      | variable "#empty_list" is not an empty list | The value is not a list with elements actual [] |
      | variable "#list" is JSON "["a"]"            | + "b"                                        |
      | variable "#string" is one of "x,y"          | expected "x", "y" actual "abc"               |
      | variable "#string" is not one of "abc"      | expected none of "abc" actual "abc"          |

    Examples: Of what kind
      | sentence                            | message                                         |
      | variable "#integer" is any string   | expected any string actual 123 (integer)        |
      | variable "#string" is any integer   | expected any integer actual "abc" (string)      |
      | variable "#integer" is any float    | expected any float actual 123 (integer)         |
      | variable "#string" is any Boolean   | expected any bool actual "abc" (string)         |
      | variable "#string" is any list      | expected any list actual "abc" (string)         |
      | variable "#list" is any dict        | expected any dict actual ["a", "b", "c"] (list) |
      | variable "#uuid1" is any UUID4      | It is a UUID of version 1.                      |
      | variable "#string" is a uuid        | The value is not a UUID actual "abc"               |
      | variable "#string" is a date "YYYY" | expected a date such as "2024" actual "abc"     |

    Examples: What is in it
      | sentence                                    | message                                                          |
      | variable "#list" contains "d"               | The list has no such element expected "d" actual ["a", "b", "c"] |
      | variable "#list" does not contain "a"       | The list must not contain "a"                       |
      | variable "#string" starts with "bc"         | expected "bc" actual "abc"                                       |
      | variable "#string" does not start with "ab" | The text must not start with "ab"                                        |
      | variable "#string" ends with "ab"           | expected "ab" actual "abc"                                       |
      | variable "#string" does not end with "bc"   | The text must not end with "bc"                                          |
      | variable "#string" matches "[0-9]"          | expected [0-9] actual "abc"                                      |
      | variable "#string" does not match "b"       | The text must not match b                           |
      | variable "#integer" is greater than "123"   | expected greater than 123 actual 123                             |
      | variable "#integer" is less than "123"      | expected less than 123 actual 123                                |
      | variable "#integer" is at least "124"       | expected at least 124 actual 123                                 |
      | variable "#integer" is at most "122"        | expected at most 122 actual 123                                  |
      | variable "#integer" is between "1" and "9"  | expected at most 9 actual 123                                    |
      | variable "#list" has at least "4" elements  | expected at least 4 actual 3                                     |
      | variable "#list" has at most "2" elements   | expected at most 2 actual 3                                      |
      | variable "#list" has "2" elements           | expected 2 elements actual 3 elements                            |

    Examples: What the response has not
      | sentence                                         | message                 |
      | I store "/nothing" from response under "nothing" | /nothing does not exist |
