# SPDX-License-Identifier: Apache-2.0
"""A Debian root of a test's own: unpacked from the one that root.sh made, entered by chroot, gone with the test."""
import os
import pathlib
import shutil
import subprocess
import tempfile

AS_ROOT = [] if os.geteuid() == 0 else ["sudo"]


class Root:
    def __init__(self, tar):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="umsops-root-"))
        subprocess.run([*AS_ROOT, "tar", "-xpf", tar, "-C", self.folder, "--exclude=./dev/*", "--exclude=./var/cache/*"],
                       check=True)
        subprocess.run([*AS_ROOT, "chmod", "755", self.folder], check=True)
        for name, minor in (("null", 3), ("zero", 5), ("urandom", 9)):
            subprocess.run([*AS_ROOT, "mknod", "-m", "666", self.folder / "dev" / name, "c", "1", str(minor)], check=True)
        quick = self.folder / "etc/dpkg/dpkg.cfg.d/quick"  # nobody needs this root after a power cut
        subprocess.run([*AS_ROOT, "tee", quick], check=True, input=b"force-unsafe-io\n", stdout=subprocess.DEVNULL)
        subprocess.run([*AS_ROOT, "ln", "-s", "/proc/self/fd", self.folder / "dev/fd"], check=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run([*AS_ROOT, "rm", "-rf", "--one-file-system", self.folder], check=True)

    def run(self, *command, user=None, codes=(0,), stdin="", **variables):
        """What the command prints, run in there without network and with a bare environment, as root or as a user of the root."""
        inside = [str(word) for word in command]
        if user:
            inside = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", *inside]
        env = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive",
               **variables}
        entered = [*AS_ROOT, "env", "-i", *[f"{k}={v}" for k, v in env.items()], "unshare", "--pid", "--mount", "--net", "--fork",
                   "sh", "-c", 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"', self.folder, *inside]
        got = subprocess.run(entered, capture_output=True, text=True, input=stdin)
        assert got.returncode in codes, f"{' '.join(inside)}: exit {got.returncode}: {got.stdout}{got.stderr}"
        return got.stdout

    def put(self, file, where):
        subprocess.run([*AS_ROOT, "cp", file, f"{self.folder}{where}"], check=True)

    def files(self):
        """All that is there, but for what dpkg, apt and others write down for themselves."""
        listed = subprocess.run([*AS_ROOT, "find", ".", "-xdev", "-not", "-path", "./proc/*", "-not", "-path", "./var/lib/dpkg/*",
                                 "-not", "-path", "./var/cache/*", "-not", "-path", "./var/log/*", "-not", "-path", "./tmp/*", "-not", "-path", "./run/*",
                                 "-not", "-path", "./root/*"], cwd=self.folder, check=True, capture_output=True, text=True)
        return set(listed.stdout.splitlines())


def repacked(package, folder, **fields):
    """The package once more with other fields, in the folder: an older version of itself."""
    tree = folder / "tree"
    subprocess.run(["dpkg-deb", "-R", package, tree], check=True)
    control = tree / "DEBIAN/control"
    lines = []
    for line in control.read_text().splitlines():
        name = line.split(":")[0]
        lines.append(f"{name}: {fields[name]}" if name in fields else line)
    control.write_text("\n".join(lines) + "\n")
    out = folder / pathlib.Path(package).name
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "-b", tree, out], check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(tree)
    return out
