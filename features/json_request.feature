Feature: JSON requests

  # /echo says back what came in, the JSON of the request below /json.
  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"
    And URL path "/echo"
    And REST method "POST"

  Scenario: A request in one line
    Given request is "{"customer": {"name": "Maria"}}"
    When the URL is invoked
    Then status is "200"
    And path "/json" is JSON "{"customer": {"name": "Maria"}}"
    And path "/content_type" is "application/json"

  Scenario: A request of several lines, with values put in
    Given I store "Maria" under "name"
    And request is
      """
      {
        "name": "#{name}",
        "city": "@{city}",
        "tags": ["new", "vip"]
      }
      """
    When the URL is invoked
    Then path "/json" is JSON "{"name": "Maria", "city": "Tallinn", "tags": ["new", "vip"]}"

  Scenario: A request from a file
    Given request "customer.json"
    When the URL is invoked
    Then path "/json/customer/name" is "Maria"

  Scenario: Values of every type
    Given request "customer.json"
    And path "/customer/name" in request is "Jan"
    And path "/customer/postcode" in request is a string "0123"
    And path "/customer/visits" in request is an integer "17"
    And path "/customer/discount" in request is a float "0.25"
    And path "/customer/active" in request is True
    And path "/customer/blocked" in request is False
    And path "/customer/remark" in request is null
    And path "/customer/colours" in request is a list "red, green, "light blue""
    And path "/customer/sizes" in request is "[1, 2.5, None]" (with literal_eval)
    And path "/customer/address" in request is JSON "{"city": "Lyon", "zip": null}"
    And path "/customer/history" in request is JSON
      """
      [{"year": 2025, "by": "@{city}"}]
      """
    And path "/customer/email" in request is removed
    When the URL is invoked
    Then path "/json/customer" is JSON
      """
      {
        "name": "Jan",
        "postcode": "0123",
        "visits": 17,
        "discount": 0.25,
        "active": true,
        "blocked": false,
        "remark": null,
        "colours": ["red", "green", "light blue"],
        "sizes": [1, 2.5, null],
        "address": {"city": "Lyon", "zip": null},
        "history": [{"year": 2025, "by": "Tallinn"}],
        "tags": ["new"]
      }
      """

  Scenario: A text stays a text, whatever it looks like
    Given request is "{}"
    And path "/number" in request is "17"
    And path "/flag" in request is "True"
    And path "/nothing" in request is "null"
    When the URL is invoked
    Then path "/json" is JSON "{"number": "17", "flag": "True", "nothing": "null"}"

  Scenario: Lists grow, and what is missing on the way is made
    Given request is "{}"
    And path "/list/-" in request is "first"
    And path "/list/-" in request is "second"
    And path "/list/0" in request is "changed"
    And path "/a/b/c" in request is an integer "1"
    And path "/with~1slash" in request is "x"
    When the URL is invoked
    Then path "/json" is JSON "{"list": ["changed", "second"], "a": {"b": {"c": 1}}, "with/slash": "x"}"

  Scenario: An element is taken out of a list
    Given request is "{"list": [1, 2, 3]}"
    And path "/list/1" in request is removed
    When the URL is invoked
    Then path "/json/list" is JSON "[1, 3]"

  Scenario: A request keeps its characters
    Given request is "{}"
    And path "/name" in request is "Zażółć gęślą jaźń 日本 🙂 \"quoted\" \ back"
    When the URL is invoked
    Then path "/json/name" is "Zażółć gęślą jaźń 日本 🙂 \"quoted\" \ back"

  Scenario: No request, no body
    When the URL is invoked
    Then path "/size" is an integer "0"
    And path "/content_type" is empty

  Scenario: A Content-Type of one's own
    Given header "Content-Type" "application/vnd.customer+json"
    And request is "{"a": 1}"
    When the URL is invoked
    Then path "/content_type" is "application/vnd.customer+json"
    And path "/json/a" is an integer "1"
