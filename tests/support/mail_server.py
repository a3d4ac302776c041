"""A mail server on this machine that takes mails, or refuses them as real ones do."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread
from typing import cast

REFUSED = b"451 4.7.1 Come back later\r\n"


class MailServer(socketserver.ThreadingTCPServer):
    """`refuses`: whether it takes no mail now; `mails`: what it took."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.refuses, self.mails = False, cast("list[EmailMessage]", [])

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        """As much of SMTP as Django speaks."""
        server = cast("MailServer", self.server)
        self.wfile.write(b"220 here\r\n")
        for line in self.rfile:
            command = line[:4].upper().strip()
            if command == b"RCPT" and server.refuses:
                self.wfile.write(REFUSED)
            elif command == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                server.mails.append(self._mail())
                self.wfile.write(b"250 kept\r\n")
            elif command == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 fine\r\n")

    def _mail(self) -> EmailMessage:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return cast("EmailMessage", message_from_bytes(b"".join(lines), policy=policy.default))


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """One that listens as long as this lasts."""
    with MailServer() as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
