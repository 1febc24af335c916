Feature: Clusters that talk over WebSockets

  A service of one cluster invokes services of another one, and gets what is published there. The services of users
  are as they stand in their projects.

  Background:
    Given context is cleaned up
    And a directory for servers
    And a free port, named "CALLED_PORT"
    And a free port, named "CALLING_PORT"
    When "apitest server create called" is run
    Then it exits with "0"
    When "apitest server create calling" is run
    Then it exits with "0"
    Given the file "calling/services/outgoing.py" holds
      """
      # -*- coding: utf-8 -*-
      from __future__ import absolute_import, division, print_function, unicode_literals
      from zato.server.service import Service

      class MyService(Service):
          def handle(self):
              msg = {'request': {'elem1': 'value1', 'elem2': 'value2'}}
              conn_name = 'My WSX Outconn'
              with self.out.wsx.get(conn_name).conn.client() as client:
                  response = client.send(msg)
                  response = client.invoke(msg)
                  self.logger.info('Response is `%s`', response)
      """
    And the file "calling/services/hook.py" holds
      """
      # -*- coding: utf-8 -*-
      from __future__ import absolute_import, division, print_function, unicode_literals
      from zato.server.service import Opaque, Service

      class OnMessageHook(Service):
          class SimpleIO:
              input_optional = (Opaque('ctx'),)

          def handle(self):
              ctx = self.request.input.ctx
              msg_type = ctx.type
              data = ctx.data
              self.logger.info('Msg type: `%s`', msg_type)
              self.logger.info('Data received: `%s`', data.data)
              self.logger.info('Meta: `%s` `%s`', data.id, data.timestamp)
      """
    And the file "calling/services/greeting.py" holds
      """
      from zato.server.service import Service

      class Greet(Service):
          def handle(self):
              wanted = {'service': 'hello.hello', 'request': {'name': self.request.payload['name']}}
              with self.out.wsx.get('Customers').conn.client() as client:
                  self.response.payload = {'they say': client.invoke(wanted)}
      """
    When "apitest server start called --port $CALLED_PORT" is run
    Then it exits with "0"
    When "apitest server start calling --port $CALLING_PORT" is run
    Then it exits with "0"

    Given address "http://127.0.0.1:${CALLED_PORT}"
    When service "zato.security.basic-auth.create" is invoked
      """
      {"name": "partner", "username": "partner", "password": "the password of a partner"}
      """
    Then status is "200"
    And I store its "/id" under "partner"
    When service "zato.channel.web-socket.create" is invoked
      """
      {"name": "gateway", "service": "helpers.web-sockets-gateway", "url_path": "/gateway", "security_id": #{partner}}
      """
    Then status is "200"
    And I store its "/id" under "gateway"

  Scenario: A service of users calls the other cluster, and its hook is told what happens
    When service "zato.channel.web-socket.create" is invoked
      """
      {"name": "echo", "service": "zato.helpers.echo", "url_path": "/echo", "security_id": #{partner}}
      """
    Then status is "200"
    Given address "http://127.0.0.1:${CALLING_PORT}"
    When service "zato.outgoing.wsx.create" is invoked
      """
      {"name": "My WSX Outconn", "address": "ws://127.0.0.1:${CALLED_PORT}/echo", "is_zato": true,
       "username": "partner", "secret": "the password of a partner", "pool_size": 2,
       "on_connect_service_name": "hook.on-message-hook"}
      """
    Then status is "200"
    And within "30" seconds, the log of the server "calling" has "Msg type: `connect`" "2" times
    And service "outgoing.my-service" answers with "{}"
    And the log of the server "calling" has "Response is `{'request': {'elem1': 'value1', 'elem2': 'value2'}}`"

  Scenario: What is published there comes here, whoever is killed meanwhile
    When service "zato.pubsub.topic.create" is invoked with "{"name": "/customer/new"}"
    Then status is "200"
    When service "zato.pubsub.endpoint.create" is invoked
      """
      {"name": "partners", "endpoint_type": "wsx", "role": "sub", "topic_patterns": "sub=/customer/*",
       "ws_channel_id": #{gateway}}
      """
    Then status is "200"
    Given address "http://127.0.0.1:${CALLING_PORT}"
    When service "zato.outgoing.wsx.create" is invoked
      """
      {"name": "Customers", "address": "ws://127.0.0.1:${CALLED_PORT}/gateway", "is_zato": true,
       "username": "partner", "secret": "the password of a partner",
       "subscription_list": "/customer/new", "max_reconnect_delay": 1,
       "on_connect_service_name": "hook.on-message-hook",
       "on_message_service_name": "hook.on-message-hook",
       "on_close_service_name": "hook.on-message-hook"}
      """
    Then status is "200"
    And within "30" seconds, the log of the server "calling" has "is subscribed to /customer/new" "1" times
    When service "greeting.greet" is invoked with "{"name": "Maria"}"
    Then path "/greeting_greet_response/they say/greeting" contains "Hello, Maria"

    Given address "http://127.0.0.1:${CALLED_PORT}"
    When service "zato.pubsub.pubapi.publish-message" is invoked
      """
      {"topic_name": "/customer/new", "data": {"name": "Maria"}, "has_gd": true, "priority": 7,
       "mime_type": "application/json"}
      """
    Then status is "200"
    And within "30" seconds, the log of the server "calling" has "Msg type: `message`" "1" times
    And the log of the server "calling" has "Data received: `[{"
    And the log of the server "calling" has "'delivery_count': 1, "
    And the log of the server "calling" has "'msg_id': 'zpsm"
    And the log of the server "calling" has "'expiration_time_iso': '"
    And the log of the server "calling" has "'topic_name': '/customer/new'"
    And the log of the server "calling" has "'pub_time_iso': '20"
    And the log of the server "calling" has "'priority': 7"
    And the log of the server "calling" has "'expiration': 2147483647000"
    And the log of the server "calling" has "'has_gd': True"
    And the log of the server "calling" has "'data': {'name': 'Maria'}"
    And the log of the server "calling" has "'sub_key': 'zpsk.websockets."
    And the log of the server "calling" has "'mime_type': 'application/json'"
    And the log of the server "calling" has "'size': 16"

    When the server "called" is killed
    Then within "30" seconds, the log of the server "calling" has "Msg type: `close`" "1" times
    Given address "http://127.0.0.1:${CALLING_PORT}"
    When service "greeting.greet" is invoked with "{"name": "Maria"}"
    Then status is "503"
    And path "/zato_env/details" contains "`Customers` is not connected"
    When "apitest server start called --port $CALLED_PORT" is run
    Then it exits with "0"
    And within "30" seconds, the log of the server "calling" has "Msg type: `connect`" "2" times

    When the server "calling" is killed
    Given address "http://127.0.0.1:${CALLED_PORT}"
    When service "zato.pubsub.pubapi.publish-message" is invoked
      """
      {"topic_name": "/customer/new", "data": "published meanwhile", "has_gd": true}
      """
    Then status is "200"
    When "apitest server start calling --port $CALLING_PORT" is run
    Then it exits with "0"
    And within "30" seconds, the log of the server "calling" has "'data': 'published meanwhile'" "1" times

  Scenario: Who has no permission is told so
    Given address "http://127.0.0.1:${CALLING_PORT}"
    When service "zato.outgoing.wsx.create" is invoked
      """
      {"name": "Customers", "address": "ws://127.0.0.1:${CALLED_PORT}/gateway", "is_zato": true,
       "username": "partner", "secret": "not the password"}
      """
    Then status is "200"
    When service "greeting.greet" is invoked with "{"name": "Maria"}"
    Then status is "503"
    And path "/zato_env/details" contains "`Customers` is not connected"
    And path "/zato_env/details" does not contain "not the password"
