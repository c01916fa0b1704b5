# A mailbox for notices: notes each in hook.log, and whether the signature on it holds.
import hashlib
import hmac
import http.server
import sys

secret = open("hook.secret", "rb").read()


class Hook(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        time, code = (part.split("=")[1] for part in self.headers["Stele-Signature"].split(","))
        good = hmac.compare_digest(hmac.new(secret, time.encode() + b"." + body, hashlib.sha256).hexdigest(), code)
        with open("hook.log", "ab") as log:
            log.write((b"signed " if good else b"FORGED ") + body + b"\n")
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Hook).serve_forever()
