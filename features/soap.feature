Feature: SOAP

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"
    And URL path "/xml/customer"
    And REST method "POST"
    And format "XML"
    And namespace prefix "soap" of "http://schemas.xmlsoap.org/soap/envelope/"
    And namespace prefix "cust" of "http://example.com/cust"
    And request "update-customer.xml"

  Scenario: A customer is updated
    Given SOAP action "update:cust"
    And XPath "//cust:name" in request is "Maria"
    And XPath "//cust:last-seen" in request is UTC now "default"
    When the URL is invoked
    Then status is "200"
    And response is not a SOAP fault
    And XPath "/soap:Envelope/soap:Body/*" has "1" elements
    And XPath "//cust:action/cust:code" is an integer "0"
    And XPath "//cust:flow[2]" is "Done"
    And XPath "//cust:update-response/cust:name" is "Maria"

  Scenario: A fault
    Given SOAP action "delete:cust"
    When the URL is invoked
    Then status is "500"
    And response is a SOAP fault
    And XPath "//faultcode" is "soapenv:Client"
    And XPath "//faultstring" contains "Unknown SOAP action `delete:cust`"

  Scenario: A fault that was not expected
    Given SOAP action "delete:cust"
    When the URL is invoked
    Then this fails with "The response must not be a SOAP fault actual "soapenv:Client Unknown SOAP action"
      """
      Then response is not a SOAP fault
      """

  Scenario: A fault that did not come
    Given SOAP action "update:cust"
    And XPath "//cust:name" in request is "Maria"
    When the URL is invoked
    Then this fails with "The response is not a SOAP fault"
      """
      Then response is a SOAP fault
      """

  Scenario: The action travels in a header
    Given SOAP action "update:cust"
    And URL path "/xml/echo"
    When the URL is invoked
    Then XPath "/echo/@action" is "update:cust"
