Feature: Outgoing SFTP connections

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  @sftp
  Scenario: Services use files on a server
    Given the services of "files.py" are deployed
    And I store "$APITEST_SFTP_PORT" under "port"
    And I store "$APITEST_SFTP_USER" under "user"
    And I store "$APITEST_SFTP_HOST_KEY" under "host_key"
    And I store "$APITEST_SFTP_PASSWORD" under "password"
    When service "zato.outgoing.sftp.create" is invoked
      """
      {"cluster_id": 1, "name": "features sftp", "is_active": true, "host": "127.0.0.1", "port": #{port},
       "username": "#{user}", "host_keys": "ssh-ed25519 AAAAnot"}
      """
    Then status is "200"
    And I store its "/id" under "id"
    When service "zato.outgoing.sftp.ping" is invoked with "{"id": #{id}}"
    Then status is "503"
    And path "/zato_env/details" contains "its host key is not known"
    And service "zato.outgoing.sftp.edit" answers with "{"id": #{id}, "host_keys": "#{host_key}"}"
    When service "zato.outgoing.sftp.ping" is invoked with "{"id": #{id}}"
    Then status is "503"
    And path "/zato_env/details" contains "refuses to log in"
    And service "zato.outgoing.sftp.change-password" answers with "{"id": #{id}, "password1": "#{password}", "password2": "#{password}"}"
    And service "zato.outgoing.sftp.ping" answers with "{"id": #{id}}"
    And its "/is_success" is True
    And service "features.sftp" answers with "{"connection": "features sftp"}"
    And its "/content" is "1;Maria"
    And its "/names" contains "done.csv"
    And its "/is_there" is False
    When service "zato.outgoing.sftp.execute" is invoked
      """
      {"id": #{id}, "data": "mkdir typed\ncd typed\npwd\ncd ..\nrmdir typed\nrm none\nls"}
      """
    Then status is "200"
    And its "/is_ok" is False
    And its "/stdout" ends with "/typed"
    And its "/stderr" contains "there is no such file or directory"
    And service "zato.outgoing.sftp.get-by-id" answers with "{"id": #{id}}"
    And its "/password" does not exist
    And response text does not contain "$APITEST_SFTP_PASSWORD"
    And service "zato.outgoing.sftp.get-by-name" answers with "{"name": "features sftp"}"
    And service "zato.outgoing.sftp.get-list" answers with "{"cluster_id": 1, "query": "features sftp"}"
    And its "/0/username" is "$APITEST_SFTP_USER"
    And service "zato.outgoing.sftp.delete" answers with "{"id": #{id}}"
    When service "features.sftp" is invoked with "{"connection": "features sftp"}"
    Then status is "500"

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.outgoing.sftp.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service         | request                                          | status | details                             |
      | create          | {"name": "x", "host": "h", "host_keys": "rsa"}   | 400    | `host_keys` must have lines such as |
      | edit            | {"id": 0}                                        | 404    | no SFTP connection with ID 0        |
      | delete          | {"id": 0}                                        | 404    | no SFTP connection with ID 0        |
      | get-list        | {"cur_page": "x"}                                | 400    | Input field `cur_page`              |
      | get-by-id       | {"id": 0}                                        | 404    | no SFTP connection with ID 0        |
      | get-by-name     | {"name": "none"}                                 | 404    | no SFTP connection with name `none` |
      | change-password | {"id": 0, "password1": "a", "password2": "b"}    | 400    | is not the same as password1        |
      | ping            | {"name": "none"}                                 | 404    | no active SFTP connection `none`    |
      | execute         | {"name": "none", "data": "pwd"}                  | 404    | no active SFTP connection `none`    |
      | execute         | {"name": "none"}                                 | 400    | Input field `data` is required      |
