Feature: Responses as a whole

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: The status
    Given URL path "/status/201"
    When the URL is invoked
    Then status is "201"
    And status is "2xx"
    And status is not "200"
    And status is not "5xx"
    And status is one of "200, 201, 204"
    And I store status under "created"
    And variable "#created" is an integer "201"

  Scenario: The time that it took
    Given URL path "/slow/20"
    When the URL is invoked
    Then response time is less than "5000" ms

  Scenario: Its size
    Given URL path "/bytes/1000"
    When the URL is invoked
    Then response size is "1000"
    And response size is less than "1001"
    And response size is greater than "999"

  Scenario: Where it came from
    Given URL path "/echo/here"
    And query string "?a=b"
    When the URL is invoked
    Then response URL is "${APITEST_SERVER}/echo/here?a=b"

  Scenario: Text
    Given URL path "/text"
    When the URL is invoked
    Then response is not empty
    And response text contains "gęślą"
    And response text does not contain "Traceback"
    And response text starts with "Hello"
    And response text matches "^Hello, \w+!"
    And response text is not "Hello"
    And I store response text under "text"
    And variable "#text" contains "jaźń"

  Scenario: A text in full
    Given URL path "/echo/text"
    When the URL is invoked
    And I store "/path" from response under "path"
    Given URL path "/html"
    When the URL is invoked
    Then response text is "<!DOCTYPE html><html><head><title>Hello</title></head><body><h1>Hello, World!</h1></body></html>"

  Scenario: No body
    Given URL path "/empty"
    When the URL is invoked
    Then response is empty
    And response size is "0"
    And JSON response does not exist

  Scenario: JSON
    Given URL path "/demo/json2"
    When the URL is invoked
    Then JSON response exists
    And JSON response is equal to "{"a": "b"}"
    And response is equal to "{ "a" : "b" }"
    And response is equal to that from "a-b.json"
    And response is equal to
      """
      {
        "a": "b"
      }
      """

  Scenario: No JSON
    Given URL path "/html"
    When the URL is invoked
    Then JSON response does not exist

  Scenario: JSON where something else was expected
    Given URL path "/demo/json2"
    And format "RAW"
    When the URL is invoked
    Then JSON response exists
    And path "/a" is "b"
    And response is equal to "{"a":"b"}"

  Scenario: Text from a file
    Given URL path "/text"
    And format "RAW"
    When the URL is invoked
    Then response is equal to that from "hello.txt"

  Scenario: A JSON document is a subject like its parts
    Given URL path "/demo/json2"
    When the URL is invoked
    Then JSON response is JSON "{"a": "b"}"
    And JSON response matches JSON "{"a": "[any string]"}"
    And JSON response has "1" elements
    And I store JSON response under "document"
    And variable "document" is JSON "{"a": "b"}"

  Scenario: Bytes
    Given URL path "/bytes/10"
    And response format "RAW"
    When the URL is invoked
    Then response has the bytes of "ten.bin"
    And response has the checksum in "ten.sha256"
    And checksum "SHA-256" of response is "1f825aa2f0020ef7cf91dfa30da4668d791c5d4824fc8e41354b89ec05795ab3"
    And I store checksum "MD5" of response under "digest"
    And checksum "MD5" of response is "#digest"
    And I save response as "ten.bin"

  Scenario Outline: They are other bytes: <sentence>
    Given URL path "/bytes/11"
    And response format "RAW"
    When the URL is invoked
    Then this fails with "<message>"
      """
      Then <sentence>
      """

    Examples:
      | sentence                                  | message                                                                         |
      | response has the bytes of "ten.bin"       | differ from byte 11 on expected 10 bytes, which end there actual 11 bytes, there 0a |
      | response has the checksum in "ten.sha256" | The SHA-256 checksum is another one expected 1f825aa2                           |
      | checksum "SHA-1" of response is "0a"      | expected "0a" actual "                                                          |

  Scenario Outline: A mistake in the test: <sentence>
    Given URL path "/bytes/10"
    And response format "RAW"
    When the URL is invoked
    Then this is refused with "<message>"
      """
      Then <sentence>
      """

    Examples:
      | sentence                                   | message                       |
      | response has the checksum in "ten.bin"     | The file ten.bin is not a checksum |
      | checksum "CRC" of response is not "0"      | There is no checksum "CRC"    |
      | I save response as "../ten.bin"            | "../ten.bin" is not a file below |

  Scenario Outline: It fails: <sentence>
    Given URL path "<url_path>"
    When the URL is invoked
    Then this fails with "<message>"
      """
      Then <sentence>
      """

    Examples: Status, time, size and place
      | url_path    | sentence                             | message                                                     |
      | /status/404 | status is "200"                      | expected 200 OK actual 404 Not Found: {"status":404}        |
      | /status/404 | status is "2xx"                      | expected 2xx actual 404 Not Found                           |
      | /status/404 | status is not "404"                  | Expected a status other than this actual 404 Not Found |
      | /status/404 | status is not "4xx"                  | actual 404 Not Found                                        |
      | /status/404 | status is one of "200, 201"          | expected 200 OK, 201 Created actual 404 Not Found           |
      | /slow/20    | response time is less than "1" ms    | expected less than 1 actual                                 |
      | /bytes/1000 | response size is "999"               | expected 999 actual 1000                                    |
      | /bytes/1000 | response size is less than "1000"    | expected less than 1000 actual 1000                         |
      | /bytes/1000 | response size is greater than "1000" | expected greater than 1000 actual 1000                      |
      | /echo       | response URL is "http://localhost/x" | expected "http://localhost/x" actual "http://127.0.0.1:     |

    Examples: Text
      | url_path | sentence                                                                                                                | message                                      |
      | /text    | response is empty                                                                                                       | The value is not empty actual "Hello, World! |
      | /empty   | response is not empty                                                                                                   | The value is empty: ""                       |
      | /text    | response text is "Hello"                                                                                                | - Hello + Hello, World! + Zażółć gęślą jaźń  |
      | /html    | response text is not "<!DOCTYPE html><html><head><title>Hello</title></head><body><h1>Hello, World!</h1></body></html>" | Expected a value other than                 |
      | /text    | response text contains "hello"                                                                                          | It does in another case.                     |
      | /text    | response text does not contain "World"                                                                                  | The text must not contain "World", found at character 8     |
      | /text    | response text starts with "World"                                                                                       | expected "World" actual "Hello, World!       |
      | /text    | response text matches "^World"                                                                                          | expected ^World actual "Hello, World!        |

    Examples: Documents
      | url_path    | sentence                                   | message                                                      |
      | /demo/json2 | response is equal to "{"a": "c"}"          | - "a": "c" + "a": "b"                                        |
      | /demo/json2 | response is equal to that from "dict.json" | - } + "a": "b"                                               |
      | /demo/json2 | JSON response is equal to "{"a": "c"}"     | - "a": "c" + "a": "b"                                        |
      | /html       | JSON response exists                       | The response is not valid JSON: Expecting value at line 1, column 1 |
      | /empty      | JSON response exists                       | The response is not valid JSON: its body is empty                   |
      | /demo/json2 | JSON response matches JSON "{"a": "[any integer]"}" | - any integer + "b" (a string)                        |
      | /demo/json2 | JSON response does not exist               | The response must not be JSON actual {                            |
      | /html       | path "/a" is "b"                           | The response is not valid JSON                                      |

  Scenario: It fails with a document of more than a line
    Given URL path "/demo/json2"
    When the URL is invoked
    Then this fails with "- "a": "c" + "a": "b""
      """
      Then response is equal to
        '''
        {"a": "c"}
        '''
      """

  Scenario: There is nothing to check before a request
    Then this fails with "There is no response yet"
      """
      Then status is "200"
      """

  Scenario Outline: It is refused: <sentence>
    Given URL path "/demo/json2"
    When the URL is invoked
    Then this is refused with "<message>"
      """
      Then <sentence>
      """

    Examples:
      | sentence                                  | message                                                                  |
      | status is "OK"                            | "OK" is not a status code                                                   |
      | response size is "big"                    | "big" is not an integer                                                      |
      | response time is less than "1s" ms        | "1s" is not a number                                                        |
      | response text matches "(a"                | The pattern is not a valid regular expression: missing ), unterminated subpattern |
      | response is equal to "{"a": b}"           | The expected response is not valid JSON: Expecting value                        |
      | response is equal to that from "a-c.json" | There is no response file "a-c.json"                                     |
