Feature: Lists, dates and parts of documents

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"
    And URL path "/json"
    And I store JSON "[{"id": 1, "status": "new", "total": 5.5}, {"id": 2, "status": "paid", "total": 1}]" under "orders"

  Scenario: Lists
    When the URL is invoked
    Then path "/list" is a list "c,a,b" in any order
    And path "/numbers" is JSON "[3, 1, 2.0]" in any order
    And path "/list" is sorted
    And variable "orders" is sorted by "id"
    And variable "orders" is sorted by "/total" in descending order
    And path "/list" has unique elements
    And variable "orders" has an element whose "status" is "paid"
    And variable "orders" has no element whose "status" is "lost"
    Given I store JSON "[3, 2, 2]" under "falling"
    Then variable "falling" is sorted in descending order
    And each item of path "/numbers" is any integer
    And any item of path "/numbers" is greater than "2"
    And no item of path "/list" is "d"
    And path "/float" is any number

  Scenario: JSONPaths
    When the URL is invoked
    Then JSONPath "$.string" is "abc"
    And JSONPath "$.numbers[*]" has "3" elements
    And JSONPath "$.dict.b.c" exists
    And JSONPath "$.dict.x" does not exist
    And JSONPath "$.numbers[?@ > 1]" is JSON "[2, 3]"
    And each item of JSONPath "$.list[*]" matches "^[a-c]$"
    And JSONPaths are
      | JSONPath     | check         | value |
      | $.string     |               | abc   |
      | $.numbers[0] | is an integer | 1     |

  Scenario: Parts of documents
    When the URL is invoked
    Then path "" matches JSON "{"string": "abc", "integer": "[any integer]", "dict": {"b": "[any dict]"}}"
    And path "" matches JSON
      """
      {"uuid": "[any UUID]", "date": "[any date]", "numbers": ["[contains]", 3, 1], "null": "[any]", "nothing": "[ignored]"}
      """
    And path "/dict" is JSON "{"a": 1}" apart from "/b"

  Scenario: Dates
    When the URL is invoked
    Then path "/date" is any date
    And path "/date" is a date before "2026-02-01"
    And path "/date" is a date after "2026-01-30T23:59:59Z"
    And path "/date" is a date within "3600" seconds of "2026-01-31T00:30:00Z"

  Scenario: Values that are made
    Given I store a random integer from "5" to "6" under "dice"
    And I store UTC now plus "1 hour" under "later", format "YYYY-MM-DDTHH:mm:ssZZ"
    And I store now plus "1 day" under "next", format "YYYY-MM-DDTHH:mm:ssZZ"
    And I store now minus "90 minutes" under "before", format "YYYY-MM-DDTHH:mm:ssZZ"
    And I store UTC now minus "2 days" under "earlier", format "YYYY-MM-DDTHH:mm:ssZZ"
    And I store the date "2026-01-31" plus "1 day" under "tomorrow", format "YYYY-MM-DD"
    And I store the date "2026-01-31" minus "24 hours" under "yesterday", format "YYYY-MM-DD"
    Then variable "dice" is between "5" and "6"
    And variable "later" is a date after "now"
    Given I store UTC now plus "24 hours" under "in_a_day", format "YYYY-MM-DDTHH:mm:ssZZ"
    Then variable "next" is a date within "60" seconds of "#in_a_day"
    And variable "before" is a date before "now"
    And variable "earlier" is a date before "now"
    And variable "tomorrow" is "2026-02-01"
    And variable "yesterday" is "2026-01-30"
    And variables are
      | variable | check         | value      |
      | tomorrow |               | 2026-02-01 |
      | dice     | is at least   | 5          |

  Scenario: The item that is meant
    Given request is "{"orders": [{"id": 1, "status": "new"}, {"id": 2, "status": "paid"}]}"
    And HTTP method "POST"
    And URL path "/echo"
    When the URL is invoked
    Then path "/status" of the item of "/json/orders" whose "id" is "2" is "paid"

  Scenario: Parts are stored
    When the URL is invoked
    Then I store path "/unicode" matching "gęś" under "goose"
    And I store header "Content-Type" matching "^(\w+)/" under "kind"
    And I store path "/nothing" under "nothing", default "none"
    And I store JSONPath "$.integer" under "number"
    Then variable "goose" is "gęś"
    And variable "kind" is "application"
    And variable "nothing" is "none"
    And variable "number" is an integer "123"
    And response URL ends with "/json"
    And headers are
      | header       | check          | value |
      | Content-Type | contains       | json  |
      | X-Nothing    | does not exist |       |

  Scenario: Attributes of cookies
    Given URL path "/cookies/set"
    And query string "?session=abc123"
    When the URL is invoked
    Then attribute "Path" of cookie "session" is "/"
    And attribute "Secure" of cookie "session" does not exist

  Scenario Outline: It fails: <sentence>
    When the URL is invoked
    Then this fails with "<message>"
      """
      Then <sentence>
      """

    Examples:
      | sentence                                                                             | message                                            |
      | path "/list" is a list "c,a,a" in any order                                          | The lists differ                                   |
      | path "/numbers" is a list "1,2,3"                                                    | Its elements are not texts                         |
      | path "/numbers" is JSON "[1, 2]" in any order                                        | The documents differ at /2                         |
      | path "/dict" is JSON "{"a": 2}" apart from "/b"                                      | The documents differ at /a                         |
      | path "/list" is sorted in descending order                                           | The list is not in descending order                |
      | variable "orders" is sorted by "total"                                               | elements 0 and 1                                   |
      | variable "orders" is sorted by "id" in descending order                              | The list is not in descending order                |
      | variable "orders" has an element whose "status" is "lost"                            | No element has status "lost"                       |
      | variable "orders" has no element whose "status" is "new"                             | No element must have status "new"                  |
      | path "/string" is any number                                                         | any number                                         |
      | path "/string" is any date                                                           | not a date in ISO 8601 notation                    |
      | path "/date" is a date before "2026-01-31"                                           | The date is not before the other one               |
      | path "/date" is a date after "now"                                                   | The date is not after the other one                |
      | path "/date" is a date within "60" seconds of "2026-01-31T00:01:01Z"                 | 61 seconds from it                                 |
      | path "" matches JSON "{"integer": "[any string]"}"                                   | /integer: - any string + 123 (an integer)          |
      | each item of path "/numbers" is less than "3"                                        | The number is out of bounds                        |
      | any item of path "/list" is "d"                                                      | None of 3 items is as expected                     |
      | no item of path "/list" is "b"                                                       | Item 1 must not be so                              |
      | JSONPath "$.dict.x" exists                                                           | The JSONPath finds nothing                         |
      | path "/a" of the item of "/list" whose "id" is "2" is "paid"                         | No items have id                                   |
      | attribute "Path" of cookie "session" is "/"                                          | No server has set a cookie "session"               |
      | response URL is "x"                                                                  | expected "x"                                       |
      | path "/list" is sorted by "id"                                                       | does not exist                                     |

  Scenario: It fails with a table or a text below it
    Given I store JSON "["a", "b", "a"]" under "twice"
    And I store JSON "[2, 1]" under "falling"
    When the URL is invoked
    Then this fails with "/string: - "abd" + "abc""
      """
      Then path "" matches JSON
        '''
        {"string": "abd"}
        '''
      """
    And this fails with "Elements 0 and 2 of the list are equal"
      """
      Then variable "twice" has unique elements
      """
    And this fails with "The list is not in ascending order"
      """
      Then variable "falling" is sorted
      """
    And this fails with "expected "xyz""
      """
      Then JSONPaths are
        | JSONPath | check | value |
        | $.string |       | xyz   |
      """
    And this fails with "X-Nothing"
      """
      Then headers are
        | header    | check  | value |
        | X-Nothing | exists |       |
      """
    And this fails with "expected "x""
      """
      Then variables are
        | variable | check | value |
        | #twice   | is    | x     |
      """

  Scenario Outline: It is refused: <sentence>
    When the URL is invoked
    Then this is refused with "<message>"
      """
      Then <sentence>
      """

    Examples:
      | sentence                                          | message                                |
      | path "/string" contains ""                        | must not be empty                      |
      | path "/string" matches ""                         | must not be empty                      |
      | header "Content-Type: x" exists                   | cannot be the name of a header         |
      | variable "token" is not empty                     | There is no variable #token            |
      | variable "token" is not "x"                       | There is no variable #token            |
      | JSONPath "string" exists                          | A JSONPath starts with $               |
      | path "/password" or "/secret" does not exist      | was read as                            |
      | path "" matches JSON "{"a": "[any intger]"}"      | Did you mean [any integer]            |
