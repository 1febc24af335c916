Feature: SAP

  There is no driver for it: connections are kept for clients, and whoever uses one is told.

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: Connections are kept, and say on use that there is no driver
    Given the services of "erp.py" are deployed
    When service "zato.outgoing.sap.create" is invoked
      """
      {"cluster_id": 1, "name": "features", "is_active": true, "host": "127.0.0.1", "sysnr": "00", "sysid": "NPL",
       "client": "001", "user": "app", "router": "", "pool_size": 1}
      """
    Then status is "200"
    And I store its "/id" under "id"
    And service "zato.outgoing.sap.change-password" answers with "{"id": #{id}, "password1": "s3cret", "password2": "s3cret"}"
    And service "zato.outgoing.sap.edit" answers with "{"id": #{id}, "name": "features SAP"}"
    And service "zato.outgoing.sap.get-by-id" answers with "{"id": #{id}}"
    And its "/client" is "001"
    And its "/password" does not exist
    And service "zato.outgoing.sap.get-by-name" answers with "{"name": "features SAP"}"
    And service "zato.outgoing.sap.get-list" answers with "{"cluster_id": 1, "query": "features SAP"}"
    And its "/0/sysid" is "NPL"
    When service "zato.outgoing.sap.ping" is invoked with "{"id": #{id}}"
    Then status is "503"
    And path "/zato_env/details" contains "`features SAP` cannot be used: no driver for SAP is installed"
    When service "features.sap" is invoked with "{}"
    Then status is "503"
    And path "/zato_env/details" contains "no driver for SAP is installed"
    And service "zato.outgoing.sap.delete" answers with "{"id": #{id}}"
    When service "features.sap" is invoked with "{}"
    Then status is "500"

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.outgoing.sap.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service         | request                                               | status | details                            |
      | create          | {"name": "x", "host": "h", "user": "u", "sysnr": "7"} | 400    | `sysnr` must have 2 digits         |
      | edit            | {"id": 0}                                             | 404    | no SAP connection with ID 0        |
      | delete          | {"id": 0}                                             | 404    | no SAP connection with ID 0        |
      | get-list        | {"cur_page": "x"}                                     | 400    | Input field `cur_page`             |
      | get-by-id       | {"id": 0}                                             | 404    | no SAP connection with ID 0        |
      | get-by-name     | {"name": "none"}                                      | 404    | no SAP connection with name `none` |
      | change-password | {"id": 0, "password1": "a", "password2": "b"}         | 400    | is not the same as password1       |
      | ping            | {"name": "none"}                                      | 404    | no active SAP connection `none`    |
