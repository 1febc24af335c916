Feature: Services that call others

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: Again after a failure
    When service "zato.pattern.invoke-retry" is invoked with "{"service": "zato.ping", "attempts": 3}"
    Then status is "200"
    And its "/response/pong" is "zato"

  Scenario: The last attempt decides
    When service "zato.pattern.invoke-retry" is invoked
      """
      {"service": "zato.checks.sio.missing-output", "attempts": 3, "delay": 0.001}
      """
    Then status is "500"
    And service "zato.service.configure-request-response" answers with "{"name": "zato.checks.sio.missing-output", "sample_req_resp_freq": 1}"
    When service "zato.pattern.invoke-retry" is invoked
      """
      {"service": "zato.checks.sio.missing-output", "attempts": 3, "delay": 0.001}
      """
    Then service "zato.service.get-request-response" answers with "{"name": "zato.checks.sio.missing-output"}"
    And path "/zato_service_request_response_response/samples" has "3" elements
    And service "zato.service.configure-request-response" answers with "{"name": "zato.checks.sio.missing-output", "sample_req_resp_freq": 0}"

  Scenario Outline: At the same time: <service>
    When service "zato.pattern.<service>" is invoked
      """
      {"targets": [{"service": "zato.checks.sio.int", "payload": {"required": 1}}, {"service": "zato.checks.sio.int", "payload": {}}]}
      """
    Then status is "200"
    And its "/0/response/required" is an integer "1"
    And its "/1/ok" is False
    And its "/1/error" is "Input field `required` is required"

    Examples:
      | service     |
      | parallel    |
      | run-fan-out |

  Scenario: In the background, with callbacks
    When service "zato.pattern.fan-out" is invoked
      """
      {"targets": {"zato.ping": {}}, "on_target": ["zato.ping"], "on_final": ["zato.ping"]}
      """
    Then status is "200"
    And its "/cid" matches "^[0-9a-f]{24}$"

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.pattern.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service      | request                                  | status | details                             |
      | invoke-retry | {"service": "zato.ping", "attempts": 0}  | 400    | The number of attempts is 1 or more |
      | invoke-retry | {"service": "none"}                      | 404    | No such service                     |
      | parallel     | {"targets": []}                          | 400    | `targets` must not be empty         |
      | fan-out      | {"targets": 5}                           | 400    | Input field `targets` must be       |
      | run-fan-out  | {"targets": {"zato.ping": 1}, "at_once": 65} | 400 | from 1 to 64                       |
