from zato.server.service import Service


class Directory(Service):
    name = "features.ldap"

    def handle(self):
        given = self.request.payload
        staff = self.out.ldap[given["connection"]].conn
        dn = f"uid=maria,{given['base']}"
        staff.add(dn, "inetOrgPerson", {"cn": "Maria", "sn": "Garcia", "mail": "maria@example.com"})
        [found] = staff.search(given["base"], "(sn=Garcia)", attributes=["mail"])
        with staff.client() as client:
            client.search(given["base"], "(uid=anna)", attributes=["sn"])
            surname = client.entries[0].sn.value
        staff.delete(dn)
        self.response.payload = {
            "dn": found.dn,
            "mail": found.attributes.mail,
            "surname": surname,
            "left": len(staff.search(given["base"], "(sn=Garcia)")),
            "is_let_in": staff.check_credentials(given["user"], given["password"]),
        }
