Feature: The audit log

  What channels, connections and topics receive and send is kept, if they ask for it, and searched.

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: What a channel receives and sends
    When service "zato.http-soap.create" is invoked
      """
      {"cluster_id": 1, "name": "features audited", "connection": "channel", "transport": "plain_http", "url_path": "/features/audited",
       "service": "zato.helpers.echo", "is_audit_log_received_active": true, "is_audit_log_sent_active": true}
      """
    Then status is "200"
    And I store its "/id" under "id"

    Given URL path "/features/audited"
    And REST method "POST"
    And format "JSON"
    And request is "{"article": "lapsang souchong", "password": "very-secret"}"
    When the URL is invoked
    Then status is "200"

    When service "zato.audit-log.event.get-list" is invoked with "{"object_id": #{id}, "cur_page": 1}"
    Then status is "200"
    And its "/0/direction" is "sent"
    And its "/1/direction" is "received"
    And its "/1/object_name" is "features audited"
    And its "/1/about" is "zato.helpers.echo"
    And its "/1/data" contains "lapsang"
    And response text does not contain "very-secret"
    And I store its "/1/id" under "event"
    And I store its "/1/cid" under "cid"
    And service "zato.audit-log.event.get-list" answers with "{"cid": "#{cid}"}"
    And its "/1/id" is an integer "#event"
    And service "zato.audit-log.event.get-list" answers with "{"query": "LAPSANG souchong", "direction": "received"}"
    And its "/0/cid" is "#cid"
    And service "zato.audit-log.event.get-by-id" answers with "{"id": #{event}}"
    And its "/direction" is "received"
    And service "zato.audit-log.event.clear" answers with "{"object_id": #{id}}"
    And its "/deleted" is an integer "2"
    When service "zato.audit-log.event.get-by-id" is invoked with "{"id": #{event}}"
    Then status is "404"
    And service "zato.http-soap.delete" answers with "{"id": #{id}}"

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.audit-log.event.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service   | request                    | status | details                                   |
      | get-list  | {"direction": "up"}        | 400    | `direction` must be one of                |
      | get-list  | {"page_size": 0}           | 400    | Input field `page_size` must be from 1    |
      | get-by-id | {"id": 0}                  | 404    | The audit log has no event with ID 0      |
      | clear     | {"object_id": 0}           | 404    | There is no object with ID 0              |
