#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""ci.py UMSOPS: the step of examples/ci in the environment of each CI system, and the commands of their files as these run them."""
import json
import re

import yaml
from site_of_examples import ROOT, run_checks

EXAMPLE = ROOT / "examples/ci"
SYSTEMS = {
    "acme/sso": lambda run: {"GITHUB_REPOSITORY": "acme/sso", "GITHUB_REF_NAME": "main", "GITHUB_RUN_ID": run,
                             "GITHUB_RUN_ATTEMPT": 1, "GITHUB_SERVER_URL": "https://github.example"},
    "acme/ldap": lambda run: {"CI_PROJECT_PATH": "acme/ldap", "CI_COMMIT_REF_NAME": "main",
                              "CI_PIPELINE_URL": f"https://gitlab.example/{run}"},
    "acme/vpn": lambda run: {"JOB_NAME": "acme/vpn", "BRANCH_NAME": "main", "BUILD_URL": f"https://jenkins.example/{run}"},
    "acme/mail": lambda run: {"CI_NAME": "acme/mail", "CI_BRANCH": "main", "CI_RUN": run},
}


def step(site, variables, *arguments, codes=(0,)):
    return site.run(EXAMPLE / "umsops-ci", *arguments, codes=codes, **variables).strip()


def shown(site, number):
    return json.loads(site.umsops("incident", "show", number, "-o", "json"))


def check_steps(site):
    """Opens at the first failure, notes each one, recovers with the first run that passes."""
    log = site.folder / "build.log"
    log.write_bytes(b"".join(b"\x1b[32mstep %d\x1b[0m\r\n" % i for i in range(20_000)) 
                    + "10 %\r100 %\n失败 ".encode() + b"caf\xe9\n")
    for name, system in SYSTEMS.items():
        assert step(site, system(1), "passed") == "", "a branch that never failed opens nothing"
        number = step(site, system(2), "failed", log)
        assert number and step(site, system(2), "failed", log) == number and step(site, system(3), "failed", log) == number
        record = shown(site, number)
        notes = [e["text"] for e in record["timeline"] if e["kind"] == "NOTE"]
        assert record["title"] == f"{name}: main fails" and record["status"] == "OPEN" and len(notes) == 2, record
        assert re.fullmatch(r"\.\.\. \d+ earlier lines left out\nstep \d+\n(.*\n)*step 19999\n100 %\n失败 caf\ufffd", notes[0]), notes[0][-200:]
        assert step(site, system(4), "passed") == number
        assert shown(site, number)["status"] == "RECOVERED"
    assert len(json.loads(site.umsops("incident", "list", "--all", "-o", "json"))["items"]) == len(SYSTEMS)


def check_refusals(site):
    step(site, {}, codes=(2,))
    step(site, {}, "failed", codes=(1, 2))
    step(site, {"CI_NAME": "x", "CI_RUN": 1, "UMSOPS_DB": "postgresql:///desk?host=/nowhere"}, "failed", codes=(7,))


def check_files(site):
    """Every line of a shell in the three files, with `make` as one that fails or passes."""
    github = yaml.safe_load((EXAMPLE / "github-actions.yml").read_text())
    gitlab = yaml.safe_load((EXAMPLE / "gitlab-ci.yml").read_text())
    jenkins = re.findall(r"sh '([^']+)'", (EXAMPLE / "Jenkinsfile").read_text())
    (site.folder / "bin/umsops-ci").symlink_to(EXAMPLE / "umsops-ci")
    make = site.folder / "bin/make"
    builds = {"acme/g": ([s["run"] for s in github["jobs"]["build"]["steps"] if "run" in s], SYSTEMS["acme/sso"]),
              "acme/l": (gitlab["build"]["script"] + gitlab["build"]["after_script"], SYSTEMS["acme/ldap"]),
              "acme/j": (jenkins, SYSTEMS["acme/vpn"])}
    for number, (name, (lines, system)) in enumerate(builds.items()):
        for run, good in ((1, False), (2, True)):
            make.write_text(f"#!/bin/sh\necho $*: error; exit {0 if good else 1}\n")
            make.chmod(0o755)
            variables = {**system(run), "CI_JOB_STATUS": "success" if good else "failed"}
            variables = {k: str(v).replace(next(n for n in SYSTEMS if SYSTEMS[n] is system), name) for k, v in variables.items()}
            first, *rest = lines
            site.run("bash", "-c", first, codes=(0,) if good else (1, 2), **variables)
            for line in rest:
                if "umsops-ci passed" in line and "umsops-ci failed" not in line and not good:
                    continue
                if "umsops-ci failed" in line and "umsops-ci passed" not in line and good:
                    continue
                site.run("bash", "-c", line, **variables)
        [found] = [i for i in json.loads(site.umsops("incident", "list", "--all", "-o", "json"))["items"]
                   if i["title"] == f"{name}: main fails"]
        assert found["status"] == "RECOVERED", (name, found)
        assert any("check: error" in e["text"] for e in shown(site, found["incident_number"])["timeline"]), name
    make.write_text("#!/bin/sh\necho no room on the target; exit 1\n")
    for _ in range(2):
        site.run("bash", "-c", gitlab["deploy"]["script"][0], codes=(1,), CI_PROJECT_PATH="acme/l", CI_COMMIT_SHA="4f2a")
    [found] = [i for i in json.loads(site.umsops("incident", "list", "--all", "-o", "json", "-F", "*"))["items"] if i["key"] == "ci:acme/l:4f2a"]
    assert found["description"] == "no room on the target", found
    site.umsops("audit", "verify")


run_checks([check_steps, check_refusals, check_files])
