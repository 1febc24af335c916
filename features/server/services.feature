Feature: Administration of services and of the server

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: The life of a service
    # from zato.server.service import Service … class Uploaded: {"hello": name}
    When service "zato.service.upload-package" is invoked
      """
      {"payload": "ZnJvbSB6YXRvLnNlcnZlci5zZXJ2aWNlIGltcG9ydCBTZXJ2aWNlCgoKY2xhc3MgVXBsb2FkZWQoU2VydmljZSk6CiAgICAiIiJTYXlzIGhlbGxvLiIiIgoKICAgIG5hbWUgPSAiZmVhdHVyZXMudXBsb2FkZWQiCgogICAgZGVmIGhhbmRsZShzZWxmKToKICAgICAgICBzZWxmLnJlc3BvbnNlLnBheWxvYWQgPSB7ImhlbGxvIjogc2VsZi5yZXF1ZXN0LmlucHV0LmdldCgibmFtZSIsICJ3b3JsZCIpfQo=", "payload_name": "features_uploaded.py"}
      """
    Then status is "200"
    And its "/services/0" is "features.uploaded"
    And service "zato.service.get-by-name" answers with "{"name": "features.uploaded"}"
    And its "/documentation" is "Says hello."
    And its "/may_be_deleted" is True
    And I store its "/id" under "id"
    And service "zato.service.get-by-id" answers with "{"id": #{id}}"
    And its "/name" is "features.uploaded"
    And service "zato.service.get-list" answers with "{"cluster_id": 1, "query": "features.uploaded", "cur_page": 1}"
    And path "/_meta/total" is an integer "1"
    # {"name": "Maria"} and back {"hello":"Maria"}
    And service "zato.service.invoke" answers with "{"id": #{id}, "payload": "eyJuYW1lIjogIk1hcmlhIn0=", "data_format": "json"}"
    And path "/response" is "eyJoZWxsbyI6Ik1hcmlhIn0="
    And service "zato.service.get-source-info" answers with "{"id": #{id}}"
    And its "/source" starts with "ZnJvbSB6YXRvLnNlcnZl"
    And service "zato.service.get-deployment-info-list" answers with "{"name": "features.uploaded"}"
    And its "/0/file" ends with "features_uploaded.py"
    And service "zato.http-soap.create" answers with "{"name": "features uploaded", "connection": "channel", "transport": "plain_http", "url_path": "/features/uploaded", "service": "features.uploaded"}"
    And I store its "/id" under "channel"
    And service "zato.service.get-channel-list" answers with "{"id": #{id}}"
    And its "/0/url_path" is "/features/uploaded"
    And service "zato.http-soap.delete" answers with "{"id": #{channel}}"
    And service "zato.service.delete" answers with "{"id": #{id}}"

    When service "features.uploaded" is invoked
    Then status is "404"

  Scenario: A service is switched off and on
    When service "zato.service.edit" is invoked with "{"name": "echo.xml", "is_active": false}"
    Then status is "200"
    And its "/is_active" is False
    When service "echo.xml" is invoked
    Then status is "500"
    And path "/zato_env/result" is "ZATO_ERROR"
    And path "/zato_env/details" is "The service is not active"
    And service "zato.service.edit" answers with "{"name": "echo.xml", "is_active": true}"
    When service "echo.xml" is invoked
    Then path "/zato_env/details" is not "The service is not active"

  Scenario: Requests are sampled without their secrets
    When service "zato.service.configure-request-response" is invoked with "{"name": "zato.checks.sio.none", "sample_req_resp_freq": 1}"
    Then status is "200"
    And service "zato.checks.sio.none" answers with "{"a": 1, "password": "not to be shown"}"
    And service "zato.service.get-request-response" answers with "{"name": "zato.checks.sio.none"}"
    And path "/zato_service_request_response_response/sample_req_resp_freq" is an integer "1"
    And path "/zato_service_request_response_response/sample_req" starts with "eyJhIjox"
    And path "/zato_service_request_response_response/samples/0/request/a" is an integer "1"
    And path "/zato_service_request_response_response/samples/0/request/password" is "******"
    And response text does not contain "not to be shown"
    And service "zato.service.configure-request-response" answers with "{"name": "zato.checks.sio.none", "sample_req_resp_freq": 0}"

  Scenario: Slow responses are kept
    When service "zato.service.edit" is invoked with "{"name": "zato.helpers.sleep", "slow_threshold": 1}"
    Then status is "200"
    And service "zato.helpers.sleep" answers with "{"seconds": 0.01}"
    And service "zato.service.slow-response.get-list" answers with "{"name": "zato.helpers.sleep"}"
    And its "/0/ms" is greater than "1"
    And I store its "/0/cid" under "cid"
    And service "zato.service.slow-response.get" answers with "{"name": "zato.helpers.sleep", "cid": "#{cid}"}"
    And its "/request/seconds" is a float "0.01"
    And its "/proc_time" is greater than "1"
    And service "zato.service.edit" answers with "{"name": "zato.helpers.sleep", "slow_threshold": 0}"

  Scenario: The server tells about itself
    When service "zato.info.get-info" is invoked
    Then status is "200"
    And its "/server" is "demo"
    And its "/libraries/msgspec" is any string
    And service "zato.server.get-list" answers with "{"cluster_id": 1}"
    And its "/0/name" is "demo"
    And service "zato.server.get-by-id" answers with "{"id": 1}"
    And I store its "/log_level" under "level"
    And service "zato.server.edit" answers with "{"id": 1, "log_level": "ERROR"}"
    And its "/log_level" is "ERROR"
    And service "zato.server.edit" answers with "{"id": 1, "name": "renamed", "log_level": "#{level}"}"
    And service "zato.server.get-by-id" answers with "{"id": 1}"
    And its "/name" is "renamed"
    And service "zato.server.edit" answers with "{"id": 1, "name": "demo"}"
    And its "/name" is "demo"
    And service "zato.ping" answers with "{}"
    And its "/pong" is "zato"

  Scenario: The cluster and its servers
    When service "zato.cluster.get-list" is invoked with "{"cluster_id": 1}"
    Then its "/0/odb_type" is "sqlite"
    And its "/0/server_count" is an integer "1"
    And service "zato.cluster.get-by-id" answers with "{"id": 1}"
    And its "/name" is "default"
    And service "zato.cluster.server.get-list" answers with "{"cluster_id": 1}"
    And its "/0/name" is "demo"
    And service "zato.cluster.server.get-by-id" answers with "{"id": 1}"
    And its "/name" is "demo"
    And service "zato.cluster.server.edit" answers with "{"id": 1, "name": "demo"}"
    And its "/name" is "demo"
    And service "zato.info.get-server-info" answers with "{"cluster_id": 1}"
    And its "/server" is "demo"
    And its "/cpu_seconds" is greater than "0"
    And service "zato.server.reload-config" answers with "{}"
    And its "/applied" is JSON "[]"
    And service "zato.health.live" answers with "{}"
    And its "/status" is "live"
    And service "zato.health.ready" answers with "{}"
    And its "/checks/odb" is "ok"

  Scenario Outline: Health is told without credentials: <path>
    Given requests are not authenticated
    And URL path "<path>"
    And REST method "GET"
    When the URL is invoked
    Then status is "200"
    And path "/status" is "<status>"

    Examples:
      | path               | status |
      | /zato/health/live  | live   |
      | /zato/health/ready | ready  |

  Scenario: Services that help while something is built
    When service "zato.helpers.echo" is invoked with "{"a": [1, 2]}"
    Then its answer is JSON "{"a": [1, 2]}"
    And service "zato.helpers.raw-request-logger" answers with "{"a": 1}"
    And its "/cid" is not empty
    And service "zato.helpers.input-logger" answers with "{"a": 1, "b": 2}"
    And its "/fields" is a list "a,b"

  Scenario Outline: It is refused: <service> with <request>
    When service "<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/result" is "ZATO_ERROR"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service                                 | request                                            | status | details                                     |
      | zato.service.get-list                   | {"page_size": 0}                                   | 400    | Input field `page_size` must be from 1      |
      | zato.service.get-by-name                | {"name": "zato.pin"}                               | 404    | did you mean `zato.ping`?                   |
      | zato.service.get-by-id                  | {"id": 1}                                          | 404    | There is no service with ID 1               |
      | zato.service.edit                       | {"name": "zato.ping", "is_active": false}          | 400    | `zato.ping` is internal                     |
      | zato.service.delete                     | {"name": "zato.ping"}                              | 400    | is internal and cannot be deleted           |
      | zato.service.delete                     | {"name": "demo.rest"}                              | 400    | shares its file with others                 |
      | zato.service.invoke                     | {"name": "zato.ping", "payload": "{}"}             | 400    | Input field `payload` must be Base64        |
      | zato.service.upload-package             | {"payload": "ZnJvbSB6YXRvLnNlcnZlci5zZXJ2aWNlIGltcG9ydCBTZXJ2aWNlCmNsYXNzIFVwbG9hZGVkKFNlcnZpY2UpCiAgICBwYXNzCg==", "payload_name": "features_broken.py"} | 400 | features_broken.py:2 |
      | zato.service.upload-package             | {"payload": "", "payload_name": "../x.py"}         | 400    | is not a valid name for a file of services           |
      | zato.service.get-source-info            | {}                                                 | 400    | One of the input fields `id` and `name`     |
      | zato.service.get-deployment-info-list   | {"id": "x"}                                        | 400    | Input field `id` must be an integer         |
      | zato.service.get-channel-list           | {"name": "none"}                                   | 404    | No such service: `none`                     |
      | zato.service.configure-request-response | {"name": "zato.ping", "sample_req_resp_freq": -1}  | 400    | from 0 to                                   |
      | zato.service.get-request-response       | {"name": "none"}                                   | 404    | No such service: `none`                     |
      | zato.service.slow-response.get-list     | {"name": "none"}                                   | 404    | No such service: `none`                     |
      | zato.service.slow-response.get          | {"name": "zato.ping", "cid": "none"}               | 404    | No slow response with the cid `none` is kept |
      | zato.server.get-list                    | {"cluster_id": "x"}                                | 400    | Input field `cluster_id` must be an integer |
      | zato.server.get-by-id                   | {"id": 2}                                          | 500    | There is no server with ID 2                |
      | zato.server.edit                        | {"id": 1, "log_level": "LOUD"}                     | 400    | `log_level` must be one of                  |
      | zato.server.delete                      | {"id": 1}                                          | 409    | Server `demo` cannot delete itself          |
      | zato.server.reload-config               | {"id": 2}                                          | 500    | There is no server with ID 2                |
      | zato.cluster.get-list                   | {"cluster_id": "x"}                                | 400    | Input field `cluster_id` must be an integer |
      | zato.cluster.get-by-id                  | {"id": 2}                                          | 404    | There is no cluster with ID 2               |
      | zato.cluster.server.get-list            | {"cluster_id": "x"}                                | 400    | Input field `cluster_id` must be an integer |
      | zato.cluster.server.get-by-id           | {"id": 2}                                          | 500    | There is no server with ID 2                |
      | zato.cluster.server.edit                | {"id": 2, "name": "x"}                             | 500    | There is no server with ID 2                |
      | zato.cluster.server.delete              | {"id": 2}                                          | 500    | There is no server with ID 2                |
      | zato.info.get-server-info               | {"cluster_id": "x"}                                | 400    | Input field `cluster_id` must be an integer |
      | zato.helpers.sleep                      | {"seconds": 61}                                    | 400    | must be a number from 0 to 60               |

  Scenario Outline: What is not valid JSON is refused by <service>
    When service "<service>" is invoked with malformed JSON
    Then status is "400"
    And path "/zato_env/details" contains "The request body is not valid JSON"

    Examples:
      | service                         |
      | zato.helpers.echo               |
      | zato.helpers.raw-request-logger |
      | zato.helpers.input-logger       |
      | zato.info.get-info              |
      | zato.health.live                |
      | zato.health.ready               |
      | zato.ping                       |
      | zato.checks.sio.none            |
