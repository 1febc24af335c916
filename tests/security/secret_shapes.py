"""The shapes in which secrets come in messages: each holds SECRET once or more, and nothing of it may be shown."""

import json
from base64 import b64encode
from urllib.parse import quote

SECRET = "Pa55-w0rt.7"
PAIR = b64encode(f"maria:{SECRET}".encode()).decode()
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtYXJpYSJ9.c2lnbmF0dXJlLW9mLW1hcmlh"
BASIC = f"Basic {PAIR}"
# Headers that APIs take their keys in
HEADERS = (
    *(
        "Authorization",
        "Proxy-Authorization",
        "X-API-Key",
        "Api-Key",
        "apikey",
        "X-Api-Token",
        "X-Auth-Token",
        "X-Auth-Key",
    ),
    *("X-Access-Token", "X-Amz-Security-Token", "X-Goog-Api-Key", "Ocp-Apim-Subscription-Key", "X-Functions-Key"),
    *("X-RapidAPI-Key", "X-Vault-Token", "Private-Token", "Job-Token", "X-Gitlab-Token", "X-Shopify-Access-Token"),
    *("DD-API-KEY", "DD-APPLICATION-KEY", "Fastly-Key", "X-Algolia-API-Key", "X-Parse-Master-Key", "X-Plex-Token"),
    *("X-CSRF-Token", "X-XSRF-Token", "X-Session-Token", "X-Hub-Signature-256", "Stripe-Signature", "X-Consumer-Key"),
    *(
        "Cookie",
        "Set-Cookie",
        "X-MBX-APIKEY",
        "X-Secret",
        "X-Client-Secret",
        "X-License-Key",
        "X-Figma-Token",
        "X-My-Key",
    ),
)
FIELDS = (
    *("password", "Password", "PASSWORD", "passwd", "pwd", "pass", "passphrase", "user_password", "passwordConfirm"),
    *(
        "new-password",
        "db.password",
        "user[password]",
        "secret",
        "client_secret",
        "clientSecret",
        "token",
        "access_token",
    ),
    *(
        "refreshToken",
        "id_token",
        "api_key",
        "apiKey",
        "API-Key",
        "private_key",
        "aws_secret_access_key",
        "credentials",
    ),
    *(
        "authorization",
        "session_id",
        "sessionKey",
        "jwt",
        "pin",
        "otp",
        "cvv",
        "signature",
        "client_assertion",
        "SAMLResponse",
    ),
)
XML = {
    "element": "<u><password>{}</password></u>",
    "element with a prefix and attributes": "<wsse:Password Type=\"wsse:PasswordText\" a='b>c'>{}</wsse:Password>",
    "CDATA": "<u><password><![CDATA[{}]]></password></u>",
    "CDATA with an end tag": "<password><![CDATA[a</password>{}]]></password>",
    "CDATA in lines": "<password>\n  <![CDATA[\n{}\n]]>\n</password>",
    "comment": "<password><!-- a -->{}</password>",
    "elements inside": "<credentials><user>a</user><x>{}</x></credentials>",
    "attribute": '<user password="{}"/>',
    "attribute in single quotes": "<user a='b' s:password = '{}'>x</user>",
    "attribute with a blank": '<user password="a {}"/>',
    "pair of attributes": '<param name="password" value="{}"/>',
    "pair of attributes, turned": '<add value="{}" key="ApiKey"/>',
    "named element": '<field name="password">{}</field>',
    "name and value elements": "<member><name>password</name><value><string>{}</string></value></member>",
    "property list": "<dict><key>apiKey</key><string>{}</string></dict>",
    "cut off": "<user><password>{}",
    "attribute, cut off": '<user password="{}',
    "in SOAP": (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><w:Security xmlns:w="w">'
        "<w:UsernameToken><w:Username>a</w:Username><w:Password>{}</w:Password></w:UsernameToken></w:Security></s:Header>"
        "<s:Body/></s:Envelope>"
    ),
}
TEXTS = {
    "form": "user=a&password={}&c=d",
    "form, first": "password={}&c=d",
    "form with signs": "a=b&password=x,;'\"<{}&c=d",
    "form, encoded name": "a=b&user%5Bpassword%5D={}",
    "form, other encoded name": "pass%77ord={}",
    "form that holds JSON": "a=b&data=" + quote('{"password": "') + "{}" + quote('"}'),
    "form that holds a form": "a=b&data=" + quote("x=y&password=") + "{}" + quote("&z=1"),
    "form that holds a URL": "next=" + quote("https://example.com/?token=") + "{}",
    "query string": "/customers?page=2&api_key={}#top",
    "query string of Google": "GET https://example.com/maps?q=x&key={} HTTP/1.1",
    "matrix parameter": "/customers;jsessionid={}?a=b",
    "request": "GET /a?token={} HTTP/1.1\r\nHost: a\r\n\r\n",
    "request with headers": "POST / HTTP/1.1\r\nAuthorization: Bearer {}\r\nCookie: a={}; b={}\r\nX-API-Key:{}\r\n\r\n",
    "cookies without a blank": "Cookie:a=1; b={}",
    "multipart": '--x\r\nContent-Disposition: form-data; name="password"\r\n\r\n{}\r\n--x--\r\n',
    "multipart with types": '--x\nContent-Disposition: form-data; name="token"\nContent-Type: a/b\n\n{}\n--x--\n',
    "JSON, cut off": '{{"a": [1, {{"password": "{}',
    "JSON, two documents": '{{"a": 1}}\n{{"password": "{}"}}',
    "JSON with an escaped name": '{{"pass\\u0077ord": "{}"}}',
    "JSON, cut off, with an escaped name": '{{"pass\\u0077ord": "{}", "b',
    "JSON, cut off, an object": '{{"credentials": {{"a": ["]", "{}"]}}, "b": ',
    "JSON, cut off, with a quote": '{{"password": "a\\"{}", "b": ',
    "JSON in JSON": '{{"body": "{{\\"password\\": \\"{}\\"}}"}}',
    "JSON in JSON, cut off": '{{"body": "{{\\"password\\": \\"{}\\"}}',
    "JavaScript": "{{user: 'a', password: 'b {}'}}",
    "Python": "{{'user': 'a', 'password': 'b {}'}}",
    "YAML": "user: a\npassword: b {}\n",
    "YAML in a list": "users:\n  - password: b {}\n",
    "configuration": "[a]\npassword = b {}\n",
    "environment": "DB_PASSWORD={} python a.py",
    "connection string": "Server=a;Database=b;Pwd={};",
    "URL": "postgresql://maria:{}@example.com/db",
    "URL without a user": "http://:{}@example.com/",
    "URL with signs in its password": "postgresql://maria:a@b:{}@example.com/db",
    "URL in a sentence": "cannot connect to 'redis://:{}@example.com:6379/0'",
    "SQL": "ALTER USER maria PASSWORD '{}'",
    "SQL of MySQL": "CREATE USER maria IDENTIFIED BY '{}'",
    "bearer in a sentence": "called with Bearer {} in vain",
    "digest": 'Digest username="a", realm="b", nonce="c", response="{}"',
    "private key": "-----BEGIN RSA PRIVATE KEY-----\n{}\n-----END RSA PRIVATE KEY-----",
    "object": "User(name='a', password='{}')",
}


def shapes() -> dict[str, object]:
    """Each message by what it is."""
    found: dict[str, object] = {f"XML: {name}": text.format(SECRET) for name, text in XML.items()}
    found |= {name: text.replace("{{", "{").replace("}}", "}").replace("{}", SECRET) for name, text in TEXTS.items()}
    for name in HEADERS:
        found[f"header {name}"] = {"headers": {name: SECRET}}
        found[f"header {name} in a text"] = f"Host: a\r\n{name}: {SECRET}\r\nAccept: b"
        found[f"header {name} as a pair"] = [["Host", "a"], [name, SECRET], (name.encode(), SECRET.encode())]
        found[f"header {name} as an object"] = [{"name": name, "value": SECRET}]
    for name in FIELDS:
        found[f"field {name}"] = [{"a": {name: SECRET}}]
        found[f"field {name} as a list"] = {name: [{"x": SECRET}]}
        found[f"field {name} in JSON"] = json.dumps({"a": [{name: SECRET, "n": {name: {"x": [SECRET]}}}]})
        found[f"field {name} in bytes"] = json.dumps({name: SECRET}).encode()
        found[f"field {name} in a form"] = f"a=b&{name}={SECRET}"
        found[f"field {name} in a query"] = {"url": f"https://example.com/a?{quote(name)}={SECRET}&b=c"}
        if name.isalnum():
            found[f"field {name} as an element"] = f"<a><{name}>{SECRET}</{name}></a>"
            found[f"field {name} as an attribute"] = f"<a {name}='{SECRET}'>b</a>"
    found["Basic"] = {"a": BASIC}
    found["Basic in a text"] = f"Authorization: {BASIC}"
    found["Basic in a sentence"] = f"sent {BASIC} to it"
    found["basic, URL-safe"] = f"basic {b64encode(f'a:{SECRET}??>>'.encode(), b'-_').decode()}"
    found["JWT"] = {"a": f"token {JWT}"}
    found["in a key"] = {f"https://a:{SECRET}@b": 1}
    found["UTF-16"] = f'<a password="{SECRET}"/>'.encode("utf-16")
    found["UTF-16 without a mark"] = f"<a><password>{SECRET}</password></a>".encode("utf-16-be")
    found["long text"] = "x" * 9_990 + f" password={SECRET} and more" + "y" * 20_000
    found["long JSON"] = json.dumps({"a": "x" * 9_980, "password": SECRET, "b": "y" * 200_000})
    return found
