#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""folder.py EXPORTER: the folder of a site is the old one or the new one, whole, whatever happens on the way; and nothing
that somebody else put there is lost."""
import os
import pathlib
import random
import signal
import subprocess
import time

from sites import EXPORTER, export, files_of, json, run_checks


def entry(number, text="text"):
    return {"number": f"KB-{number:06}", "kind": "faq", "title": f"Question {number}", "markdown": text, "category": "mfa",
            "language": "en", "updated_at": "2026-11-30T00:00:00Z"}


def siblings(folder):
    return sorted(p.name for p in folder.parent.iterdir())


def check_changes_are_told(folder):
    site = folder / "site"
    said = export([entry(1), entry(2)], site)
    assert said.endswith(" added, 0 changed, 0 removed\n"), said
    before = {p: p.stat().st_mtime_ns for p in site.rglob("*")}
    assert " 0 added, 0 changed, 0 removed" in export([entry(2), entry(1)], site)
    assert {p: p.stat().st_mtime_ns for p in site.rglob("*")} == before, "what had not changed was written anew"
    assert " 0 added, " in export([entry(1)], site)
    assert not (site / "entries/kb-000002.html").exists() and (site / "entries/kb-000001.html").exists()
    assert siblings(site) == ["site"]
    subprocess.run(["sha256sum", "--quiet", "-c", ".umsops-site"], cwd=site, check=True)


def check_a_page_changed_by_hand_is_mended(folder):
    site = folder / "site"
    export([entry(1)], site)
    (site / "index.html").write_text("changed")
    assert " 1 changed" in export([entry(1)], site)
    assert b"<!doctype html>" in (site / "index.html").read_bytes()


def check_what_is_not_ours_is_refused(folder):
    site = folder / "site"
    site.mkdir()
    (site / "notes.txt").write_text("mine")
    said = export([entry(1)], site, code=4)
    assert "notes.txt" in said and files_of(site) == {"notes.txt": b"mine"}, said
    (site / "notes.txt").unlink()
    export([entry(1)], site)
    before = files_of(site)
    (site / "entries/mine.html").write_text("mine")
    assert "entries/mine.html" in export([entry(2)], site, code=4)
    assert files_of(site) == {**before, "entries/mine.html": b"mine"}
    (site / "entries/mine.html").unlink()
    (site / "entries/link.html").symlink_to("/etc/passwd")
    assert "link.html" in export([entry(2)], site, code=4)
    (site / "entries/link.html").unlink()
    (site / ".umsops-site").write_text("something else\n")
    assert ".umsops-site" in export([entry(2)], site, code=4)
    (folder / "plain").write_text("a file")
    assert "plain" in export([entry(1)], folder / "plain", code=4)
    assert (folder / "plain").read_text() == "a file"
    assert "missing" in export([entry(1)], folder / "missing/site", code=1)
    assert siblings(site) == ["plain", "site"]


def check_a_link_to_a_folder_stays(folder):
    (folder / "real").mkdir(mode=0o750)
    (folder / "site").symlink_to("real")
    export([entry(1)], folder / "site")
    assert (folder / "site").is_symlink() and (folder / "real/index.html").exists()
    assert (folder / "real").stat().st_mode & 0o777 == 0o750


def started(entries, site):
    run = subprocess.Popen([EXPORTER, "en", str(site)], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
    run.stdin.write("".join(json.dumps(e) + "\n" for e in entries).encode())
    run.stdin.close()
    return run


def check_killed_at_any_time(folder):
    """Old or new, and what was left behind goes with the next export."""
    site = folder / "site"
    texts = {"old": [entry(n, "old") for n in range(200)], "new": [entry(n, "new") for n in range(100)]}
    wanted = {}
    for name, entries in texts.items():
        export(entries, folder / name)
        wanted[name] = files_of(folder / name)
    export(texts["old"], site)
    begun = time.monotonic()
    export(texts["new"], site)
    whole = time.monotonic() - begun
    ends = {"old": 0, "new": 0}
    for round_ in range(40):
        name = "old" if round_ % 2 == 0 else "new"
        run = started(texts[name], site)
        time.sleep(random.uniform(0, whole * 1.2))
        run.send_signal(signal.SIGKILL if round_ % 4 < 2 else signal.SIGTERM)
        run.wait()
        found = files_of(site)
        assert found in wanted.values(), f"round {round_}: neither the old one nor the new one"
        ends["old" if found == wanted["old"] else "new"] += 1
    export(texts["new"], site)
    assert files_of(site) == wanted["new"] and siblings(site) == ["new", "old", "site"], siblings(site)


def check_what_a_killed_one_left_goes(folder):
    """Also where nothing has changed since, as after a kill between the exchange and its end."""
    site = folder / "site"
    for _ in range(2):
        left = folder / ".site.umsops-1"
        (left / "kb").mkdir(parents=True)
        (left / "kb" / "kb-1.html").write_text("old")
        export([entry(1)], site)
        assert siblings(site) == ["site"], siblings(site)


def check_a_signal_leaves_nothing_behind(folder):
    site = folder / "site"
    export([entry(1)], site)
    for _ in range(10):
        run = started([entry(n) for n in range(400)], site)
        time.sleep(random.uniform(0, 0.4))
        run.terminate()
        assert run.wait() in (0, 143, -signal.SIGTERM), run.returncode
        assert siblings(site) == ["site"], siblings(site)


def check_several_at_once(folder):
    site = folder / "site"
    runs = [started([entry(n, f"text {i}") for n in range(30)], site) for i in range(6)]
    assert [run.wait() for run in runs] == [0] * 6
    last = [export([entry(n, f"text {i}") for n in range(30)], folder / f"alone{i}") and files_of(folder / f"alone{i}")
            for i in range(6)]
    assert files_of(site) in last and siblings(site) == sorted(["site"] + [f"alone{i}" for i in range(6)])


def check_names_of_folders(folder):
    for name in ("with blank", "中文", "-dash"):
        export([entry(1)], folder / name)
        assert (folder / name / "index.html").exists()
    export([entry(1)], str(folder / "slash") + "/")
    export([entry(1)], "below", cwd=folder)
    os.makedirs(folder / "a")
    export([entry(1)], folder / "a/../b")
    assert {"slash", "below", "b"} <= {p.name for p in pathlib.Path(folder).iterdir()}


run_checks([check_changes_are_told, check_a_page_changed_by_hand_is_mended, check_what_is_not_ours_is_refused,
            check_a_link_to_a_folder_stays, check_killed_at_any_time, check_what_a_killed_one_left_goes,
            check_a_signal_leaves_nothing_behind, check_several_at_once, check_names_of_folders])
