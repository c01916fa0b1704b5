"""A node in a directory of its own, and a client that speaks to it over TLS. Only the standard library."""
import contextlib
import http.client
import json
import os
import shutil
import signal
import ssl
import subprocess
import tempfile
import threading
import time


class Answer:
    """One HTTP answer."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def header(self, name):
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def json(self):
        return json.loads(self.body) if self.body else None


class Client:
    """Requests with one token; one connection for each thread."""

    def __init__(self, host, port, ca, token):
        self.host, self.port, self.token = host, port, token
        self.context = ssl.create_default_context(cafile=ca)
        self.local = threading.local()

    def request(self, method, path, body=None, headers=None):
        headers = dict(headers or {})
        if self.token and not any(name.lower() == "authorization" for name in headers):
            headers["Authorization"] = "Bearer " + self.token()
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
        if isinstance(body, str):
            body = body.encode()
        if body is not None and "Content-Type" not in headers:
            headers["Content-Type"] = "application/fhir+json"
        for attempt in (0, 1):
            connection = getattr(self.local, "connection", None)
            if connection is None:
                connection = http.client.HTTPSConnection(self.host, self.port, context=self.context, timeout=120)
                self.local.connection = connection
            try:
                connection.request(method, path, body, headers)
                answer = connection.getresponse()
                return Answer(answer.status, answer.getheaders(), answer.read())
            except (http.client.HTTPException, ConnectionError, ssl.SSLError):
                connection.close()
                self.local.connection = None
                # Only what was refused before it was read is sent again: an idle connection that the node closed.
                if attempt == 1 or method not in ("GET", "PUT", "DELETE"):
                    raise


class Node:
    """`stele init` and `stele serve` in a temporary directory; stopped by its pid."""

    def __init__(self, stele, port, settings=None):
        """`settings` are `{key: text}` that take the place of what `stele init` wrote into stele.toml."""
        self.stele, self.port = os.path.abspath(stele), port
        self.folder = tempfile.mkdtemp(prefix="stele-interop-")
        self.data = os.path.join(self.folder, "data")
        self.url = f"https://127.0.0.1:{port}"
        self.run("init", "--name", "interop", "--organisation", "aurelia", "--listen", f"127.0.0.1:{port}")
        toml = os.path.join(self.data, "stele.toml")
        with open(toml) as file:
            lines = file.read().split("\n")
        for key, text in (settings or {}).items():
            places = [index for index, line in enumerate(lines) if line.split("=")[0].strip() == key]
            lines[places[0]] = f"{key} = {text}"
        with open(toml, "w") as file:
            file.write("\n".join(lines))
        self.ca = os.path.join(self.data, "tls", "ca.pem")
        self.process = None
        self.log = open(os.path.join(self.folder, "serve.log"), "w+")

    def run(self, verb, *arguments, text=None):
        words = [self.stele, *verb.split(" "), *arguments, "--data", self.data]
        done = subprocess.run(words, capture_output=True, text=True, input=text)
        if done.returncode != 0:
            raise RuntimeError(f"stele {verb} ended with {done.returncode}: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    def start(self):
        self.process = subprocess.Popen(
            [self.stele, "serve", "--data", self.data], stdout=self.log, stderr=subprocess.STDOUT)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with open(self.log.name) as file:
                if "ready" in file.read():
                    return self
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        with open(self.log.name) as file:
            raise RuntimeError("the node did not start: " + file.read())

    def restart(self):
        """Stops the node and starts it on the same data. Tokens from before are gone."""
        self.end()
        self.log.seek(0)
        self.log.truncate()
        return self.start()

    def end(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=30)

    def stop(self):
        self.end()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def client(self, *arguments):
        """A client whose token is renewed before its five minutes are over."""
        state = {"token": None, "time": 0.0}
        lock = threading.Lock()

        def token():
            with lock:
                if state["token"] is None or time.monotonic() - state["time"] > 240:
                    state["token"] = self.run("token", *arguments).strip()
                    state["time"] = time.monotonic()
                return state["token"]

        return Client("127.0.0.1", self.port, self.ca, token)


@contextlib.contextmanager
def running(stele, port, settings=None):
    node = Node(stele, port, settings)
    try:
        yield node.start()
    finally:
        node.stop()
