# SPDX-License-Identifier: Apache-2.0
"""A headless Chromium that is driven over its DevTools pipe: what it shows, asks for and complains about."""
import base64
import json
import os
import shutil
import subprocess
import tempfile
import time


class Browser:
    def __init__(self):
        program = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)
        if not program:
            raise SystemExit("no Chromium")
        self.folder = tempfile.mkdtemp()
        there, self.to = os.pipe()
        self.back, here = os.pipe()
        def hand_over():  # the browser reads 3 and writes 4
            os.dup2(there, 100), os.dup2(here, 101)
            os.dup2(100, 3), os.dup2(101, 4)
        self.process = subprocess.Popen(
            [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", f"--user-data-dir={self.folder}",
             "--no-first-run", "--disable-extensions", "--disable-background-networking", "--hide-scrollbars"],
            preexec_fn=hand_over, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(there), os.close(here)
        self.held, self.last, self.events = b"", 0, []
        target = self.call("Target.createTarget", {"url": "about:blank"}, session=None)["targetId"]
        self.session = self.call("Target.attachToTarget", {"targetId": target, "flatten": True}, session=None)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        os.close(self.to), os.close(self.back)
        shutil.rmtree(self.folder, ignore_errors=True)

    def read(self):
        while b"\0" not in self.held:
            part = os.read(self.back, 1 << 16)
            if not part:
                raise SystemExit("the browser is gone")
            self.held += part
        message, self.held = self.held.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, parameters=None, session=""):
        self.last += 1
        message = {"id": self.last, "method": method, "params": parameters or {}}
        if session is not None:
            message["sessionId"] = self.session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.to, data):]
        while True:
            got = self.read()
            if got.get("id") == self.last:
                if "error" in got:
                    raise SystemExit(f"{method}: {got['error']}")
                return got["result"]
            self.events.append(got)

    def evaluate(self, script):
        got = self.call("Runtime.evaluate", {"expression": script, "awaitPromise": True, "returnByValue": True})
        if "exceptionDetails" in got:
            raise SystemExit(str(got["exceptionDetails"])[:500])
        return got["result"].get("value")

    def show(self, path, width, scheme="light", media=""):
        """Opens the file or address in a window of that width; gives what was asked for beside it, and what was complained about."""
        self.events.clear()
        self.call("Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600})
        self.call("Emulation.setEmulatedMedia", {"media": media, "features": [{"name": "prefers-color-scheme", "value": scheme}]})
        url = str(path) if str(path).startswith("http") else f"file://{path}"
        self.call("Page.navigate", {"url": url})
        for _ in range(200):
            if self.evaluate("document.readyState + location.href") == "complete" + url:
                break
            time.sleep(0.02)
        asked = [e["params"]["request"]["url"] for e in self.events if e["method"] == "Network.requestWillBeSent"]
        complaints = [e["params"] for e in self.events if e["method"] in ("Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled")]
        return [one for one in asked if one != url], complaints

    def picture(self, path):
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        got = self.call("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": {**size, "scale": 1}})
        with open(path, "wb") as file:
            file.write(base64.b64decode(got["data"]))

    def printed(self):
        return base64.b64decode(self.call("Page.printToPDF", {"printBackground": True})["data"])
