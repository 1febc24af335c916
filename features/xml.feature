Feature: XML

  # /xml/echo puts the request inside of <echo>, /demo/xml2 answers with a document of its own.
  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"
    And URL path "/xml/echo"
    And REST method "POST"
    And format "XML"
    And namespace prefix "cust" of "http://example.com/cust"

  Scenario: A request in one line
    Given request is "<customer id="7"><name>Maria</name></customer>"
    When the URL is invoked
    Then XPath "/echo/customer/name" is "Maria"
    And XPath "/echo/customer/@id" is an integer "7"
    And XPath "/echo/@method" is "POST"

  Scenario: A request of several lines, with values put in
    Given request is
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <customer>
        <city>@{city}</city>
      </customer>
      """
    When the URL is invoked
    Then XPath "/echo/customer/city" is "Tallinn"

  Scenario: A request from a file, changed here and there
    Given request "customer.xml"
    And XPath "/cust:customer/cust:name" in request is "Zażółć & <gęślą>"
    And XPath "//cust:customer/@id" in request is "8"
    And XPaths in request are
      | XPath         | type      | value     |
      | //cust:city   |           | @city     |
      | //cust:colour | is one of | red,green |
      | //cust:since  | is now    | default   |
    When the URL is invoked
    Then XPath "//cust:name" is "Zażółć & <gęślą>"
    And XPath "//cust:customer/@id" is "8"
    And XPath "//cust:city" is "Tallinn"
    And XPath "//cust:colour" is one of "red, green"
    And XPath "//cust:since" is a date "default"

  Scenario: Values that are made up
    Given request "customer.xml"
    And XPath "//cust:name" in request is a random string
    And XPath "//cust:size" in request is a random integer
    And XPath "//cust:weight" in request is a random float
    And XPath "//cust:city" in request is a UUID4
    And XPath "//cust:colour" in request is one of "red,green"
    When the URL is invoked
    Then XPath "//cust:name" matches "^[a-zA-Z][a-zA-Z0-9]*$"
    And XPath "//cust:size" is between "0" and "99"
    And XPath "//cust:weight" is between "0" and "100"
    And XPath "//cust:city" is a uuid
    And XPath "//cust:colour" is one of "red,green"

  Scenario: Dates
    Given date format "day" "DD.MM.YYYY"
    And request "customer.xml"
    And XPath "//cust:since" in request is now "default"
    And XPath "//cust:name" in request is UTC now "day"
    And XPath "//cust:city" in request is UTC now "YYYY" minus one hour
    And XPath "//cust:size" in request is a random date "day"
    And XPath "//cust:weight" in request is a random date after "2026-01-31" "YYYY-MM-DD"
    And XPath "//cust:colour" in request is a random date before "2026-01-31" "YYYY-MM-DD"
    When the URL is invoked
    Then XPath "//cust:since" is a date "default"
    And XPath "//cust:name" is a date "day"
    And XPath "//cust:city" matches "^2[0-9]{3}$"
    And XPath "//cust:size" is a date "DD.MM.YYYY"
    And XPath "//cust:weight" matches "^[2-9][0-9]{3}-[01][0-9]-[0-3][0-9]$"
    And XPath "//cust:colour" is a date "YYYY-MM-DD"

  Scenario: A date between two others
    Given request "customer.xml"
    And XPath "//cust:since" in request is a random date between "2026-01-01" and "2026-01-31" "YYYY-MM-DD"
    When the URL is invoked
    Then XPath "//cust:since" starts with "2026-01-"

  Scenario: What the response has
    Given URL path "/demo/xml2"
    And request is "<req><howdy>foo</howdy></req>"
    When the URL is invoked
    Then XPath "//code" is "0"
    And XPath "//code" is not "1"
    And XPath "//code" is an integer "0"
    And XPath "//float" is a float "3.70"
    And XPath "//empty" is empty
    And XPath "//not-empty" is not empty
    And XPath "//not-empty" isn't empty
    And XPath "//is-one-of" is one of "a,b,c"
    And XPath "//not-one-of" is not one of "a,b,c"
    And XPath "//not-one-of" isn't one of "a,b,c"
    And XPath "//code" exists
    And XPath "//password" does not exist
    And XPath "/response/*" has "6" elements
    And XPath "/response/*" has at least "1" elements
    And XPath "/response/*" has at most "6" elements
    And XPath "count(//float)" is an integer "1"

  Scenario: Texts and numbers
    Given URL path "/demo/xml2"
    When the URL is invoked
    Then XPath "//not-empty" starts with "ab"
    And XPath "//not-empty" does not start with "bc"
    And XPath "//not-empty" ends with "bc"
    And XPath "//not-empty" does not end with "ab"
    And XPath "//not-empty" contains "b"
    And XPath "//not-empty" does not contain "d"
    And XPath "//not-empty" matches "^[a-c]+$"
    And XPath "//not-empty" does not match "[0-9]"
    And XPath "//float" is greater than "3"
    And XPath "//float" is less than "4"
    And XPath "//float" is at least "3.7"
    And XPath "//float" is at most "3.7"
    And XPath "//float" is between "3" and "4"

  Scenario: Many XPaths at once
    Given URL path "/demo/xml2"
    When the URL is invoked
    Then XPaths are
      | XPath       | check           | value |
      | //code      | is an integer   | 0     |
      | //not-empty |                 | abc   |
      | //float     | is greater than | 3     |
      | //password  | does not exist  |       |
      | //empty     | is empty        |       |
      | /response/* | has             | 6     |

  Scenario: A document in full, however it is laid out
    Given URL path "/demo/xml2"
    When the URL is invoked
    Then response is equal to that from "demo.xml"
    And response is equal to
      """
      <response>
        <code>0</code><float>3.7</float><empty></empty>
        <not-empty>abc</not-empty>
        <is-one-of>a</is-one-of>
        <not-one-of>z</not-one-of>
      </response>
      """

  Scenario: A value is kept for later
    Given URL path "/demo/xml2"
    When the URL is invoked
    Then I store "//float" from response under "float"
    And I store "//password" from response under "password", default "none"
    And I store XPath "//not-empty" from response under "text"
    And variable "#float" is a string "3.7"
    And variable "#password" is a string "none"
    And variable "#text" is "abc"

  Scenario Outline: It fails: <sentence>
    Given URL path "/demo/xml2"
    And date format "day" "YYYY-MM-DD"
    When the URL is invoked
    Then this fails with "<message>"
      """
      Then <sentence>
      """

    Examples: Values
      | sentence                                      | message                                                                  |
      | XPath "//code" is "1"                         | expected "1" actual "0"                                                  |
      | XPath "//cod" is "0"                          | Did you mean code?                                                       |
      | XPath "/response/code/a" is "0"               | there is no a below code                                                 |
      | XPath "//code" is not "0"                     | Expected a value other than "0"                                   |
      | XPath "//code" is an integer "1"              | expected 1 actual 0                                                      |
      | XPath "//not-empty" is an integer "1"         | expected 1 (integer) actual "abc" (string)                               |
      | XPath "//float" is a float "3.8"              | expected 3.8 actual 3.7                                                  |
      | XPath "//code" is empty                       | The value is not empty actual "0"                                        |
      | XPath "//empty" is not empty                  | The value is empty: ""                                                   |
      | XPath "//empty" isn't empty                   | The value is empty: ""                                                   |
      | XPath "//code" is one of "1,2"                | expected "1", "2" actual "0"                                             |
      | XPath "//code" is not one of "0,1"            | expected none of "0", "1" actual "0"                                     |
      | XPath "//code" isn't one of "0,1"             | expected none of "0", "1" actual "0"                                     |
      | XPath "//password" exists                     | there is no password                                                     |
      | XPath "//code" does not exist                 | It must not exist actual "0"                 |
      | XPath "/response/*" has "5" elements          | expected 5 elements actual 6 elements: ["0", "3.7", "", "abc", "a", "z"] |
      | XPath "/response/*" has at least "7" elements | expected at least 7 actual 6                                             |
      | XPath "/response/*" has at most "5" elements  | expected at most 5 actual 6                                              |

    Examples: Texts and numbers
      | sentence                                     | message                                           |
      | XPath "//not-empty" starts with "bc"         | expected "bc" actual "abc"                        |
      | XPath "//not-empty" does not start with "ab" | The text must not start with "ab"                         |
      | XPath "//not-empty" ends with "ab"           | expected "ab" actual "abc"                        |
      | XPath "//not-empty" does not end with "bc"   | The text must not end with "bc"                           |
      | XPath "//not-empty" contains "d"             | expected "d" actual "abc"                         |
      | XPath "//not-empty" does not contain "b"     | The text must not contain "b", found at character 2              |
      | XPath "//not-empty" matches "^[0-9]"         | expected ^[0-9] actual "abc"                      |
      | XPath "//not-empty" does not match "[a-c]"   | The text must not match [a-c]        |
      | XPath "//float" is greater than "3.7"        | expected greater than 3.7 actual 3.7              |
      | XPath "//float" is less than "3.7"           | expected less than 3.7 actual 3.7                 |
      | XPath "//float" is at least "4"              | expected at least 4 actual 3.7                    |
      | XPath "//float" is at most "3"               | expected at most 3 actual 3.7                     |
      | XPath "//float" is between "1" and "2"       | expected at most 2 actual 3.7                     |
      | XPath "//not-empty" is greater than "1"      | The value is not a number actual "abc"               |
      | XPath "//not-empty" is a uuid                | The value is not a UUID actual "abc"                 |
      | XPath "//not-empty" is a date "day"          | expected a date such as "2024-12-31" actual "abc" |

    Examples: Documents
      | sentence                                      | message                                     |
      | response is equal to "<response/>"            | - <response/> + <response> + <code>0</code> |
      | I store "//password" from response under "p"  | there is no password                        |
      | I store XPath "//cod" from response under "c" | Did you mean code?                          |

  Scenario: All that differs is told
    Given URL path "/demo/xml2"
    When the URL is invoked
    Then this fails with "2 of 3 checks failed //code: The text is not the expected one - "1" + "0" //password:"
      """
      Then XPaths are
        | XPath       | check  | value |
        | //code      |        | 1     |
        | //not-empty |        | abc   |
        | //password  | exists |       |
      """

  Scenario: A response that is not XML
    Given URL path "/demo/json2"
    When the URL is invoked
    Then this fails with "The response is not valid XML"
      """
      Then XPath "//code" is "0"
      """
