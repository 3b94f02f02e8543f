"""A small web server that stands in for a container: it answers with its name and with what it was asked."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .emulator import HOST


class Backend:
    """Listens on a free loopback port until it is stopped."""

    def __init__(self, name: str) -> None:
        self.server = ThreadingHTTPServer((HOST, 0), handler(name))
        self.server.daemon_threads = True
        self.port: int = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, kwargs={'poll_interval': 0.05}, daemon=True).start()

    def __enter__(self) -> 'Backend':
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def handler(name: str) -> type[BaseHTTPRequestHandler]:
    class Echo(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get('content-length') or 0))
            headers = {key.lower(): value for key, value in self.headers.items()}
            body = json.dumps({'backend': name, 'method': self.command, 'path': self.path, 'headers': headers}).encode()
            self.send_response(200)
            self.send_header('content-type', 'application/json')
            self.send_header('content-length', str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = answer

        def log_message(self, *_: object) -> None:
            """Requests are reported by the one who sends them."""

    return Echo
