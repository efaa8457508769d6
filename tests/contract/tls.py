#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""tls.py UMSOPS: a PostgreSQL server with a certificate of our own authority. The program stores what it is given where it
can tell that the server is the right one, and nothing where it cannot."""
import atexit
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
UMSOPS = str(pathlib.Path(sys.argv[1]).resolve())
SERVER = str(ROOT / "tests/support/server.sh")
FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="umsops-tls-", dir="/tmp"))  # a short name, for the socket
DATA = FOLDER / "s"
HOST = "db.example"


def stop():
    subprocess.run([SERVER, "stop", str(DATA)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    shutil.rmtree(FOLDER, ignore_errors=True)


def openssl(*words):
    subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True, cwd=FOLDER)


def authority(name):
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", f"{name}.key", "-out",
            f"{name}.pem", "-subj", f"/CN=authority {name}", "-days", "30")


def certificate(name, subject, by, days=30):
    (FOLDER / "names").write_text(f"subjectAltName=DNS:{subject}\n")
    openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", f"{name}.key", "-out",
            f"{name}.csr", "-subj", f"/CN={subject}")
    openssl("x509", "-req", "-in", f"{name}.csr", "-CA", f"{by}.pem", "-CAkey", f"{by}.key", "-CAcreateserial", "-out",
            f"{name}.pem", "-days", days, "-extfile", "names")


def use(name, versions="TLSv1.2"):
    """The server shows that certificate from now on."""
    for ending in ("key", "pem"):
        shutil.copy(FOLDER / f"{name}.{ending}", DATA / f"server.{ending}")
        (DATA / f"server.{ending}").chmod(0o600)
        if os.geteuid() == 0:
            shutil.chown(DATA / f"server.{ending}", "nobody", "nogroup")
    psql(f"ALTER SYSTEM SET ssl_max_protocol_version = '{'TLSv1.1' if versions == 'old' else ''}'",
         f"ALTER SYSTEM SET ssl_min_protocol_version = '{'TLSv1' if versions == 'old' else 'TLSv1.2'}'", "SELECT pg_reload_conf()",
         "SELECT pg_sleep(0.3)")


def psql(*commands):
    words = [word for command in commands for word in ("-c", command)]
    return subprocess.run(["psql", f"host={DATA} user=postgres dbname=postgres", "-Atq", *words], check=True,
                          capture_output=True, text=True).stdout.strip()


def umsops(address, *words, home="with-root", **variables):
    environment = {"PATH": os.environ["PATH"], "HOME": str(FOLDER / home), "LC_ALL": "C.UTF-8", "UMSOPS_NO_SYSTEM_CONFIG": "1"}
    return subprocess.run([UMSOPS, "--error-format", "json", "--db", address, *words], env=environment | variables,
                          capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL, cwd=FOLDER)


atexit.register(stop)
FOLDER.chmod(0o755)
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
authority("ours")
authority("theirs")
certificate("good", HOST, "ours")
certificate("other-name", "other.example", "ours")
certificate("other-authority", HOST, "theirs")
certificate("expired", HOST, "ours", days=-1)
certificate("client", "postgres", "ours")
for home, root in (("with-root", "ours"), ("without", None)):
    (FOLDER / home / ".postgresql").mkdir(parents=True)
    if root:
        shutil.copy(FOLDER / f"{root}.pem", FOLDER / home / ".postgresql/root.crt")
subprocess.run([SERVER, "start", str(DATA), "listen_addresses=127.0.0.1", f"port={port}"], check=True, stdout=subprocess.DEVNULL)
os.environ["PGPORT"] = str(port)
shutil.copy(FOLDER / "ours.pem", DATA / "root.pem")
(DATA / "root.pem").chmod(0o644)
use("good")
psql(f"ALTER SYSTEM SET ssl_cert_file = '{DATA}/server.pem'", f"ALTER SYSTEM SET ssl_key_file = '{DATA}/server.key'",
     f"ALTER SYSTEM SET ssl_ca_file = '{DATA}/root.pem'", "ALTER SYSTEM SET ssl = on", "SELECT pg_reload_conf()",
     "SELECT pg_sleep(0.3)")

by_name = f"host={HOST} hostaddr=127.0.0.1 port={port} user=postgres dbname=postgres"
by_url = f"postgresql://postgres@{HOST}:{port}/postgres?hostaddr=127.0.0.1"
looks_local = f"host=127.example.org hostaddr=127.0.0.1 port={port} user=postgres dbname=postgres"
UNTRUSTED, STORED = "store.untrusted", ""
made = umsops(by_name, "db", "init")
if made.returncode != 0:
    sys.exit(f"db init: exit {made.returncode}: {made.stderr}")
(FOLDER / "service").write_text(f"[desk]\nhost={HOST}\nhostaddr=127.0.0.1\nport={port}\nuser=postgres\ndbname=postgres\n")

CASES = [  # what, the server's certificate, address, settings, what comes of it
    ("its authority is known", "good", by_name, {}, STORED),
    ("the same as a URL", "good", by_url, {}, STORED),
    ("from a service file", "good", "service=desk", {"PGSERVICEFILE": str(FOLDER / "service")}, STORED),
    ("no authority is known", "good", by_name, {"home": "without"}, UNTRUSTED),
    ("the authority is named", "good", f"{by_name} sslrootcert={FOLDER}/ours.pem", {"home": "without"}, STORED),
    ("another host's certificate", "other-name", by_name, {}, UNTRUSTED),
    ("another authority's certificate", "other-authority", by_name, {}, UNTRUSTED),
    ("the same, and any certificate would do", "other-authority", f"{by_name} sslmode=require", {}, UNTRUSTED),
    ("an expired certificate", "expired", by_name, {}, UNTRUSTED),
    ("a name that looks like this machine's", "other-authority", looks_local, {}, UNTRUSTED),
    ("the same without an authority", "good", looks_local, {"home": "without"}, UNTRUSTED),
    ("sslmode was chosen", "other-name", by_name, {"PGSSLMODE": "verify-ca"}, STORED),
    ("an old version of TLS", "old", by_name, {}, UNTRUSTED),
]

problems, stored, last = [], 0, "good"
for what, shown, address, how, expected in CASES:
    if shown != last:
        use("good" if shown == "old" else shown, versions=shown)
        last = shown
    result = umsops(address, "ticket", "create", "-t", what, "-q", **how)
    stored += expected == STORED
    code = result.stderr.split('"code":"')[1].split('"')[0] if '"code":"' in result.stderr else ""
    retry = '"retryable":true' in result.stderr
    if (result.returncode, code) != ((7, expected) if expected else (0, "")) or retry:
        problems.append(f"{what}: exit {result.returncode}: {result.stdout}{result.stderr}")
use("good")
subprocess.run(["sed", "-i", "s/^host .*127.0.0.1.*/hostssl all all 127.0.0.1\\/32 trust clientcert=verify-ca/", str(DATA / "data/pg_hba.conf")],
               check=True)
psql("SELECT pg_reload_conf()", "SELECT pg_sleep(0.3)")
client = f"{by_name} sslcert={FOLDER}/client.pem sslkey={FOLDER}/client.key"
(FOLDER / "client.key").chmod(0o600)
for what, address, exit_code in (("with a client's certificate", client, 0), ("without one", by_name, 8)):
    result = umsops(address, "ticket", "create", "-t", what, "-q")
    stored += exit_code == 0
    if result.returncode != exit_code:
        problems.append(f"{what}: exit {result.returncode}, not {exit_code}: {result.stdout}{result.stderr}")
if (found := psql("SELECT count(*) FROM support_tickets")) != str(stored):
    problems.append(f"{found} tickets are stored, not {stored}")
print("\n".join(problems))
print(f"tls: {len(CASES) + 2} cases, {stored} stored, {len(problems)} problems")
sys.exit(1 if problems else 0)
