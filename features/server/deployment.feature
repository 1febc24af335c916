Feature: Deployment of services while the server runs

  Background:
    Given a directory for servers
    When "apitest server create one" is run
    And "apitest server start one --port 0" is run
    Then within "10" seconds, "/hello" of the server "one" answers "{"greeting":"Hello, World"}"

  Scenario: A file that is edited, broken, put right and removed
    Given the file "one/services/hello.py" holds
      """
      from zato.server.service import Service

      class Hello(Service):
          def handle(self):
              return "Good evening"
      """
    Then within "1" seconds, "/hello" of the server "one" answers "Good evening"
    Given the file "one/services/hello.py" holds
      """
      from zato.server.service import Service

      class Hello(Service:
      """
    Then the log of the server "one" has "Refused hello.py; the version before it stays deployed"
    And the log of the server "one" has "services/hello.py:3"
    And within "1" seconds, "/hello" of the server "one" answers "Good evening"
    Given the file "one/services/hello.py" holds
      """
      from zato.server.service import Service

      class Hello(Service):
          def handle(self):
              return "Good night"
      """
    Then within "1" seconds, "/hello" of the server "one" answers "Good night"
    Given the file "one/services/hello.py" is deleted
    Then within "1" seconds, "/hello" of the server "one" answers "HTTP Error 404: Not Found"

  Scenario: A new file
    Given the file "one/services/quotes.py" holds
      """
      from zato.server.service import Service

      class Latest(Service):
          name = "quotes.latest"

          def handle(self):
              return {"price": 12}
      """
    Then the log of the server "one" has "quotes.latest"
    When "apitest server invoke quotes.latest --dir one" is run
    Then it prints "12"

  Scenario: A name that is taken
    Given the file "one/services/other.py" holds
      """
      from zato.server.service import Service

      class Other(Service):
          name = "hello.hello"

          def handle(self):
              return "Not this one"
      """
    Then the log of the server "one" has "Two services are called `hello.hello`"
    And within "1" seconds, "/hello" of the server "one" answers "{"greeting":"Hello, World"}"

  Scenario: A file that is deployed by command
    Given the file "prices.py" holds
      """
      from zato.server.service import Service

      class Get(Service):
          def handle(self):
              return [1, 2, 3]
      """
    When "apitest server deploy prices.py --dir one" is run
    Then it exits with "0"
    And it prints "Deployed prices.py: prices.get"
    When "apitest server invoke prices.get --dir one" is run
    Then it exits with "0"
    Given the file "prices.py" holds
      """
      from no_such_module import anything
      """
    When "apitest server deploy prices.py --dir one" is run
    Then it exits with "1"
    And its errors have "No module named 'no_such_module'"
    And its errors have "prices.py:1"
