# Values carried from one scenario to the next: what a scenario stores, all that follow in the same feature can use.

Feature: The life of a customer

  Background:
    Given address "@address"

  Scenario: A customer is created
    Given URL path "/customers"
    And REST method "POST"

    # The request is features/json/request/customer.json; steps change what is to differ from test to test.
    And request "customer.json"
    And path "/name" in request is a random string
    And path "/tags/-" in request is "from the demo"

    When the URL is invoked

    Then status is "201"
    And path "/id" is any integer
    And path "/active" is True
    And path "/tags" is a list "new,from the demo"
    And header "Location" starts with "/customers/"

    And I store "/id" from response under "id"
    And I store "/name" from response under "name"

  Scenario: It can be read
    # A value alone is "#name"; within other text it is "#{name}".
    Given URL path "/customers/#{id}"
    And REST method "GET"

    When the URL is invoked

    Then status is "200"
    And path "/id" is "#id"
    And path "/name" is "#name"

  Scenario: It is found by its name
    Given URL path "/customers"
    And query parameter "name" is "#name"

    When the URL is invoked

    Then status is "200"
    And path "/customers" has "1" elements
    And path "/customers/0/id" is "#id"

  Scenario: It can be changed
    Given URL path "/customers/#{id}"
    And REST method "PATCH"
    And request is
      """
      {"email": "#{name}@example.com", "active": false}
      """

    When the URL is invoked

    Then status is "200"
    And path "/active" is False
    And path "/email" matches "^[a-zA-Z0-9]+@example\.com$"
    And path "/name" is "#name"

  Scenario: It can be deleted
    Given URL path "/customers/#{id}"
    And REST method "DELETE"

    When the URL is invoked

    Then status is "204"

  Scenario: Then it is gone
    Given URL path "/customers/#{id}"
    And REST method "GET"

    When the URL is invoked

    Then status is "404"

  Scenario: A customer needs a name
    Given URL path "/customers"
    And REST method "POST"
    And request is "{}"

    When the URL is invoked

    Then status is "400"
