Feature: Roles (RBAC)

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: Who has a role may do what it may
    When service "zato.security.basic-auth.create" is invoked with "{"name": "features rbac", "username": "clerk", "password": "p"}"
    Then status is "200"
    And I store its "/id" under "security"
    And service "zato.security.rbac.role.create" answers with "{"name": "features staff", "parent_id": -1}"
    And I store its "/id" under "staff"
    And service "zato.security.rbac.role.create" answers with "{"name": "features clerks", "parent_id": #{staff}}"
    And I store its "/id" under "clerks"
    And service "zato.security.rbac.role.edit" answers with "{"id": #{clerks}, "name": "features writers"}"
    And service "zato.security.rbac.role.get-list" answers with "{"query": "features staff"}"
    And its "/0/parent_id" is an integer "-1"
    And service "zato.security.rbac.role.get-by-id" answers with "{"id": #{clerks}}"
    And service "zato.security.rbac.role.get-by-name" answers with "{"name": "features writers"}"
    And service "zato.security.rbac.permission.get-by-name" answers with "{"name": "Create"}"
    And service "zato.security.rbac.permission.get-list" answers with "{"query": "Read"}"
    And I store its "/0/id" under "read"
    And service "zato.security.rbac.permission.get-by-id" answers with "{"id": #{read}}"
    And its "/name" is "Read"
    And service "zato.security.rbac.permission.create" answers with "{"name": "features look", "methods": "GET"}"
    And I store its "/id" under "look"
    And service "zato.security.rbac.permission.edit" answers with "{"id": #{look}, "methods": "GET, OPTIONS"}"
    And service "zato.security.rbac.permission.delete" answers with "{"id": #{look}}"
    And service "zato.service.get-by-name" answers with "{"name": "zato.ping"}"
    And I store its "/id" under "service"
    When service "zato.security.rbac.role-permission.create" is invoked
      """
      {"role_id": #{staff}, "service_id": #{service}, "perm_id": #{read}}
      """
    Then status is "200"
    And I store its "/id" under "permission"
    And service "zato.security.rbac.role-permission.get-by-id" answers with "{"id": #{permission}}"
    And its "/service_name" is "zato.ping"
    And service "zato.security.rbac.role-permission.get-by-name" answers with "{"name": "features staff: Read, zato.ping"}"
    And service "zato.security.rbac.role-permission.get-list" answers with "{"query": "features staff"}"
    And service "zato.security.rbac.role-permission.edit" answers with "{"id": #{permission}, "perm_id": #{read}}"
    And service "zato.security.rbac.client-role.get-client-def-list" answers with "{}"
    When service "zato.security.rbac.client-role.create" is invoked
      """
      {"client_def": "sec_def:::basic_auth:::features rbac", "role_id": #{staff}}
      """
    Then status is "200"
    And I store its "/id" under "client"
    And service "zato.security.rbac.client-role.edit" answers with "{"id": #{client}, "role_id": #{clerks}}"
    And service "zato.security.rbac.client-role.get-by-id" answers with "{"id": #{client}}"
    And I store its "/name" under "name"
    And service "zato.security.rbac.client-role.get-by-name" answers with "{"name": "#{name}"}"
    And service "zato.security.rbac.client-role.get-list" answers with "{"query": "features rbac"}"
    And its "/0/role_name" is "features writers"
    When service "zato.http-soap.create" is invoked
      """
      {"name": "features rbac", "connection": "channel", "transport": "plain_http", "url_path": "/features/rbac",
       "service": "zato.ping", "security_id": #{security}, "has_rbac": true}
      """
    Then status is "200"
    And I store its "/id" under "channel"
    Given requests are not authenticated
    And Basic Auth "clerk" "p"
    And URL path "/features/rbac"
    And REST method "GET"
    When the URL is invoked
    Then status is "200"
    Given Basic Auth "clerk" "p"
    And URL path "/features/rbac"
    And REST method "DELETE"
    When the URL is invoked
    Then status is "403"
    Given requests are not authenticated
    When service "zato.http-soap.delete" is invoked with "{"id": #{channel}}"
    Then status is "200"
    And service "zato.security.rbac.client-role.delete" answers with "{"id": #{client}}"
    And service "zato.security.rbac.role-permission.delete" answers with "{"id": #{permission}}"
    And service "zato.security.rbac.role.delete" answers with "{"id": #{clerks}}"
    And service "zato.security.rbac.role.delete" answers with "{"id": #{staff}}"
    And service "zato.security.basic-auth.delete" answers with "{"id": #{security}}"

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.security.rbac.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service                         | request                             | status | details                         |
      | role.create                     | {"name": "Root"}                    | 400    | it is part of every server      |
      | role.edit                       | {"id": -1, "name": "x"}             | 400    | cannot be changed               |
      | role.delete                     | {"id": 0}                           | 404    | no role with ID 0               |
      | role.get-list                   | {"cur_page": 0}                     | 400    | `cur_page` must be from 1       |
      | role.get-by-id                  | {"id": 0}                           | 404    | no role with ID 0               |
      | role.get-by-name                | {"name": "none"}                    | 404    | no role with name `none`        |
      | permission.create               | {"name": "x", "methods": "x"}       | 400    | `methods` must have methods     |
      | permission.edit                 | {"id": -1}                          | 400    | is part of every server         |
      | permission.delete               | {"id": -1}                          | 400    | is part of every server         |
      | permission.get-list             | {"cur_page": 0}                     | 400    | `cur_page` must be from 1       |
      | permission.get-by-id            | {"id": 0}                           | 404    | no permission with ID 0         |
      | permission.get-by-name          | {"name": "none"}                    | 404    | no permission with name `none`  |
      | role-permission.create          | {"role_id": 0, "service_id": 1, "perm_id": -1} | 400 | `role_id` is not the ID |
      | role-permission.edit            | {"id": 0}                           | 404    | no permission of role with ID 0 |
      | role-permission.delete          | {"id": 0}                           | 404    | no permission of role with ID 0 |
      | role-permission.get-list        | {"cur_page": 0}                     | 400    | `cur_page` must be from 1       |
      | role-permission.get-by-id       | {"id": 0}                           | 404    | no permission of role with ID 0 |
      | role-permission.get-by-name     | {"name": "none"}                    | 404    | no permission of role with name |
      | client-role.create              | {"client_def": "x", "role_id": 1}   | 400    | must name a security definition |
      | client-role.edit                | {"id": 0}                           | 404    | no role of client with ID 0     |
      | client-role.delete              | {"id": 0}                           | 404    | no role of client with ID 0     |
      | client-role.get-list            | {"cur_page": 0}                     | 400    | `cur_page` must be from 1       |
      | client-role.get-by-id           | {"id": 0}                           | 404    | no role of client with ID 0     |
      | client-role.get-by-name         | {"name": "none"}                    | 404    | no role of client with name     |
      | client-role.get-client-def-list | {"cluster_id": "x"}                 | 400    | `cluster_id` must be an integer |
