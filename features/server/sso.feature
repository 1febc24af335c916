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

  Scenario: A user signs up, confirms it, and is approved
    Given a new super-user of SSO
    When SSO is asked to "POST" "user/signup"
      """
      {"current_app": "CRM", "username": "Features.Ben", "password": "a good password", "email": "ben@features.example.com", "app_list": ["CRM"]}
      """
    Then SSO answers
    And I store "/confirm_token" from response under "confirm_token"
    When SSO is asked to "PATCH" "user/signup"
      """
      {"current_app": "CRM", "confirm_token": "#{confirm_token}"}
      """
    Then SSO answers
    When SSO is asked to "POST" "user/login"
      """
      {"current_app": "CRM", "username": "features.ben", "password": "a good password"}
      """
    Then SSO refuses with "E005001"
    When SSO is asked to "GET" "user/search"
      """
      {"current_app": "CRM", "ust": "#{boss}", "sign_up_status": "to_approve", "username": "features.ben"}
      """
    Then SSO answers
    And path "/total" is an integer "1"
    And I store "/result/0/user_id" from response under "user_id"
    When SSO is asked to "POST" "user/approve"
      """
      {"current_app": "CRM", "ust": "#{boss}", "user_id": "#{user_id}"}
      """
    Then SSO answers
    When SSO is asked to "POST" "user/login"
      """
      {"current_app": "CRM", "username": "features.ben", "password": "a good password"}
      """
    Then SSO answers
    And service "zato.sso.user.search" answers with "{"email": "BEN@features.example.com"}"
    And its "/result/0/username" is "Features.Ben"
    And service "zato.sso.user.delete" answers with "{"user_id": "#{user_id}"}"
    And service "zato.sso.user.signup" answers with "{"username": "Features.Carl", "password": "a good password"}"
    And I store its "/confirm_token" under "confirm_token"
    And service "zato.sso.user.confirm-signup" answers with "{"confirm_token": "#{confirm_token}"}"
    And service "zato.sso.user.delete" answers with "{"username": "features.carl"}"
    And service "zato.sso.user.delete" answers with "{"username": "#{boss_name}"}"

  Scenario: A user signs in with a code, too
    Given a new super-user of SSO
    When SSO is asked to "PATCH" "user/totp"
      """
      {"current_app": "CRM", "ust": "#{boss}", "totp_label": "My telephone"}
      """
    Then SSO answers
    And path "/totp_uri" starts with "otpauth://totp/"
    When a telephone shows codes of its key: "first", then "second"
    And SSO is asked to "PATCH" "user"
      """
      {"current_app": "CRM", "ust": "#{boss}", "is_totp_enabled": true, "totp_code": "#{first}"}
      """
    Then SSO answers
    And path "/totp_label" is "My telephone"
    When SSO is asked to "POST" "user/login"
      """
      {"current_app": "CRM", "username": "#{boss_name}", "password": "a password of features"}
      """
    Then SSO refuses with "E005003"
    When SSO is asked to "POST" "user/login"
      """
      {"current_app": "CRM", "username": "#{boss_name}", "password": "a password of features", "totp_code": "#{first}"}
      """
    Then SSO refuses with "E005004"
    When SSO is asked to "POST" "user/login"
      """
      {"current_app": "CRM", "username": "#{boss_name}", "password": "a password of features", "totp_code": "#{second}"}
      """
    Then SSO answers
    And service "zato.sso.user.search" answers with "{"username": "#{boss_name}"}"
    And I store its "/result/0/user_id" under "user_id"
    And service "zato.sso.user.update" answers with "{"user_id": "#{user_id}", "is_totp_enabled": false}"
    And service "zato.sso.user.reset-totp-key" answers with "{"user_id": "#{user_id}"}"
    And service "zato.sso.user.login" answers with "{"username": "#{boss_name}", "password": "a password of features"}"
    And service "zato.sso.user.delete" answers with "{"username": "#{boss_name}"}"

  Scenario: A program of a user signs in with its own account
    Given a new super-user of SSO
    Then service "zato.sso.user.search" answers with "{"username": "#{boss_name}"}"
    And I store its "/result/0/user_id" under "user_id"
    And service "zato.security.basic-auth.create" answers with "{"name": "features.sso", "username": "features.laptop", "password": "a password of a program"}"
    And I store its "/id" under "id"
    When SSO is asked to "POST" "user/linked"
      """
      {"current_app": "CRM", "ust": "#{boss}", "user_id": "#{user_id}", "auth_type": "basic_auth", "auth_username": "features.laptop"}
      """
    Then SSO answers
    When SSO is asked to "GET" "user/linked"
      """
      {"current_app": "CRM", "ust": "#{boss}"}
      """
    Then SSO answers
    And path "/result/0/auth_username" is "features.laptop"
    When account "features.laptop" with password "a password of a program" asks SSO to "POST" "user/login"
      """
      {"current_app": "Backup"}
      """
    Then SSO answers
    And path "/user_id" is "#user_id"
    And I store "/ust" from response under "laptop"
    When SSO is asked to "DELETE" "user/linked"
      """
      {"current_app": "CRM", "ust": "#{boss}", "user_id": "#{user_id}", "auth_type": "basic_auth", "auth_username": "features.laptop"}
      """
    Then SSO answers
    When SSO is asked to "GET" "user"
      """
      {"current_app": "Backup", "ust": "#{laptop}"}
      """
    Then SSO refuses with "E005001"
    And service "zato.sso.user.link" answers with "{"user_id": "#{user_id}", "auth_type": "basic_auth", "auth_username": "features.laptop", "is_active": false}"
    And service "zato.sso.user.get-linked" answers with "{"user_id": "#{user_id}"}"
    And its "/result/0/is_active" is False
    And service "zato.sso.user.unlink" answers with "{"user_id": "#{user_id}", "auth_type": "basic_auth", "auth_username": "features.laptop"}"
    And service "zato.security.basic-auth.delete" answers with "{"id": #{id}}"
    And service "zato.sso.user.delete" answers with "{"username": "#{boss_name}"}"

  @email
  Scenario: A password that was forgotten is reset by e-mail
    Given the services of "sso.py" are deployed
    And a new super-user of SSO
    And I store "$APITEST_SMTP_PORT" under "smtp_port"
    And I store "$APITEST_IMAP_PORT" under "imap_port"
    And I store "$APITEST_EMAIL_USER" under "user"
    And I store "$APITEST_EMAIL_PASSWORD" under "password"
    And I store "$APITEST_EMAIL_CA" under "authority"
    Then service "zato.email.smtp.create" answers with "{"name": "features sso", "host": "127.0.0.1", "port": #{smtp_port}, "timeout": 30, "username": "#{user}", "password": "#{password}", "ca_certs": "#{authority}"}"
    And I store its "/id" under "smtp"
    And service "zato.email.imap.create" answers with "{"name": "features sso", "host": "127.0.0.1", "port": #{imap_port}, "timeout": 30, "mode": "ssl", "get_criteria": "FROM sso@features.example.com", "username": "#{user}", "password": "#{password}", "ca_certs": "#{authority}"}"
    And I store its "/id" under "imap"
    And service "zato.sso.user.create" answers with "{"username": "Features.Dora", "password": "a good password", "email": "dora@features.example.com"}"
    When SSO is asked to "POST" "password/reset"
      """
      {"current_app": "CRM", "credential": "dora@features.example.com"}
      """
    Then SSO answers
    When an e-mail of SSO has come to "features sso"
    Then variable "subject" is "apitest: set a new password"
    When SSO is asked to "PATCH" "password/reset"
      """
      {"current_app": "CRM", "token": "#{token}"}
      """
    Then SSO answers
    And I store "/reset_key" from response under "reset_key"
    When SSO is asked to "DELETE" "password/reset"
      """
      {"current_app": "CRM", "token": "#{token}", "reset_key": "#{reset_key}", "password": "short"}
      """
    Then SSO refuses with "E003002"
    When SSO is asked to "DELETE" "password/reset"
      """
      {"current_app": "CRM", "token": "#{token}", "reset_key": "#{reset_key}", "password": "a better password"}
      """
    Then SSO answers
    When SSO is asked to "POST" "user/login"
      """
      {"current_app": "CRM", "username": "features.dora", "password": "a better password"}
      """
    Then SSO answers
    And service "zato.sso.password-reset.create-token" answers with "{"credential": "features.dora"}"
    When an e-mail of SSO has come to "features sso"
    Then service "zato.sso.password-reset.access-token" answers with "{"token": "#{token}"}"
    And I store its "/reset_key" under "reset_key"
    And service "zato.sso.password-reset.change-password" answers with "{"token": "#{token}", "reset_key": "#{reset_key}", "password": "the best password"}"
    And service "zato.sso.user.delete" answers with "{"username": "features.dora"}"
    And service "zato.sso.user.delete" answers with "{"username": "#{boss_name}"}"
    And service "zato.email.smtp.delete" answers with "{"id": #{smtp}}"
    And service "zato.email.imap.delete" answers with "{"id": #{imap}}"

  Scenario Outline: Attributes of a user, or of a session: <path>
    Given a new super-user of SSO
    When SSO is asked to "POST" "<path>"
      """
      {"current_app": "CRM", "ust": "#{boss}", "name": "colour", "value": "blue", "encrypt": true, "expiration": 3600}
      """
    Then SSO answers
    When SSO is asked to "POST" "<path>"
      """
      {"current_app": "CRM", "ust": "#{boss}", "name": "colour", "value": "red"}
      """
    Then SSO refuses with "E009001"
    When SSO is asked to "GET" "<path>"
      """
      {"current_app": "CRM", "ust": "#{boss}", "name": "colour"}
      """
    Then SSO answers
    And path "/value" is "blue"
    And path "/is_encrypted" is True
    And service "zato.sso.<service>.create" answers with "{"ust": "#{boss}", "name": "size", "value": 1}"
    And service "zato.sso.<service>.update" answers with "{"ust": "#{boss}", "name": "size", "value": 2}"
    And service "zato.sso.<service>.set" answers with "{"ust": "#{boss}", "data": [{"name": "size", "value": 3}, {"name": "shape", "value": null}]}"
    And service "zato.sso.<service>.set-expiry" answers with "{"ust": "#{boss}", "name": "size", "expiration": 60}"
    And service "zato.sso.<service>.get" answers with "{"ust": "#{boss}", "data": ["size", "none"]}"
    And its "/result/size/value" is an integer "3"
    And its "/result/none/found" is False
    And service "zato.sso.<service>.exists" answers with "{"ust": "#{boss}", "name": "shape"}"
    And its "/result" is True
    And service "zato.sso.<service>.get-names" answers with "{"ust": "#{boss}"}"
    And its "/result" is JSON "["colour", "shape", "size"]"
    And service "zato.sso.<service>.delete" answers with "{"ust": "#{boss}", "data": ["size", "shape"]}"
    And service "zato.sso.user.delete" answers with "{"username": "#{boss_name}"}"

    Examples:
      | path         | service      |
      | user/attr    | user-attr    |
      | session/attr | session-attr |

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
      | POST   | user/signup       | {"current_app": "CRM", "username": "admin", "password": "a good one"} | E001001 |
      | PATCH  | user/signup       | {"current_app": "CRM", "confirm_token": "x"}                 | E005002 |
      | GET    | user/session/list | {"current_app": "CRM", "ust": "x"}                           | E005001 |

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.sso.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service                        | request                                                    | status | details                       |
      | user.create                    | {"username": "a b"}                                        | 400    | user name has blanks          |
      | user.get                       | {"user_id": "none"}                                        | 400    | no user with this ID          |
      | user.update                    | {"user_id": "none"}                                        | 400    | no user with this ID          |
      | user.delete                    | {"user_id": "none"}                                        | 400    | no user with this ID          |
      | user.login                     | {"username": "none", "password": "none"}                   | 403    | Not allowed                   |
      | user.logout                    | {"ust": "none"}                                            | 403    | Not allowed                   |
      | user.change-password           | {"user_id": "none"}                                        | 400    | `new_password` is required    |
      | user.link                      | {"user_id": "none", "auth_type": "jwt", "auth_username": "x"} | 400   | no user with this ID          |
      | user.unlink                    | {"user_id": "none", "auth_type": "jwt", "auth_username": "x"} | 400   | no user with this ID          |
      | user.get-linked                | {"user_id": "none"}                                        | 400    | no user with this ID          |
      | user.reset-totp-key            | {"user_id": "none"}                                        | 400    | no user with this ID          |
      | user.lock                      | {"user_id": "none"}                                        | 400    | no user with this ID          |
      | user.unlock                    | {"user_id": "none"}                                        | 400    | no user with this ID          |
      | user.approve                   | {"user_id": "none"}                                        | 400    | no user with this ID          |
      | user.reject                    | {"user_id": "none"}                                        | 400    | no user with this ID          |
      | session.verify                 | {}                                                         | 400    | `target_ust` is required      |
      | session.get                    | {"target_ust": "none"}                                     | 400    | no such session               |
      | session.get-list               | {"target_ust": "none"}                                     | 400    | no such session               |
      | session.renew                  | {"target_ust": "none"}                                     | 400    | no such session               |
      | user.signup                    | {"username": "a b", "password": "a good password"}         | 400    | user name has blanks          |
      | user.confirm-signup            | {"confirm_token": "none"}                                  | 400    | token is not valid            |
      | user.search                    | {"cur_page": 0}                                            | 400    | `cur_page` must be 1 or more  |
      | password-reset.create-token    | {}                                                         | 400    | `credential` is required      |
      | password-reset.access-token    | {"token": "none"}                                          | 400    | token or the key is not valid |
      | password-reset.change-password | {"token": "none", "reset_key": "none", "password": "none"} | 400    | token or the key is not valid |
      | user-attr.create               | {"ust": "none", "name": "x"}                               | 403    | Not allowed                   |
      | user-attr.update               | {"ust": "none", "name": "x"}                               | 403    | Not allowed                   |
      | user-attr.set                  | {"ust": "none", "name": "x"}                               | 403    | Not allowed                   |
      | user-attr.set-expiry           | {"ust": "none", "name": "x"}                               | 403    | Not allowed                   |
      | user-attr.delete               | {"ust": "none", "name": "x"}                               | 403    | Not allowed                   |
      | user-attr.get                  | {"ust": "none", "name": "x"}                               | 403    | Not allowed                   |
      | user-attr.exists               | {"ust": "none", "name": "x"}                               | 403    | Not allowed                   |
      | user-attr.get-names            | {"ust": "none"}                                            | 403    | Not allowed                   |
      | session-attr.create            | {"ust": "none", "name": "x"}                               | 403    | Not allowed                   |
      | session-attr.update            | {"ust": "none", "name": "x"}                               | 403    | Not allowed                   |
      | session-attr.set               | {"ust": "none", "name": "x"}                               | 403    | Not allowed                   |
      | session-attr.set-expiry        | {"ust": "none", "name": "x"}                               | 403    | Not allowed                   |
      | session-attr.delete            | {"ust": "none", "name": "x"}                               | 403    | Not allowed                   |
      | session-attr.get               | {"ust": "none", "name": "x"}                               | 403    | Not allowed                   |
      | session-attr.exists            | {"ust": "none", "name": "x"}                               | 403    | Not allowed                   |
      | session-attr.get-names         | {"ust": "none"}                                            | 403    | Not allowed                   |
