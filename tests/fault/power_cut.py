#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""power_cut.py UMSOPS [--long]: records what a run of commands writes, and rebuilds the disk as a power cut could leave
it after each of these calls: what was not synced yet is there, is missing, is there in part, or ends in the middle of a
page. Whatever was acknowledged must be there, whole.

The model: fsync and fdatasync of a file make its earlier writes durable, those of a folder its names; names become
durable in order, without a sync or before it. The folder of the store is there from the
start. The index of the log (-shm) and the lock never survive."""
import dataclasses
import random
import re
import subprocess

import fault
from fault import LONG, SCRATCH, SEED, fail, must, run

CREATES, ROWS = 13, 30
STATES = 6000 if LONG else 150
CALLS = "openat,close,pwrite64,write,ftruncate,fdatasync,fsync,unlink,unlinkat,rename,renameat2,fallocate,mkdir"
HOME = SCRATCH / "home"
FOLDER = str(HOME / ".local/share/umsops")
DB = f"{FOLDER}/desk.db"
SECTOR = 512
CALL = re.compile(r"(\w+)\((.*)\) += (-?\d+)")
dice = random.Random(SEED)


@dataclasses.dataclass
class Op:
    kind: str  # create write truncate sync sync_folder rename unlink
    file: int = 0  # which file, however it is called
    name: str = ""
    to: str = ""
    at: int = 0
    data: bytes = b""


def text(word):
    return bytes.fromhex(word.strip('"').replace("\\x", "")).decode()


class Recorder:
    """Turns the traces of commands that ran one after the other into operations on files in the store's folder."""

    def __init__(self):
        self.ops, self.ends, self.names, self.serial = [], [], {}, 0

    def read(self, trace):
        self.fds = {}
        # The store is one thread's alone; the other one reads.
        for call in fault.whole_calls(trace):
            if (match := CALL.match(call)) and int(match[3]) >= 0:
                getattr(self, "on_" + match[1])(match[2].split(", "), int(match[3]))
        self.ends.append(len(self.ops))  # the command has ended: what it said is acknowledged

    def on_openat(self, words, fd):
        path = text(words[1])
        if path == FOLDER:
            self.fds[fd] = "folder"
            return
        if not path.startswith(FOLDER + "/") or path.endswith(("-shm", ".lock")):
            return
        if path not in self.names:
            if "O_CREAT" not in words[2]:
                fail(f"{path} was never created")
            self.serial += 1
            self.names[path] = self.serial
            self.ops.append(Op("create", self.serial, path))
        self.fds[fd] = self.names[path]

    def on_close(self, words, _):
        self.fds.pop(int(words[0]), None)

    def on_pwrite64(self, words, written):
        file = self.fds.get(int(words[0]))
        if file:
            data = bytes.fromhex(words[1].strip('"').replace("\\x", ""))
            if len(data) != written or words[1].endswith("..."):
                fail(f"{written} bytes written, {len(data)} recorded")
            self.ops.append(Op("write", file, at=int(words[3]), data=data))

    def on_write(self, words, _):
        if int(words[0]) in self.fds:
            fail("write() on a file of the store: this test knows pwrite64 only")

    def on_ftruncate(self, words, _):
        if file := self.fds.get(int(words[0])):
            self.ops.append(Op("truncate", file, at=int(words[1])))

    def on_fsync(self, words, _):
        if file := self.fds.get(int(words[0])):
            self.ops.append(Op("sync_folder") if file == "folder" else Op("sync", file))

    on_fdatasync = on_fsync

    def on_rename(self, words, _):
        self.rename(text(words[0]), text(words[1]))

    def on_renameat2(self, words, _):
        self.rename(text(words[1]), text(words[3]))

    def rename(self, old, new):
        self.names[new] = self.names.pop(old)
        self.ops.append(Op("rename", name=old, to=new))

    def on_unlink(self, words, _):
        if self.names.pop(text(words[0]), None):
            self.ops.append(Op("unlink", name=text(words[0])))

    def on_unlinkat(self, words, _):
        self.on_unlink(words[1:], 0)

    def on_mkdir(self, words, _):
        pass

    def on_fallocate(self, words, _):
        fail("fallocate: this test does not know it")


def change(content, op):
    if op.kind == "truncate":
        del content[op.at:]
        content.extend(bytes(op.at - len(content)))
    else:
        content.extend(bytes(max(0, op.at - len(content))))
        content[op.at:op.at + len(op.data)] = op.data


def rename_all(names, ops):
    for op in ops:
        if op.kind == "create":
            names[op.name] = op.file
        elif op.kind == "rename":
            names[op.to] = names.pop(op.name)
        else:
            names.pop(op.name, None)


class Disk:
    """What is durable, and what is not yet."""

    def __init__(self):
        self.contents, self.pending, self.names, self.pending_names = {}, {}, {}, []

    def do(self, op, deaf_to=()):
        if op.kind in ("create", "rename", "unlink"):
            self.pending_names.append(op)
            if op.kind == "create":
                self.contents[op.file], self.pending[op.file] = bytearray(), []
        elif op.kind == "sync_folder":
            rename_all(self.names, self.pending_names)
            self.pending_names = []
        elif op.kind == "sync":
            if op.file not in deaf_to:
                for waiting in self.pending[op.file]:
                    change(self.contents[op.file], waiting)
                self.pending[op.file] = []
        else:
            self.pending[op.file].append(op)

    def after_cut(self, way):
        """Files as they are found after the power is back: name -> bytes."""
        names = dict(self.names)
        count = len(self.pending_names)
        rename_all(names, self.pending_names[:{"all": count, "none": 0}.get(way, dice.randint(0, count))])
        files = {}
        for name, file in names.items():
            content = bytearray(self.contents[file])
            pending = list(self.pending[file])
            if way == "none":
                pending = []
            elif way == "some":
                pending = [op for op in pending if dice.random() < 0.5]
            elif way == "torn" and pending:
                pending = pending[:dice.randint(1, len(pending))]
                last = pending[-1]
                if last.kind == "write":
                    # the sector boundaries are those of the disk, not those of the write
                    cuts = [at for at in range(last.at, last.at + len(last.data)) if at % SECTOR == 0]
                    kept = dice.choice(cuts) - last.at if cuts else 0
                    pending[-1] = dataclasses.replace(last, data=last.data[:kept])
            for op in pending:
                change(content, op)
            files[name] = bytes(content)
        return files


def record():
    """The operations, the answers after each command, and where in the operations each command ended."""
    (HOME / ".local/share/umsops").mkdir(parents=True)
    rows = SCRATCH / "rows.jsonl"
    rows.write_text("".join(f'{{"key":"row{i}","title":"第{i}行 imported"}}\n' for i in range(ROWS)))
    commands = [("ticket", "create", "-t", f"登录失败 {i}", "--body", "text " * 50 * i, "--key", f"k{i}")
                for i in range(CREATES)]
    commands.insert(CREATES * 2 // 3, ("ticket", "import", rows))
    recorder, answers = Recorder(), [""]
    for i, command in enumerate(commands):
        trace = SCRATCH / "trace"
        must(*command, home=HOME, before=("strace", "-f", "-xx", "-s", "100000", "-e", f"trace={CALLS}", "-o", str(trace)))
        recorder.read(trace.read_text())
        answers.append(must("ticket", "export", home=HOME))
    return recorder, answers


def restore(files, home):
    folder = home / ".local/share/umsops"
    subprocess.run(["rm", "-rf", str(home)], check=True)
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name[len(FOLDER) + 1:]).write_bytes(content)
    return (folder / "desk.db").exists()


def problem_of(files, ended, answers):
    """What is wrong with this state of the disk, `ended` commands having been acknowledged; empty when nothing is."""
    home = SCRATCH / "after"
    if not restore(files, home):
        return "" if ended == 0 else "the store is gone"
    export = run("ticket", "export", home=home)
    if export.returncode != 0:
        return f"export: exit {export.returncode}: {export.stderr}"
    # Before the first command has ended, a store without tickets is as good as none.
    if export.stdout not in answers[ended:ended + 2]:
        count = export.stdout.count("\n")
        return f"{count} tickets instead of {answers[ended].count(chr(10))}, or other ones"
    if complaints := fault.unsound(None, home=home):
        return complaints
    again = run("ticket", "create", "-t", "after the cut", "-q", home=home)
    if again.returncode != 0:
        return f"create: exit {again.returncode}: {again.stderr}"
    return fault.unsound(None, home=home)


def disks(ops, deaf_to=()):
    """The disk before the first operation and after each."""
    disk = Disk()
    yield 0, disk
    for i, op in enumerate(ops, 1):
        disk.do(op, deaf_to)
        yield i, disk


recorder, answers = record()
kinds = {kind: sum(op.kind == kind for op in recorder.ops) for kind in ("write", "sync", "truncate", "rename")}
if not kinds["truncate"]:
    fail("no log was truncated: the run is too short")

ways = ("all", "none", "some", "torn")
everything = [(cut, way) for cut in range(len(recorder.ops) + 1) for way in ways]
acknowledged = [(end, "none") for end in recorder.ends]  # the hardest: just acknowledged, and all unsynced is gone
if STATES < len(everything):
    chosen = set(acknowledged) | set(dice.sample(everything, STATES - len(acknowledged)))
    plan = {state: 1 for state in everything if state in chosen}
else:
    plan = {(cut, way): 1 if way in ("all", "none") else max(1, STATES // len(everything)) for cut, way in everything}
states = bad = 0
for cut, disk in disks(recorder.ops):
    ended = sum(end <= cut for end in recorder.ends)
    for way in ways:
        for _ in range(plan.get((cut, way), 0)):
            files = disk.after_cut(way)
            states += 1
            if problem := problem_of(files, ended, answers):
                bad += 1
                last = recorder.ops[cut - 1].kind if cut else "none"
                print(f"cut after operation {cut} ({last}), unsynced: {way}: {problem}")

# Can this test fail at all? Let the disk ignore the syncs of the log.
log = {op.file for op in recorder.ops if op.kind == "create" and op.name.endswith("-wal")}
losses = 0
for cut, disk in disks(recorder.ops, deaf_to=log):
    if cut in recorder.ends:
        losses += bool(problem_of(disk.after_cut("none"), recorder.ends.index(cut) + 1, answers))

print(f"power_cut: {len(recorder.ends)} commands, {kinds['write']} writes, {kinds['sync']} syncs, {kinds['truncate']} "
      f"truncations, {states} states, {bad} bad; with a log that is never synced {losses} of {len(recorder.ends)} are bad")
if bad:
    fail(f"{bad} states of {states}")
if not losses:
    fail("a disk that ignores syncs loses nothing: this test cannot find anything")
