#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""examples.py UMSOPS: runs every example of the help pages in a shell, each in a fresh folder with a small desk. An
example must end with one of the exit codes that its command documents as no failure (0, or 10 for a condition)."""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(sys.argv[1]).resolve()


def prepare(folder, env):
    """A desk with four tickets, the last one with attachments, and the files that examples name."""
    shutil.copy(ROOT / "examples/data/itservice-tickets.csv", folder / "tickets.csv")
    shutil.copy(ROOT / "examples/data/chinese-tickets.jsonl", folder / "tickets.jsonl")
    shutil.copy(ROOT / "examples/mappings/itservice.yaml", folder / "mapping.yaml")
    for kind in ("rules", "services", "sla"):
        for path in (ROOT / "examples" / kind).iterdir():
            shutil.copy(path, folder / path.name)
    shutil.copy(ROOT / "examples/rules/team.yaml", folder / "rules.yaml")
    shutil.copy(ROOT / "examples/people/roster.yaml", folder / "roster.yaml")
    shutil.copy(ROOT / "examples/reports/team.yaml", folder / "reports.yaml")
    shutil.copy(ROOT / "examples/desk/views.yaml", folder / "views.yaml")
    (folder / "umsops.yaml").write_text("views: views.yaml\n")
    (folder / "vpn.log").write_text("10:02 tunnel down\n")
    (folder / "client.p12").write_bytes(bytes(range(256)))
    shutil.copy(ROOT / "examples/directory/people.ldif", folder / "people.ldif")
    shutil.copy(ROOT / "examples/inhibition.yaml", folder / "inhibition.yaml")
    for path in [*(ROOT / "examples/flows").glob("*.yaml"), *(ROOT / "examples/senders").iterdir()]:
        shutil.copy(path, folder / path.name)
    (folder / "channels.yaml").write_text("channels:\n  log: {type: file, path: log}\n  mail: {type: sendmail, "
                                          "from: desk@example.com, command: ['true']}\nmail_domain: example.com\n")
    (folder / "runbooks").mkdir()
    (folder / "runbooks/authentication.yaml").write_text(
        "kind: runbook\nid: authentication\ntypes: [AUTHENTICATION_FAILURE]\nsteps:\n  - {id: look, check: ['true']}\n")
    (folder / "runbooks/restart-by-hand.yaml").write_text("kind: runbook\nid: restart-by-hand\nsteps:\n"
        "  - {id: hand, manual: restart it}\n  - {id: look, check: ['true']}\n")
    (folder / "recurring").mkdir()
    (folder / "recurring/review.yaml").write_text("kind: recurring\nrecurring:\n  - name: access-review\n"
                                                  "    schedule: {every: quarter}\n    title: Access review {{quarter}}\n")
    (folder / "build.log").write_text("step 1 ok\nstep 2 failed\n")
    subprocess.run(["umsops", "db", "init"], env=env, cwd=folder, check=True, capture_output=True)
    subprocess.run(["umsops", "db", "backup", "backup.db"], env=env, cwd=folder, check=True, capture_output=True)
    for title in ("VPN certificate expired", "忘记密码", "Please add me to the finance group"):
        subprocess.run(["umsops", "ticket", "create", "-t", title, "--requester", "zhang.wei"], env=env, cwd=folder,
                       check=True, capture_output=True)
    subprocess.run(["umsops", "incident", "create", "-t", "统一认证登录失败"], env=env, cwd=folder, check=True,
                   capture_output=True)
    for words in (["--kind", "faq", "-t", "忘记密码怎么办？", "--body", "在登录页点击“忘记密码”。", "--visibility", "public"],
                  ["-t", "LDAP timeouts", "--body", "Restart the proxy."]):
        subprocess.run(["umsops", "kb", "create", *words], env=env, cwd=folder, check=True, capture_output=True)
    subprocess.run(["umsops", "ticket", "intake", "mail", ROOT / "examples/mail/new.eml"], env=env, cwd=folder, check=True,
                   capture_output=True)


def prepare_model(scratch, folder, env):
    """A model that was learned from the table, twice, so that there is one before."""
    kept = scratch / "topics"
    if not kept.exists():
        for _ in range(2):
            subprocess.run(["umsops", "classifier", "train", "--from", "tickets.csv", "--text", "Document", "--label",
                            "category=Topic_group", "--model", kept], env=env, cwd=folder, check=True, capture_output=True)
    shutil.copy(kept, folder / "topics")
    shutil.copy(f"{kept}.previous", folder / "topics.previous")
    history = (json.loads(line) for line in open(folder / "tickets.jsonl"))
    (folder / "history.jsonl").write_text("".join(json.dumps(dict(text=ticket["title"], category="ab"[i % 2], priority=("LOW", "HIGH")[i % 2]))
                                                  + "\n" for i, ticket in enumerate([*history] * 3)))


def prepare_review(path, folder, env):
    """The incident is over, and its review as far as the verb asks."""
    words = [["incident", "verify", "INC-1", "--passed", "--note", "x"]]
    if path != "review create":
        words.append(["review", "create", "INC-1"])
    if path in ("review approve", "review rework", "review close"):
        words += [["review", "update", "REV-1", "--section", section, "--body", "x"] for section in ("overview", "contributing_factors")]
        words.append(["review", "submit", "REV-1"])
    if path == "review close":
        words.append(["review", "approve", "REV-1"])
    if path == "review submit":
        words += [["review", "update", "REV-1", "--section", section, "--body", "x"] for section in ("overview", "contributing_factors")]
    for each in words:
        subprocess.run(["umsops", *each], env=env, cwd=folder, check=True, capture_output=True)


def main():
    failures, count = [], 0
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        (scratch / "bin").mkdir()
        (scratch / "bin/umsops").symlink_to(BINARY)
        env = {"PATH": f"{scratch}/bin:/usr/bin:/bin", "HOME": str(scratch), "LC_ALL": "C.UTF-8", "TZ": "UTC",
               "UMSOPS_NO_SYSTEM_CONFIG": "1"}
        listing = subprocess.run(["umsops", "commands", "-o", "json"], env=env, cwd=scratch, check=True, capture_output=True)
        for command in json.loads(listing.stdout)["items"]:
            for number, example in enumerate(command["examples"]):
                folder = scratch / f"{command['path'].replace(' ', '-')}-{number}"
                folder.mkdir()
                here = dict(env, HOME=str(folder), UMSOPS_DB=str(folder / "desk.db"), UMSOPS_CHANNELS=str(folder / "channels.yaml"))
                prepare(folder, here)
                if command["path"].startswith("classifier ") or command["path"] == "ticket classify":
                    prepare_model(scratch, folder, here)
                if command["path"].startswith(("requester ", "privacy ")):
                    subprocess.run(["umsops", "requester", "import", "people.ldif"], env=here, cwd=folder, check=True, capture_output=True)
                if command["path"] == "privacy erase":  # of whom nothing is open
                    subprocess.run(["umsops", "ticket", "close", "T-1", "T-2", "T-3", "T-4", "--resolution", "done"], env=here, cwd=folder, check=True,
                                   capture_output=True)
                if command["path"].startswith("review "):
                    prepare_review(command["path"], folder, here)
                line = example["command"] if isinstance(example, dict) else example
                got = subprocess.run(["bash", "-o", "pipefail", "-c", line], env=here, cwd=folder, capture_output=True,
                                     stdin=subprocess.DEVNULL, timeout=60)
                count += 1
                if got.returncode not in (0, 10):
                    failures.append(f"{line}\n    exit {got.returncode}: {got.stderr.decode()[:300]}")
                shutil.rmtree(folder)
    print("\n".join(failures))
    print(f"{count - len(failures)} passed, {len(failures)} failed")
    return 1 if failures or count == 0 else 0


sys.exit(main())
