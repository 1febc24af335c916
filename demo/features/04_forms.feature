# Forms, and files that are uploaded with them.

Feature: Forms and files

  Background:
    Given address "@address"
    And URL path "/echo"
    And REST method "POST"
    And request format "FORM"

  Scenario: A form
    Given form fields
      | name     | value      |
      | customer | Maria José |
      | city     | Kraków     |

    # A field given twice is sent twice.
    And form field "interest" is "music"
    And form field "interest" is "chess"

    When the URL is invoked

    Then status is "200"
    And path "/content_type" is "application/x-www-form-urlencoded"
    And path "/form/customer" is "Maria José"
    And path "/form/interest" is a list "music,chess"
    And form is cleaned up

  Scenario: A form with a file
    Given form field "customer" is "Maria"
    # The file is features/form/request/photo.png.
    And request file "photo" is "photo.png"

    When the URL is invoked

    Then status is "200"
    And path "/content_type" starts with "multipart/form-data"
    And path "/form/customer" is "Maria"
    And path "/files" has "1" elements
    And paths are
      | path                  | check           | value     |
      | /files/0/name         | is              | photo     |
      | /files/0/filename     | is              | photo.png |
      | /files/0/content_type | is              | image/png |
      | /files/0/size         | is greater than | 50        |
