"""The limit: the same requests and the same checks, written by hand over one requests.Session."""

import sys

import requests

address, count = sys.argv[1], int(sys.argv[2])
session = requests.Session()
for number in range(count):
    body = {"a": "abc", "foo": 7, "bar": ["1", "2", "3", "4", "5"], "name": f"customer {number}"}
    headers = {"X-Custom-Header": "MyValue"}
    response = session.post(f"{address}/demo/rest?demo=1", json=body, headers=headers, timeout=30)
    document = response.json()
    assert document["action"]["msg"] == "How do you do?"
    assert document["action"]["code"] == 0
    assert document["action"]["flow"] == ["Ack", "Done"]
    assert response.status_code == 200
    assert response.headers["Server"]
print(f"{count} requests passed")
