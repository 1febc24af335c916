from zato.common.api import SMTPMessage
from zato.server.service import Service


class Send(Service):
    name = "features.email.send"

    def handle(self):
        given = self.request.payload
        message = SMTPMessage(from_="shop@example.com", to="anna@example.com, hidden <ben@example.com>")
        message.subject = given["subject"]
        message.body = "<b>Your order</b>"
        message.is_html = True
        message.headers = {"X-Order": "17"}
        message.attach("order.csv", "1;Maria")
        self.email.smtp.get(given["connection"]).conn.send(message)


class Receive(Service):
    name = "features.email.receive"

    def handle(self):
        found = []
        for _, message in self.email.imap.get(self.request.payload["connection"]).conn.get():
            data = message.data
            [file] = data.attachments
            found.append(
                {
                    "subject": data.subject,
                    "from": data.sent_from[0].email,
                    "html": data.body.html[0].strip(),
                    "file": [file.filename, file.content.read().decode()],
                }
            )
            message.mark_seen()
            message.delete()
        self.response.payload = {"messages": found}
