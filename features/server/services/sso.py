from zato.server.service import Service


class Mail(Service):
    name = "features.sso.mail"

    def handle(self):
        found = []
        for _, message in self.email.imap.get(self.request.payload["connection"]).conn.get():
            [token] = [line for line in message.data.body.plain[0].splitlines() if line.startswith("  ")]
            found.append({"subject": message.data.subject, "token": token.strip()})
            message.delete()
        self.response.payload = {"messages": found}
