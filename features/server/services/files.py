from zato.server.service import Service


class FTP(Service):
    name = "features.ftp"

    def handle(self):
        files = self.out.ftp[self.request.payload["connection"]].conn
        files.write("1;Maria", "orders.csv", overwrite=True)
        content = files.read("orders.csv", "utf-8")
        files.rename("orders.csv", "done.csv")
        names = self.outgoing.ftp.get(self.request.payload["connection"]).list()
        files.delete("done.csv")
        self.response.payload = {"content": content, "names": names, "is_there": files.exists("done.csv")}


class SFTP(Service):
    name = "features.sftp"

    def handle(self):
        files = self.out.sftp[self.request.payload["connection"]].conn
        files.write("1;Maria", "orders.csv", overwrite=True)
        content = files.read("orders.csv", "utf-8")
        files.rename("orders.csv", "done.csv")
        rows = files.list()
        files.delete("done.csv")
        self.response.payload = {
            "content": content,
            "names": [row.name for row in rows],
            "is_there": files.exists("done.csv"),
        }
