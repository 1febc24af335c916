# A sentence of one's own is a function in Python: this one is in features/steps/steps.py, to be read and changed.

Feature: A step of one's own

  Scenario: Customers come in the order of their IDs
    Given address "@address"
    And URL path "/json"

    When the URL is invoked

    Then status is "200"
    And the list "/customers" is sorted by "id"
