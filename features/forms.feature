Feature: Forms and files

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"
    And URL path "/echo"
    And REST method "POST"

  Scenario: A form
    Given form field "customer" is "Maria José & Co."
    And form fields
      | name | value |
      | city | @city |
      | size | 17    |
    When the URL is invoked
    Then path "/content_type" is "application/x-www-form-urlencoded"
    And path "/form" is JSON "{"customer": "Maria José & Co.", "city": "Tallinn", "size": "17"}"

  Scenario: A name given twice is sent twice
    Given form field "colour" is "red"
    And form field "colour" is "green"
    When the URL is invoked
    Then path "/form/colour" is a list "red, green"

  Scenario: A file makes it multipart
    Given form field "customer" is "Maria"
    And request file "report" is "report.csv"
    And request file "photo" is "photo.png"
    When the URL is invoked
    Then path "/content_type" starts with "multipart/form-data; boundary="
    And path "/form" is JSON "{"customer": "Maria"}"
    And paths are
      | path                  | check         | value      |
      | /files                | has           | 2          |
      | /files/0/name         | is            | report     |
      | /files/0/filename     | is            | report.csv |
      | /files/0/content_type | is            | text/csv   |
      | /files/0/text         | starts with   | id,name    |
      | /files/1/name         | is            | photo      |
      | /files/1/content_type | is            | image/png  |
      | /files/1/size         | is an integer | 70         |

  Scenario: A form with a format of its own
    Given request format "FORM"
    And response format "JSON"
    And request is "a=1&b=2"
    When the URL is invoked
    Then path "/form" is JSON "{"a": "1", "b": "2"}"

  Scenario: A form is forgotten, the rest of the request is not
    Given header "X-Tenant" "acme"
    And form field "customer" is "Maria"
    And request file "report" is "report.csv"
    Then form is cleaned up
    When the URL is invoked
    Then path "/form" is an empty dict
    And path "/files" is an empty list
    And path "/headers/x-tenant" is "acme"

  Scenario: A file that is not there
    Then this is refused with "There is no request file "raport.csv""
      """
      Given request file "report" is "raport.csv"
      """
    And this is refused with "Did you mean report.csv?"
      """
      Given request file "report" is "raport.csv"
      """
