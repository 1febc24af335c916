Feature: Outgoing FTP connections

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  @ftp
  Scenario Outline: Services use files on a server, <over>
    Given the services of "files.py" are deployed
    And I store "$APITEST_FTP_PORT" under "port"
    And I store "$APITEST_FTP_USER" under "user"
    And I store "$APITEST_FTP_CA" under "authority"
    And I store "$APITEST_FTP_PASSWORD" under "password"
    When service "zato.outgoing.ftp.create" is invoked
      """
      {"cluster_id": 1, "name": "features <over>", "is_active": true, "host": "127.0.0.1", "port": #{port},
       "dircache": true, "user": "#{user}", "use_tls": <tls>, "ca_certs": "#{authority}"}
      """
    Then status is "200"
    And I store its "/id" under "id"
    When service "zato.outgoing.ftp.ping" is invoked with "{"id": #{id}}"
    Then status is "503"
    And path "/zato_env/details" contains "refuses to log in: 530"
    And service "zato.outgoing.ftp.change-password" answers with "{"id": #{id}, "password1": "#{password}", "password2": "#{password}"}"
    And service "zato.outgoing.ftp.ping" answers with "{"id": #{id}}"
    And its "/is_success" is True
    And service "features.ftp" answers with "{"connection": "features <over>"}"
    And its "/content" is "1;Maria"
    And its "/names" contains "done.csv"
    And its "/is_there" is False
    And service "zato.outgoing.ftp.edit" answers with "{"id": #{id}, "name": "features <over> 2", "port": 1}"
    When service "zato.outgoing.ftp.ping" is invoked with "{"name": "features <over> 2"}"
    Then status is "503"
    And path "/zato_env/details" contains "cannot be reached: Connection refused"
    And service "zato.outgoing.ftp.get-by-id" answers with "{"id": #{id}}"
    And its "/dircache" is True
    And its "/password" does not exist
    And response text does not contain "$APITEST_FTP_PASSWORD"
    And service "zato.outgoing.ftp.get-by-name" answers with "{"name": "features <over> 2"}"
    And service "zato.outgoing.ftp.get-list" answers with "{"cluster_id": 1, "query": "features <over>"}"
    And its "/0/user" is "$APITEST_FTP_USER"
    And service "zato.outgoing.ftp.delete" answers with "{"id": #{id}}"
    When service "features.ftp" is invoked with "{"connection": "features <over> 2"}"
    Then status is "500"

    Examples:
      | over     | tls   |
      | plain    | false |
      | with TLS | true  |

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.outgoing.ftp.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service         | request                                       | status | details                             |
      | create          | {"name": "x"}                                 | 400    | Input field `host` is required      |
      | edit            | {"id": 0}                                     | 404    | no FTP connection with ID 0         |
      | delete          | {"id": 0}                                     | 404    | no FTP connection with ID 0         |
      | get-list        | {"cur_page": "x"}                             | 400    | Input field `cur_page`              |
      | get-by-id       | {"id": 0}                                     | 404    | no FTP connection with ID 0         |
      | get-by-name     | {"name": "none"}                              | 404    | no FTP connection with name `none`  |
      | change-password | {"id": 0, "password1": "a", "password2": "b"} | 400    | is not the same as password1        |
      | ping            | {"name": "none"}                              | 404    | no active FTP connection `none`     |
