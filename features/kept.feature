Feature: What a scenario stores is there for those that follow

  Background: A scenario starts with the variables of those before it, and a new request
    Given address "$APITEST_SERVER"

  Scenario: A customer is created
    Given URL path "/customers"
    And REST method "POST"
    And request is "{"name": "Maria"}"
    When the URL is invoked
    Then status is "201"
    And I store "/id" from response under "id"

  Scenario: It is found again
    Given URL path "/customers/#{id}"
    And REST method "GET"
    When the URL is invoked
    Then path "/id" is "#id"
    And path "/name" is "Maria"

  Rule: A rule makes no difference

    Scenario: It is deleted
      Given URL path "/customers/#{id}"
      And REST method "DELETE"
      When the URL is invoked
      Then status is "204"
      And variable "#id" is any integer
