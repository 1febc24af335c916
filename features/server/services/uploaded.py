from zato.server.service import Int, Service


class Uploaded(Service):
    name = "features.uploaded"

    class SimpleIO:
        input_required = (Int("number"),)
        output_required = ("next",)

    def handle(self):
        self.response.payload.next = self.request.input.number + 1
