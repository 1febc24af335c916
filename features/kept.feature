Feature: What a scenario stores is there for those that follow

  Scenario: A customer is created
    Given address "$APITEST_SERVER"
    And URL path "/customers"
    And REST method "POST"
    And request is "{"name": "Maria"}"
    When the URL is invoked
    Then status is "201"
    And I store "/id" from response under "id"

  Scenario: It is found again
    # Address, format and all else of a request hold on, too, until they are changed.
    Given URL path "/customers/#{id}"
    And REST method "GET"
    When the URL is invoked
    Then path "/id" is "#id"
    And path "/name" is "Maria"

  Rule: A rule makes no difference

    Scenario: It is deleted
      Given REST method "DELETE"
      When the URL is invoked
      Then status is "204"
      And variable "#id" is any integer
