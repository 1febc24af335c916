# XML and SOAP: requests are made and responses are checked with XPath.

Feature: A customer is updated over SOAP

  Background:
    Given address "@address"
    And URL path "/xml/customer"
    And REST method "POST"
    And format "XML"
    And SOAP action "update:cust"

    # The prefixes that the XPaths use, whatever the documents call them.
    And namespace prefix "soap" of "http://schemas.xmlsoap.org/soap/envelope/"
    And namespace prefix "cust" of "http://example.com/cust"

  Scenario: The customer is updated
    # The request is features/xml/request/update-customer.xml.
    Given request "update-customer.xml"
    And XPath "//cust:name" in request is "James"
    And XPath "//cust:last-seen" in request is UTC now "default"

    When the URL is invoked

    Then status is "200"
    And XPath "//cust:code" is an integer "0"
    And XPath "//cust:msg" is "Ok, updated"
    And XPath "//cust:flow[2]" is "Done"
    And XPath "//cust:update-response/cust:name" is "James"
    And XPath "//cust:last-seen" is not empty

  Scenario: Without a name, the answer is a fault
    Given request "update-customer.xml"
    And XPath "//cust:name" in request is ""

    When the URL is invoked

    Then status is "500"
    And XPath "//faultcode" is "soapenv:Client"
    And XPath "//faultstring" is not empty
