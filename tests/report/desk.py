# SPDX-License-Identifier: Apache-2.0
"""A desk that lives in a folder, or on a server, under a clock of its own: for tests that live through weeks."""
import json
import os
import subprocess


class Desk:
    def __init__(self, binary, folder, schema, start, **further):
        self.binary, self.folder, self.schema, self.now = binary, folder, schema, start
        self.env = {"PATH": "/usr/bin:/bin", "HOME": folder, "UMSOPS_NO_SYSTEM_CONFIG": "1", "LC_ALL": "C.UTF-8", "TZ": "UTC",
                    "UMSOPS_DB": f"{folder}/desk.db", "UMSOPS_ACTOR": "li.na"} | further
        self.server = os.environ.get("UMSOPS_TEST_DB")
        if self.server:
            subprocess.run(["psql", self.server, "-qc", f"DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}"], check=True,
                           stderr=subprocess.DEVNULL)
            self.env["UMSOPS_DB"] = f"{self.server}&options=-csearch_path%3D{schema}"
        self("db", "init")

    def run(self, *words, stdin=None):
        now = self.now.strftime("%Y-%m-%dT%H:%M:%SZ")
        return subprocess.run([self.binary, "--now", now, *words], env=self.env, input=stdin, capture_output=True, text=True)

    def __call__(self, *words, stdin=None):
        got = self.run(*words, stdin=stdin)
        if got.returncode:
            raise SystemExit(f"{words}: exit {got.returncode}: {got.stdout[:300]} {got.stderr}")
        return got.stdout

    def json(self, *words):
        return json.loads(self(*words, "-o", "json"))

    def items(self, *words):
        return self.json(*words)["items"]

    def all(self, noun):
        return self.items(noun, "list", "--limit", "0", "-F", "*")

    def sql(self, text):
        if self.server:
            subprocess.run(["psql", self.server, "-qc", f"SET search_path = {self.schema}; {text}"], check=True)
        else:
            subprocess.run(["sqlite3", f"{self.folder}/desk.db", text], check=True)
