Feature: Values in JSON responses

  # /json always answers with the same document, which has every kind of value in it.
  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"
    And URL path "/json"

  Scenario: Texts
    When the URL is invoked
    Then path "/string" is "abc"
    And path "/string" is a string "abc"
    And path "/numeric_string" is "123"
    And path "/string" is not "abd"
    And path "/string" is not a string "abd"
    And path "/integer" is not a string "123"
    And path "/unicode" is "Zażółć gęślą jaźń"
    And path "/a~1b" is "a slash in the name"
    And path "/m~0n" is "a tilde in the name"

  Scenario: Numbers
    When the URL is invoked
    Then path "/integer" is an integer "123"
    And path "/negative" is an integer "-7"
    And path "/big" is an integer "9007199254740993"
    And path "/float" is a float "1.5"
    And path "/whole_float" is a float "1"
    And path "/integer" is a float "123.0"

  Scenario: True, False and null
    When the URL is invoked
    Then path "/true" is True
    And path "/false" is False
    And path "/null" is null
    And path "/empty" is not null

  Scenario: Something and nothing
    When the URL is invoked
    Then path "/empty" is empty
    And path "/string" is not empty
    And path "/zero" is not empty
    And path "/false" is not empty
    And path "/empty_list" is an empty list
    And path "/list" is not an empty list
    And path "/empty_dict" is an empty dict

  Scenario: What is there and what is not
    When the URL is invoked
    Then path "/null" exists
    And path "/dict/b/c" exists
    And path "/dict/b/d" does not exist
    And path "/list/3" does not exist

  Scenario: Lists and documents
    When the URL is invoked
    Then path "/list" is a list "a,b,c"
    And path "/numbers" is JSON "[1, 2, 3]"
    And path "/numbers" is "[1, 2, 3]" (with literal_eval)
    And path "/null" is "None" (with literal_eval)
    And path "/dict" is JSON "{"b": {"c": "deep"}, "a": 1}"
    And path "/dict" is JSON equal to that from "dict.json"
    And path "/matrix" is JSON
      """
      [
        [1, 2],
        [3, 4]
      ]
      """

  Scenario: One of several
    When the URL is invoked
    Then path "/string" is one of "xyz, abc"
    And path "/string" is one of "abd, abc"
    And path "/string" is not one of "xyz, ABC"

  Scenario: Parts of texts
    When the URL is invoked
    Then path "/string" starts with "ab"
    And path "/string" does not start with "bc"
    And path "/string" starts with any of "x, y, a"
    And path "/string" ends with "bc"
    And path "/string" does not end with "ab"
    And path "/string" contains "b"
    And path "/string" does not contain "d"
    And path "/date" matches "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
    And path "/date" does not match "[a-z]"

  Scenario: Parts of lists and documents
    When the URL is invoked
    Then path "/list" contains "b"
    And path "/numbers" contains "2"
    And path "/numbers" does not contain "4"
    And path "/customers" contains "{"id": 2, "name": "Jan", "tags": [], "active": false}"
    And path "/customers/0" contains "{"name": "Maria"}"
    And path "/customers" contains data from "ana.json"

  Scenario: Bounds
    When the URL is invoked
    Then path "/integer" is greater than "122.5"
    And path "/integer" is less than "124"
    And path "/integer" is at least "123"
    And path "/integer" is at most "123"
    And path "/float" is between "1" and "2"

  Scenario: Sizes
    When the URL is invoked
    Then path "/customers" has "3" elements
    And path "/dict" has "2" elements
    And path "/string" has length "3"
    And path "/list" has at least "1" elements
    And path "/list" has at most "3" elements

  Scenario: The path "" is the whole document
    Given URL path "/demo/json2"
    When the URL is invoked
    Then path "" is JSON "{"a": "b"}"
    And path "" has "1" elements

  Scenario Outline: It fails: <sentence>
    When the URL is invoked
    Then this fails with "<message>"
      """
      Then <sentence>
      """

    Examples: Texts
      | sentence                             | message                                      |
      | path "/string" is "abd"              | expected "abd" actual "abc"                  |
      | path "/string" is "ABC"              | They differ in case only.                    |
      | path "/integer" is "123"             | expected "123" (string) actual 123 (integer) |
      | path "/integer" is "123"             | use `is an integer "123"`                    |
      | path "/strin" is "abc"               | Did you mean /string?                        |
      | path "/dict/b/d" is "deep"           | Keys of /dict/b: c                           |
      | path "/customers/name" is "Maria"    | Did you mean /customers/0/name?              |
      | path "/string" is not "abc"          | Expected a value other than "abc"     |
      | path "/string" is a string "abd"     | expected "abd" actual "abc"                  |
      | path "/null" is a string "null"      | expected "null" (string) actual null         |
      | path "/string" is not a string "abc" | The text must not be "abc"     |
      | path "/strin" is not a string "abc"  | /strin does not exist                        |

    Examples: Numbers
      | sentence                                   | message                                 |
      | path "/integer" is an integer "124"        | expected 124 actual 123                 |
      | path "/numeric_string" is an integer "123" | It is a string: use `is "123"`          |
      | path "/whole_float" is an integer "1"      | expected 1 (integer) actual 1.0 (float) |
      | path "/true" is an integer "1"             | expected 1 (integer) actual true (bool) |
      | path "/float" is a float "1.6"             | expected 1.6 actual 1.5                 |
      | path "/true" is a float "1"                | expected 1.0 (float) actual true (bool) |

    Examples: True, False and null
      | sentence                 | message                                    |
      | path "/false" is True    | expected true actual false                 |
      | path "/string" is True   | expected true (bool) actual "abc" (string) |
      | path "/true" is False    | expected false actual true                 |
      | path "/empty" is null    | expected null actual "" (string)           |
      | path "/null" is not null | The value must not be null   |

    Examples: Something and nothing
      | sentence                                | message                                         |
      | path "/string" is empty                 | The value is not empty actual "abc"             |
      | path "/null" is empty                   | Use `is null`                                   |
      | path "/empty" is not empty              | The value is empty: ""                          |
      | path "/null" is not empty               | The value is empty: null                        |
      | path "/nothing" is not empty            | /nothing does not exist                         |
      | path "/list" is an empty list           | expected [] actual ["a", "b", "c"]              |
      | path "/empty_list" is not an empty list | The value is not a list with elements actual []    |
      | path "/string" is not an empty list     | The value is not a list with elements actual "abc" |
      | path "/dict/b" is an empty dict         | expected {} actual {"c": "deep"}                |
      | path "/dict/b/d" exists                 | /dict/b has no "d"                              |
      | path "/list/3" exists                   | /list is a list of 3 elements                   |
      | path "/null" does not exist             | It must not exist actual null |

    Examples: Lists and documents
      | sentence                                              | message                                                   |
      | path "/list" is a list "a,b,d"                        | - "d" + "c"                                               |
      | path "/string" is a list "abc"                        | expected ["abc"] actual "abc"                             |
      | path "/numbers" is "[1, 2, 4]" (with literal_eval)    | - 4 + 3                                                   |
      | path "/dict" is JSON "{"a": 2, "b": {"c": "deep"}}"   | - "a": 2 + "a": 1                                         |
      | path "/dict/b" is JSON equal to that from "dict.json" | - "a": 1                                                  |
      | path "/string" is one of "xyz, ABC"                   | expected "xyz", "ABC" actual "abc"                        |
      | path "/string" is not one of "xyz, abc"               | expected none of "xyz", "abc" actual "abc"                |
      | path "/numbers" contains "4"                          | The list has no such element expected 4 actual [1, 2, 3]  |
      | path "/customers" contains "{"id": 2}"                | The element that is most like it differs as shown         |
      | path "/numbers" does not contain "2"                  | The list must not contain "2" actual [1, 2, 3] |
      | path "/customers/0" contains data from "ana.json"     | - "id": 3 + "id": 1                                       |

    Examples: Parts of texts
      | sentence                                | message                                                 |
      | path "/string" starts with "bc"         | expected "bc" actual "abc"                              |
      | path "/string" does not start with "ab" | The text must not start with "ab"           |
      | path "/string" starts with any of "b,c" | expected "b", "c" actual "abc"                          |
      | path "/string" ends with "ab"           | expected "ab" actual "abc"                              |
      | path "/string" does not end with "bc"   | The text must not end with "bc"             |
      | path "/string" contains "B"             | It does in another case.                                |
      | path "/string" does not contain "b"     | The text must not contain "b", found at character 2                    |
      | path "/string" matches "^[0-9]+$"       | expected ^[0-9]+$ actual "abc"                          |
      | path "/string" does not match "[a-c]"   | The text must not match [a-c] actual "abc" |

    Examples: Bounds and sizes
      | sentence                               | message                                |
      | path "/integer" is greater than "123"  | expected greater than 123 actual 123   |
      | path "/integer" is less than "123"     | expected less than 123 actual 123      |
      | path "/integer" is at least "124"      | expected at least 124 actual 123       |
      | path "/integer" is at most "122"       | expected at most 122 actual 123        |
      | path "/integer" is between "1" and "9" | expected at most 9 actual 123          |
      | path "/string" is greater than "1"     | The value is not a number actual "abc"    |
      | path "/list" has "2" elements          | expected 2 elements actual 3 elements  |
      | path "/integer" has "3" elements       | An integer has no length               |
      | path "/list" has at least "4" elements | expected at least 4 actual 3           |
      | path "/list" has at most "2" elements  | expected at most 2 actual 3            |

  Scenario: It fails with JSON of more than a line
    When the URL is invoked
    Then this fails with "- 5 + 4"
      """
      Then path "/matrix" is JSON
        '''
        [[1, 2], [3, 5]]
        '''
      """
