"""A small HTTPS server for bench/verify: a login's redirect on every path but /health. Writes its port to DIR/port."""

import http.server
import pathlib
import ssl
import sys

folder = pathlib.Path(sys.argv[1])


class Portal(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        if self.path == "/health":
            self.send_response(200)
        else:
            self.send_response(302)
            self.send_header("Location", "https://login.example.com/oauth2/auth?state=x")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Portal)
context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
(folder / "port").write_text(str(server.server_address[1]))
server.serve_forever()
