Feature: File transfer

  Channels look into directories of this machine, of an FTP or of an SFTP server, and hand over what they find there.

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: Files of a directory call a service
    Given the services of "transfer.py" are deployed
    When service "features.transfer.place" is invoked
    Then status is "200"
    And I store its "/path" under "path"
    When service "zato.channel.file-transfer.create" is invoked
      """
      {"cluster_id": 1, "name": "features orders", "is_active": true, "source_type": "local", "pickup_from_list": "#{path}",
       "file_patterns": "*.json", "service_list": "features.transfer.received", "parse_with": "json", "interval": 0.1,
       "move_processed_to": "#{path}/done"}
      """
    Then status is "200"
    And I store its "/id" under "id"
    And service "zato.channel.file-transfer.ping" answers with "{"id": #{id}}"
    And its "/info" is "1 directories with 0 files"
    And service "features.transfer.write" answers with "{"path": "#{path}", "name": "order.json", "text": "{\"article\": \"tea\"}"}"
    When service "zato.cache.builtin.entry.get" is invoked until it answers with "{"key": "features:transfer:order.json"}"
    Then its "/value/article" is "tea"

    And service "zato.channel.file-transfer.edit" answers with "{"id": #{id}, "name": "features orders 2", "parse_with": ""}"
    And service "zato.channel.file-transfer.get-by-id" answers with "{"id": #{id}}"
    And its "/move_processed_to" ends with "/done"
    And service "zato.channel.file-transfer.get-by-name" answers with "{"name": "features orders 2"}"
    And its "/source_type" is "local"
    And service "zato.channel.file-transfer.get-list" answers with "{"cluster_id": 1, "query": "features orders"}"
    And its "/0/interval" is a float "0.1"
    And service "zato.generic.connection.get-list" answers with "{"type_": "channel-file-transfer", "cluster_id": 1}"
    And its "/0/name" is "features orders 2"
    And service "features.transfer.write" answers with "{"path": "#{path}", "name": "second.json", "text": "milk"}"
    When service "zato.cache.builtin.entry.get" is invoked until it answers with "{"key": "features:transfer:second.json"}"
    Then its "/value" is "milk"
    When service "features.transfer.clean" is invoked until it answers with "{"path": "#{path}", "names": ["order.json", "second.json"]}"
    Then its "/is_clean" is True
    And service "zato.channel.file-transfer.get-status" answers with "{"id": #{id}}"
    And its "/taken" is an integer "1"
    When service "zato.channel.file-transfer.ping" is invoked with "{"id": #{id}}"
    Then status is "404"
    And service "zato.channel.file-transfer.delete" answers with "{"id": #{id}}"

  @ftp
  Scenario: Files of an FTP server call a service
    Given the services of "transfer.py" are deployed
    And I store "$APITEST_FTP_PORT" under "port"
    And I store "$APITEST_FTP_USER" under "user"
    And I store "$APITEST_FTP_PASSWORD" under "password"
    When service "zato.outgoing.ftp.create" is invoked
      """
      {"name": "features incoming", "host": "127.0.0.1", "port": #{port}, "user": "#{user}", "password": "#{password}"}
      """
    Then status is "200"
    And I store its "/id" under "connection"
    When service "zato.channel.file-transfer.create" is invoked
      """
      {"name": "features ftp", "source_type": "ftp", "ftp_source_id": #{connection}, "pickup_from_list": "incoming",
       "service_list": "features.transfer.received", "interval": 0.1}
      """
    Then status is "200"
    And I store its "/id" under "id"
    And service "features.transfer.send" answers with "{"kind": "ftp", "connection": "features incoming", "name": "ftp.txt", "text": "over FTP"}"
    When service "zato.cache.builtin.entry.get" is invoked until it answers with "{"key": "features:transfer:ftp.txt"}"
    Then its "/value" is "over FTP"
    When service "zato.outgoing.ftp.delete" is invoked with "{"id": #{connection}}"
    Then status is "400"
    And path "/zato_env/details" contains "features ftp"
    And service "zato.channel.file-transfer.delete" answers with "{"id": #{id}}"
    And service "zato.outgoing.ftp.delete" answers with "{"id": #{connection}}"

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.channel.file-transfer.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service     | request                                                                        | status | details                                       |
      | create      | {"name": "x"}                                                                  | 400    | Input field `pickup_from_list` is required    |
      | create      | {"name": "x", "pickup_from_list": "/in"}                                       | 400    | must name a service, or `topic_list` a topic  |
      | create      | {"name": "x", "pickup_from_list": "/in", "service_list": "zato.ping", "should_delete_after_pickup": false} | 400 | a file that stays would be taken again |
      | edit        | {"id": 0}                                                                      | 404    | no file transfer channel with ID 0            |
      | delete      | {"id": 0}                                                                      | 404    | no file transfer channel with ID 0            |
      | get-list    | {"cur_page": "x"}                                                              | 400    | Input field `cur_page`                        |
      | get-by-id   | {"id": 0}                                                                      | 404    | no file transfer channel with ID 0            |
      | get-by-name | {"name": "none"}                                                               | 404    | no file transfer channel with name `none`     |
      | ping        | {"id": 0}                                                                      | 404    | no file transfer channel with ID 0            |
      | get-status  | {"id": 0}                                                                      | 404    | no file transfer channel with ID 0            |
