# SPDX-License-Identifier: Apache-2.0
"""Servers on loopback that messages are sent to: HTTP with all that goes wrong, SMTP with TLS and a login; and a desk."""
import asyncio
import collections
import http.server
import json
import os
import pathlib
import socket
import socketserver
import ssl
import struct
import subprocess
import threading
import time


class Web:
    """What is posted, by path; the path says how it is answered."""

    def __init__(self):
        self.got = collections.defaultdict(list)
        self.failures = collections.Counter()
        self.together = self.most_together = 0
        self.lock = threading.Lock()
        web = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def setup(self):
                super().setup()
                self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

            def answer(self, status, body=b"ok", **headers):
                head = f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\n"
                head += "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
                self.wfile.write(head.encode() + b"\r\n" + body)

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                path = self.path.split("?")[0]
                with web.lock:
                    web.got[path].append((dict(self.headers), body, self.path))
                    web.failures[path] += 1
                    nth = web.failures[path]
                getattr(self, "on_" + path.strip("/").replace("/", "_"), self.on_ok)(nth)

            def on_ok(self, _):
                self.answer(200)

            def on_flaky(self, nth):
                self.answer(500 if nth < 3 else 200)

            def on_room(self, _):
                self.answer(201, json.dumps({"ok": True, "url": "https://talk.example/room/7"}).encode())

            def on_busy(self, _):
                self.answer(429, Retry_After="120")

            def on_gone(self, _):
                self.answer(404, b"\x1b[31mno such hook")

            def on_moved(self, _):
                self.answer(307, Location="/ok")

            def on_seeother(self, _):
                self.answer(302, Location="/ok")

            def on_elsewhere(self, _):
                self.answer(307, Location="ftp://127.0.0.1/ok")

            def on_slow(self, _):
                time.sleep(4)
                self.answer(200)

            def on_reset(self, _):
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.close_connection = True
                self.connection.close()

            def on_cut(self, _):
                self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")
                self.close_connection = True

            def on_giant(self, _):
                self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 900000000\r\n\r\n")
                try:
                    for _ in range(10000):
                        self.wfile.write(b"x" * 65536)
                except OSError:
                    pass
                self.close_connection = True

            def on_dingtalk(self, _):
                self.answer(200, b'{"errcode":310000,"errmsg":"sign not match"}')

        class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, *_):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def keys(self, path="/ok"):
        return [headers["Idempotency-Key"] for headers, _, _ in self.got[path]]


def certificate(folder):
    """For localhost, signed by itself."""
    key, cert = folder / "key.pem", folder / "cert.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", cert], check=True,
                   capture_output=True)
    return key, cert


class Mail:
    """SMTP over TLS from the start, or by STARTTLS, with a login; refuses and puts off by the address."""

    def __init__(self, folder):
        from aiosmtpd.controller import Controller
        from aiosmtpd.smtp import SMTP, AuthResult
        self.got, self.logins = [], []
        self.key, self.cert = certificate(folder)
        mail = self

        class Handler:
            async def handle_RCPT(self, server, session, envelope, address, options):
                if address.startswith("nobody"):
                    return "550 5.1.1 no such user"
                if address.startswith("later"):
                    return "451 4.7.1 greylisted"
                envelope.rcpt_tos.append(address)
                return "250 ok"

            async def handle_DATA(self, server, session, envelope):
                mail.got.append((envelope.mail_from, envelope.rcpt_tos, envelope.content, session.ssl is not None))
                return "250 kept"

        def login(server, session, envelope, mechanism, data):
            mail.logins.append(mechanism)
            good = data.login == b"desk" and data.password == b"geheim"
            return AuthResult(success=good, handled=good)

        def context():
            made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            made.load_cert_chain(self.cert, self.key)
            return made

        class StartTls(Controller):
            def factory(self):
                return SMTP(self.handler, tls_context=context(), require_starttls=True, authenticator=login,
                            auth_required=True, enable_SMTPUTF8=False)

        self.start_tls = StartTls(Handler(), hostname="127.0.0.1", port=free_port())
        self.tls = Controller(Handler(), hostname="127.0.0.1", port=free_port(), ssl_context=context(),
                              authenticator=login, auth_required=True, auth_require_tls=False)
        self.start_tls.start()
        self.tls.start()

    def stop(self):
        self.start_tls.stop()
        self.tls.stop()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Desk:
    """A desk in a folder of its own, and the program."""

    def __init__(self, binary, folder):
        self.binary, self.folder = binary, pathlib.Path(folder)
        self.env = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8", "TZ": "UTC",
                    "UMSOPS_NO_SYSTEM_CONFIG": "1", "UMSOPS_DB": str(self.folder / "desk.db"), "UMSOPS_ACTOR": "cron",
                    "UMSOPS_CHANNELS": str(self.folder / "channels.yaml"),
                    "UMSOPS_ROSTER": str(self.folder / "roster.yaml")}
        server = os.environ.get("UMSOPS_TEST_DB")
        if server:
            schema = f"outbox_{os.getpid()}_{id(self)}"
            subprocess.run(["psql", server, "-qc", f"CREATE SCHEMA {schema}"], check=True, capture_output=True)
            self.env["UMSOPS_DB"] = f"{server}&options=-csearch_path%3D{schema}"
        self.write("roster.yaml", "people: {}\n")
        self.run("db", "init")

    def write(self, name, text):
        (self.folder / name).write_text(text)

    def run(self, *words, code=0, stdin="", **more):
        got = subprocess.run([self.binary, *words], env=dict(self.env, **more), input=stdin, text=True,
                             capture_output=True, cwd=self.folder, timeout=120)
        codes = code if isinstance(code, tuple) else (code,)
        assert got.returncode in codes, f"{words}: exit {got.returncode}\n{got.stdout}{got.stderr}"
        return got.stdout

    def json(self, *words, **more):
        return json.loads(self.run(*words, "-o", "json", **more))

    def tickets(self, count, assignee="li.na"):
        """So many that are given to somebody, each a message."""
        lines = "".join(json.dumps({"title": f"request {i}", "assignee_id": assignee}) + "\n" for i in range(count))
        self.run("ticket", "intake", "json", "-", stdin=lines)
