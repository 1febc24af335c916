Feature: Mistakes and misfortunes, each told in one message

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario Outline: Addresses: <address>
    Given address "<address>"
    Then this is refused with "<message>"
      """
      When the URL is invoked
      """

    Examples:
      | address               | message                                                                               |
      |                       | There is no address to send the request to fix: Add before it: Given address          |
      | localhost:8080        | The address "localhost:8080" has no scheme fix: Did you mean "http://localhost:8080"? |
      | //localhost           | Did you mean "http://localhost"?                                                      |
      | ftp://localhost       | has the scheme "ftp", but HTTP requests need another                            |
      | http://               | The URL cannot be used                                                                |
      | http://[::1           | The URL cannot be used                                                                |
      | http://127.0.0.1:port | The URL cannot be used                                                                |

  Scenario Outline: Servers: <url_path>
    Given address "<address>"
    And URL path "<url_path>"
    And timeout is "0.3"
    Then this is refused with "<message>"
      """
      When the URL is invoked
      """

    Examples: They cannot be reached
      | address                     | url_path | message                                                    |
      | http://127.0.0.1:1          | /refused | Nothing listens at 127.0.0.1:1: the connection was refused |
      | http://no-such-host.invalid | /unknown | Unknown host "no-such-host.invalid"                    |

    Examples: They answer late, in part, or not at all
      | address        | url_path   | message                                                     |
      | $FAULTY_SERVER | /silent    | No complete answer within 0.3 s where: GET http://127.0.0.1 |
      | $FAULTY_SERVER | /drip      | No complete answer within 0.3 s                             |
      | $FAULTY_SERVER | /hang-up   | closed the connection before its answer was complete        |
      | $FAULTY_SERVER | /cut       | closed the connection before its answer was complete        |
      | $FAULTY_SERVER | /cut-chunk | closed the connection before its answer was complete        |
      | $FAULTY_SERVER | /garbage   | is not valid HTTP                                           |

  Scenario: An answer that is not encoded as it says
    Given address "$FAULTY_SERVER"
    And URL path "/bad-gzip"
    Then this fails with "The answer's body is not encoded as its Content-Encoding header says"
      """
      When the URL is invoked
      """

  Scenario Outline: JSON requests: <sentence>
    Then this is refused with "<message>"
      """
      Given <sentence>
      """

    Examples:
      | sentence                          | message                                                                                                    |
      | request is "{"a": 1,}"            | The request is not valid JSON                                                                                     |
      | request is "{'a': 1}"             | where: line 1, column 2 of the request \| {'a': 1} \| ^ fix: JSON puts strings and names in double quotes. |
      | request is "{"a": True}"          | JSON writes true, false and null.                                                                          |
      | request is "{"a": NaN}"           | JSON has no NaN                                                                                            |
      | request "broken.json"             | broken.json is not valid JSON                                                                                     |
      | request "broken.json"             | where: line 3, column 11 of                                                                                |
      | request "custommer.json"          | There is no request file "custommer.json"                                                                  |
      | request "custommer.json"          | Did you mean customer.json?                                                                                |
      | request "customer.xml"            | There is one for another format: Given format "XML"                                                        |
      | request "latin1.json"             | is not UTF-8: byte 0xf3                                                                                    |
      | request "../../../pyproject.toml" | is outside the project                                                                                   |
      | request "/etc/passwd"             | is outside the project                                                                                   |
      | path "/a" in request is "b"       | This step needs a request in JSON, and there is none yet                                                   |
      | XPath "//a" in request is "b"     | This step needs a request in XML, and there is none yet                                                    |

  Scenario Outline: JSON paths: <sentence>
    Given request is "{"a": {"b": "c"}, "list": [1, 2]}"
    Then this is refused with "<message>"
      """
      Given <sentence>
      """

    Examples:
      | sentence                              | message                                           |
      | path "a" in request is "x"            | The path "a" must start with a slash fix: Write "/a" |
      | path "/a~b" in request is "x"         | has a ~ that is neither ~0 nor ~1                 |
      | path "/a/b/d" in request is "x"       | /a/b/d cannot be set: /a/b is a string, "c"       |
      | path "/list/7" in request is "x"      | Write an index from 0 to 2, or "-" to append.     |
      | path "/list/first" in request is "x"  | "first" is not an index                               |
      | path "/nothing" in request is removed | /nothing does not exist                           |
      | path "/a" in request is JSON "{"      | The JSON of this step is not valid JSON                  |

  Scenario Outline: Checks: <sentence>
    Given URL path "/json"
    When the URL is invoked
    Then this is refused with "<message>"
      """
      Then <sentence>
      """

    Examples:
      | sentence                                            | message                                                          |
      | path "string" is "abc"                              | The path "string" must start with a slash fix: Write "/string"      |
      | path "/integer" is an integer "many"                | "many" is not an integer                                             |
      | path "/integer" is greater than "many"              | "many" is not a number                                              |
      | path "/integer" is between "9" and "1"              | 9 is greater than 1: nothing is between them                                       |
      | path "/dict" is JSON "{\"a\": 1"                      | is not valid JSON                                                       |
      | path "/list" is "[1, 2" (with literal_eval)         | is not a Python literal                                             |
      | path "/dict" is JSON equal to that from "dikt.json" | Did you mean dict.json?                                          |
      | path "/string" matches "[a-"                        | The pattern is not a valid regular expression: unterminated character set |
      | path "/list" is a list "a,\"b"                       | is not a list in CSV notation                                       |
      | path "/dict" contains "a"                           | Write the members as JSON                                        |

  Scenario Outline: XML: <request>
    Given format "XML"
    Then this is refused with "<message>"
      """
      Given request is "<request>"
      """

    Examples:
      | request                                                            | message                                                 |
      | <a><b></a>                                                         | The request is not well-formed XML                       |
      |                                                                    | The request is not valid XML: it is empty                      |
      | <!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>                           | declares entities, which are refused and never expanded |
      | <!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a> | declares entities                                       |

  Scenario: XML that grows without end
    Given format "XML"
    Then this is refused with "declares entities, which are refused and never expanded"
      """
      Given request "laughs.xml"
      """

  Scenario: XML entities in a response
    Given address "$FAULTY_SERVER"
    And URL path "/body"
    And query string "?type=text/xml"
    And REST method "POST"
    And request format "RAW"
    And response format "XML"
    And request is "<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>"
    When the URL is invoked
    Then this fails with "declares entities, which are refused and never expanded"
      """
      Then XPath "//a" exists
      """

  Scenario Outline: XPaths: <sentence>
    Given URL path "/demo/xml2"
    And format "XML"
    And request is "<a><b/></a>"
    And namespace prefix "cust" of "http://example.com/cust"
    When the URL is invoked
    Then this is refused with "<message>"
      """
      Then <sentence>
      """

    Examples:
      | sentence                             | message                                        |
      | XPath "//code[" is "0"               | The XPath "//code[" cannot be used             |
      | XPath "//custom:code" is "0"         | has the prefix "custom", which is not declared |
      | XPath "//custom:code" is "0"         | Did you mean cust?                             |

  Scenario Outline: XPaths: <sentence>
    Given format "XML"
    And request is "<a><b/></a>"
    Then this is refused with "<message>"
      """
      Then <sentence>
      """

    Examples:
      | sentence                             | message                       |
      | XPath "//c" in request is "x"        | The XPath "//c" finds nothing |
      | XPath "count(//b)" in request is "1" | must find an element or attribute |

  Scenario: A request without a body
    Given request format "XML"
    And URL path "/xml/echo"
    And REST method "POST"
    When the URL is invoked
    Then status is "200"
    And this is refused with "This step needs a request in XML, and there is none yet"
      """
      Given XPath "//a" in request is "b"
      """

  Scenario: Header values are one line
    Given I store JSON ""a\r\nX-Injected: b"" under "two_lines"
    And header "X-Test" "#two_lines"
    Then this is refused with "A header cannot be sent"
      """
      When the URL is invoked
      """
