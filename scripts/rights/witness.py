# A bad witness: witness.py PORT KEYFILE HOW, where HOW is what it does instead of cosigning.
import base64
import http.server
import os
import sys
import time

port, key, how = sys.argv[1:]
name, key_id, _ = open(key, encoding="utf-8").read().strip().split("+", 2)


class Witness(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        print(how, flush=True)
        if how == "stalls":
            time.sleep(3600)
        if how == "slanders":  # It says that it knows a longer log.
            return self.answer(409, "text/x.tlog.size", b"99999999\n")
        forged = bytes.fromhex(key_id) + int(time.time()).to_bytes(8, "big") + os.urandom(64)
        self.answer(200, "text/plain", f"— {name} {base64.b64encode(forged).decode()}\n".encode())

    def answer(self, status, kind, body):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", int(port)), Witness).serve_forever()
