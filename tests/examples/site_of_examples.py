# SPDX-License-Identifier: Apache-2.0
"""What the tests of examples have in common: a folder with umsops on its path, a desk on either engine, and servers that end
with the test."""
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
WAIT = 60.0  # seconds; a loaded machine takes its time


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(what, condition):
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(0.1)
    raise AssertionError(f"not seen within {WAIT} s: {what}")


def replaced(path, *pairs):
    """An example's text with each place changed; a place that is gone is a failure, for then the example is another."""
    text = path.read_text()
    for old, new in pairs:
        assert old in text, f"{path.name} has no {old!r} any more"
        text = text.replace(old, str(new))
    return text


class Site:
    """A desk of its own, and programs around it. With UMSOPS_TEST_DB the desk lies on that server."""

    def __init__(self, folder, binary, **variables):
        self.folder = folder
        self.schema = f"example_{os.getpid()}"
        self.server = os.environ.get("UMSOPS_TEST_DB")
        (folder / "bin").mkdir()
        (folder / "bin/umsops").symlink_to(binary)
        self.env = {"PATH": f"{folder}/bin:/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8", "TZ": "UTC",
                    "UMSOPS_NO_SYSTEM_CONFIG": "1", "UMSOPS_ACTOR": "example", "UMSOPS_DB": self.make_desk(), **variables}
        self.processes = []
        self.umsops("db", "init")

    def make_desk(self):
        if not self.server:
            return str(self.folder / "desk.db")
        subprocess.run(["psql", self.server, "-qc", f"CREATE SCHEMA {self.schema}"], check=True)
        return f"{self.server}&options=-csearch_path%3D{self.schema}"

    def spawn(self, *arguments):
        with open(self.folder / f"{arguments[0]}.log", "wb") as log:
            self.processes.append(subprocess.Popen([str(a) for a in arguments], env=self.env, cwd=self.folder, stdout=log,
                                                   stderr=subprocess.STDOUT))

    def run(self, *arguments, codes=(0,), **variables):
        got = subprocess.run([str(a) for a in arguments], env={**self.env, **{k: str(v) for k, v in variables.items()}}, cwd=self.folder, capture_output=True,
                             text=True)
        assert got.returncode in codes, f"{' '.join(map(str, arguments))}: exit {got.returncode}: {got.stderr}"
        return got.stdout

    def umsops(self, *arguments, codes=(0,)):
        return self.run("umsops", *arguments, codes=codes)

    def stop(self):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait()
        if self.server:
            subprocess.run(["psql", self.server, "-qc",
                            f"SET client_min_messages = error; DROP SCHEMA {self.schema} CASCADE"], check=True)


def run_checks(checks, start=None, **variables):
    """Runs each check on one site, after `start`; of a failure the servers' logs are shown."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        os.chmod(folder, 0o755)
        site = Site(folder, pathlib.Path(sys.argv[1]).resolve(), **{k: v.format(folder=folder) for k, v in variables.items()})
        try:
            if start:
                start(site)
            for check in checks:
                check(site)
            print(f"{len(checks)} passed, 0 failed")
        except BaseException:
            for log in folder.glob("*.log"):
                print(f"--- {log.name}\n{log.read_text()[-3000:]}", file=sys.stderr)
            raise
        finally:
            site.stop()
