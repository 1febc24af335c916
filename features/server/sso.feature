Feature: SSO, users who sign in once for several applications

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: A super-user makes a user, who signs in and out
    Given a new super-user of SSO
    When SSO is asked to "POST" "user"
      """
      {"ust": "#{boss}", "current_app": "CRM", "username": "Features.Maria", "password": "a good password", "email": "maria@features.example.com"}
      """
    Then SSO answers
    And path "/username" is "Features.Maria"
    And path "/is_super_user" is False
    And path "/password" does not exist
    And I store "/user_id" from response under "user_id"
    When SSO is asked to "POST" "user/login"
      """
      {"current_app": "CRM", "username": "features.maria", "password": "a good password"}
      """
    Then SSO answers
    And I store "/ust" from response under "ust"
    When SSO is asked to "POST" "user/session"
      """
      {"current_app": "CRM", "current_ust": "#{boss}", "target_ust": "#{ust}"}
      """
    Then SSO answers
    And path "/is_valid" is True
    When SSO is asked to "GET" "user"
      """
      {"current_app": "CRM", "ust": "#{ust}"}
      """
    Then SSO answers
    And path "/email" is "maria@features.example.com"
    And path "/is_locked" does not exist
    When SSO is asked to "PATCH" "user"
      """
      {"current_app": "CRM", "ust": "#{ust}", "display_name": "María"}
      """
    Then SSO answers
    And path "/display_name" is "María"
    When SSO is asked to "PATCH" "user/password"
      """
      {"current_app": "CRM", "ust": "#{ust}", "old_password": "a good password", "new_password": "a better password"}
      """
    Then SSO answers
    When SSO is asked to "PATCH" "user/session"
      """
      {"current_app": "CRM", "ust": "#{ust}"}
      """
    Then SSO answers
    When SSO is asked to "POST" "user/logout"
      """
      {"current_app": "CRM", "ust": "#{ust}"}
      """
    Then SSO answers
    When SSO is asked to "GET" "user"
      """
      {"current_app": "CRM", "ust": "#{ust}"}
      """
    Then SSO refuses with "E005001"
    And service "zato.sso.user.lock" answers with "{"user_id": "#{user_id}"}"
    And service "zato.sso.user.unlock" answers with "{"user_id": "#{user_id}"}"
    And service "zato.sso.user.reject" answers with "{"user_id": "#{user_id}"}"
    And service "zato.sso.user.approve" answers with "{"user_id": "#{user_id}"}"
    And service "zato.sso.user.update" answers with "{"user_id": "#{user_id}", "last_name": "Smith"}"
    And service "zato.sso.user.get" answers with "{"user_id": "#{user_id}"}"
    And its "/last_name" is "Smith"
    And its "/approval_status" is "approved"
    And service "zato.sso.user.change-password" answers with "{"user_id": "#{user_id}", "new_password": "the best password"}"
    And service "zato.sso.user.login" answers with "{"username": "features.maria", "password": "the best password"}"
    And I store its "/ust" under "again"
    And service "zato.sso.session.verify" answers with "{"target_ust": "#{again}"}"
    And its "/is_valid" is True
    And service "zato.sso.session.get" answers with "{"target_ust": "#{again}"}"
    And service "zato.sso.session.get-list" answers with "{"target_ust": "#{again}"}"
    And its "/result/0/auth_principal" is "Features.Maria"
    And service "zato.sso.session.renew" answers with "{"target_ust": "#{again}"}"
    And service "zato.sso.user.logout" answers with "{"ust": "#{again}"}"
    And service "zato.sso.session.verify" answers with "{"target_ust": "#{again}"}"
    And its "/is_valid" is False
    And service "zato.sso.user.delete" answers with "{"username": "Features.Maria"}"
    And service "zato.sso.user.delete" answers with "{"username": "#{boss_name}"}"

  Scenario Outline: SSO refuses: <method> <path> with <request>
    When SSO is asked to "<method>" "<path>"
      """
      <request>
      """
    Then SSO refuses with "<code>"

    Examples:
      | method | path              | request                                                      | code    |
      | POST   | user/login        | {"current_app": "CRM", "username": "nobody", "password": "x"} | E005001 |
      | POST   | user/login        | {"current_app": "CRM", "username": "nobody"}                 | E008002 |
      | POST   | user              | {"current_app": "CRM", "username": "x"}                      | E005001 |
      | GET    | user/session/list | {"current_app": "CRM", "ust": "x"}                           | E005001 |

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.sso.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service              | request                                  | status | details                         |
      | user.create          | {"username": "a b"}                      | 400    | user name has blanks            |
      | user.get             | {"user_id": "none"}                      | 400    | no user with this ID            |
      | user.update          | {"user_id": "none"}                      | 400    | no user with this ID            |
      | user.delete          | {"user_id": "none"}                      | 400    | no user with this ID            |
      | user.login           | {"username": "none", "password": "none"} | 403    | Not allowed                     |
      | user.logout          | {"ust": "none"}                          | 403    | Not allowed                     |
      | user.change-password | {"user_id": "none"}                      | 400    | `new_password` is required      |
      | user.lock            | {"user_id": "none"}                      | 400    | no user with this ID            |
      | user.unlock          | {"user_id": "none"}                      | 400    | no user with this ID            |
      | user.approve         | {"user_id": "none"}                      | 400    | no user with this ID            |
      | user.reject          | {"user_id": "none"}                      | 400    | no user with this ID            |
      | session.verify       | {}                                       | 400    | `target_ust` is required        |
      | session.get          | {"target_ust": "none"}                   | 400    | no such session                 |
      | session.get-list     | {"target_ust": "none"}                   | 400    | no such session                 |
      | session.renew        | {"target_ust": "none"}                   | 400    | no such session                 |
