"""nginx with the pages of the portal as files: its own prefix and settings, nothing of the system's."""

import grp
import os
import pwd
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.peers.tools import nginx
from tests.bench.servers import Server, started
from tests.support.browser_server import free_port

# keepalive_requests: else nginx closes a connection after 1,000 answers, which granian does not.
SETTINGS = """
daemon off; worker_processes 2; pid nginx.pid; {user}
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; open_file_cache max=1000; keepalive_requests 100000000;
  default_type text/html;
  client_body_temp_path temp; proxy_temp_path temp; fastcgi_temp_path temp; uwsgi_temp_path temp; scgi_temp_path temp;
  server {{ listen 127.0.0.1:{port}; location /pages/ {{ root {folder}; }} }}
}}
"""


@contextmanager
def serving(folder: Path, ready: str) -> Iterator[Server]:
    """nginx with `folder`/pages at /pages/ until the block ends. Raises NoPeer."""
    program, port, prefix = nginx(), free_port(), folder / "nginx"
    prefix.mkdir(exist_ok=True)
    user = ""
    if os.geteuid() == 0:  # its workers would become somebody who may not read our folder
        user = f"user {pwd.getpwuid(0).pw_name} {grp.getgrgid(0).gr_name};"
    settings = prefix / "nginx.conf"
    settings.write_text(SETTINGS.format(user=user, port=port, folder=folder.resolve()))
    command = [program, "-p", f"{prefix.resolve()}/", "-c", str(settings.resolve()), "-e", "stderr"]
    with started("nginx", command, folder, ready, port=port) as server:
        yield server
