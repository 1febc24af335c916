Feature: E-mail, sent over SMTP and read over IMAP

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  @email
  Scenario: Services send and read e-mails
    Given the services of "email.py" are deployed
    And I store "$APITEST_SMTP_PORT" under "smtp_port"
    And I store "$APITEST_IMAP_PORT" under "imap_port"
    And I store "$APITEST_EMAIL_USER" under "user"
    And I store "$APITEST_EMAIL_PASSWORD" under "password"
    And I store "$APITEST_EMAIL_CA" under "authority"
    When service "zato.email.smtp.create" is invoked
      """
      {"cluster_id": 1, "name": "features smtp", "is_active": true, "host": "127.0.0.1", "port": #{smtp_port}, "timeout": 30,
       "is_debug": false, "mode": "starttls", "ping_address": "", "username": "#{user}", "ca_certs": "#{authority}"}
      """
    Then status is "200"
    And I store its "/id" under "smtp"
    When service "zato.email.smtp.ping" is invoked with "{"id": #{smtp}}"
    Then status is "503"
    And path "/zato_env/details" contains "refuses to log in: 535"
    And service "zato.email.smtp.change-password" answers with "{"id": #{smtp}, "password1": "#{password}", "password2": "#{password}"}"
    And service "zato.email.smtp.ping" answers with "{"id": #{smtp}}"
    And its "/is_success" is True
    When service "zato.email.imap.create" is invoked
      """
      {"cluster_id": 1, "name": "features imap", "is_active": true, "host": "127.0.0.1", "port": #{imap_port}, "timeout": 30,
       "debug_level": 2, "mode": "ssl", "get_criteria": "UNSEEN", "username": "#{user}", "ca_certs": "#{authority}"}
      """
    Then status is "200"
    And I store its "/id" under "imap"
    When service "zato.email.imap.ping" is invoked with "{"id": #{imap}}"
    Then status is "503"
    And path "/zato_env/details" contains "refuses to log in"
    And service "zato.email.imap.change-password" answers with "{"id": #{imap}, "password1": "#{password}", "password2": "#{password}"}"
    And service "zato.email.imap.ping" answers with "{"id": #{imap}}"
    And its "/is_success" is True
    And service "features.email.send" answers with "{"connection": "features smtp", "subject": "Grüße"}"
    And service "features.email.receive" answers with "{"connection": "features imap"}"
    And its "/messages/0/subject" is "Grüße"
    And its "/messages/0/from" is "shop@example.com"
    And its "/messages/0/html" is "<b>Your order</b>"
    And its "/messages/0/file" is JSON "["order.csv", "1;Maria"]"
    And service "features.email.receive" answers with "{"connection": "features imap"}"
    And its "/messages" is JSON "[]"
    And service "zato.email.smtp.edit" answers with "{"id": #{smtp}, "name": "features smtp 2"}"
    And service "zato.email.imap.edit" answers with "{"id": #{imap}, "name": "features imap 2"}"
    And service "zato.email.smtp.get-by-id" answers with "{"id": #{smtp}}"
    And its "/password" does not exist
    And service "zato.email.imap.get-by-id" answers with "{"id": #{imap}}"
    And its "/password" does not exist
    And service "zato.email.smtp.get-by-name" answers with "{"name": "features smtp 2"}"
    And service "zato.email.imap.get-by-name" answers with "{"name": "features imap 2"}"
    And service "zato.email.smtp.get-list" answers with "{"cluster_id": 1, "query": "features"}"
    And its "/0/mode" is "starttls"
    And service "zato.email.imap.get-list" answers with "{"cluster_id": 1, "query": "features"}"
    And its "/0/get_criteria" is "UNSEEN"
    And response text does not contain "$APITEST_EMAIL_PASSWORD"
    And service "zato.email.smtp.delete" answers with "{"id": #{smtp}}"
    And service "zato.email.imap.delete" answers with "{"id": #{imap}}"
    When service "features.email.send" is invoked with "{"connection": "features smtp 2", "subject": "x"}"
    Then status is "500"

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.email.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service              | request                                       | status | details                             |
      | smtp.create          | {"name": "x", "host": "h", "mode": "tls"}     | 400    | `mode` must be one of               |
      | smtp.edit            | {"id": 0}                                     | 404    | no SMTP connection with ID 0        |
      | smtp.delete          | {"id": 0}                                     | 404    | no SMTP connection with ID 0        |
      | smtp.get-list        | {"cur_page": "x"}                             | 400    | Input field `cur_page`              |
      | smtp.get-by-id       | {"id": 0}                                     | 404    | no SMTP connection with ID 0        |
      | smtp.get-by-name     | {"name": "none"}                              | 404    | no SMTP connection with name `none` |
      | smtp.change-password | {"id": 0, "password1": "a", "password2": "b"} | 400    | is not the same as password1        |
      | smtp.ping            | {"name": "none"}                              | 404    | no active SMTP connection `none`    |
      | imap.create          | {"name": "x"}                                 | 400    | Input field `host` is required      |
      | imap.edit            | {"id": 0}                                     | 404    | no IMAP connection with ID 0        |
      | imap.delete          | {"id": 0}                                     | 404    | no IMAP connection with ID 0        |
      | imap.get-list        | {"cur_page": "x"}                             | 400    | Input field `cur_page`              |
      | imap.get-by-id       | {"id": 0}                                     | 404    | no IMAP connection with ID 0        |
      | imap.get-by-name     | {"name": "none"}                              | 404    | no IMAP connection with name `none` |
      | imap.change-password | {"id": 0, "password1": "a", "password2": "b"} | 400    | is not the same as password1        |
      | imap.ping            | {"name": "none"}                              | 404    | no active IMAP connection `none`    |
