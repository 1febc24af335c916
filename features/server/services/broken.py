from zato.server.service import Service


class Broken(Service:
