// SPDX-License-Identifier: Apache-2.0
// The man page of runbooks, section 5.
#include "cli/manual/manual.hpp"

namespace umsops::cli {

namespace {

constexpr Item kFileKeys[] = {
    {"kind: runbook", "identifies the file; it holds one runbook."},
    {"id", "its name: letters, digits, '.', '_', '-', at most 64. Required."},
    {"title, description", "what it does, and when it is used."},
    {"types",
     "the types of incidents that it is for; without it it is for those of every type that have none of their own."},
    {"resolution, root_cause", "what an incident that it has repaired is resolved with, unless told otherwise."},
    {"inputs",
     "a map by name; each with type (text, integer, boolean, choice), default, choices, description. One without "
     "default must be given."},
    {"secrets",
     "a map by name, each to a command as a list of words: the first line of its output is the secret. It is "
     "asked for when a step needs it, is stored nowhere, and is *** in output and logs, also in base64, escaped "
     "for URLs and for JSON."},
    {"hosts",
     "a map by name, each to the words that stand before a step's own, e.g. [ssh, --, db1]; or to a map of prefix "
     "and shell. shell: true says that a shell reads the words at the other end, as ssh has it: each is quoted. "
     "Default: true for ssh."},
    {"env", "variables for all steps."},
    {"folder", "their working directory."},
    {"on_failure", "stop (default): the execution can be taken up again; rollback: what was done is taken back."},
    {"output", "bytes of each step's output that the store keeps, 256 to 65536 (default 8192)."},
    {"steps", "a list; see below. Required."},
};

constexpr Item kKinds[] = {
    {"check", "asks something. Its answer stops nothing: conditions of later steps look at it."},
    {"run", "runs a program that changes something."},
    {"http",
     "sends a request: an address, or a map of url, method, headers, body, expect (default 200). It carries an "
     "Idempotency-Key, the same in every attempt. One that was cut off is waited for before check is asked whether it "
     "took effect."},
    {"manual", "a text: what a person is to do. The process ends; 'umsops runbook resume ID --done' goes on."},
    {"approve",
     "a text: what a person consents to, by 'umsops runbook resume ID --approve'. by: another demands somebody "
     "else than who began the execution."},
    {"verify",
     "must hold: passes times in a row (default 1), every so often (default 5s); each pass that fails costs one "
     "of its retries."},
};

constexpr Item kStepKeys[] = {
    {"id", "a name that is used once. Required."},
    {"title", "for people."},
    {"when", "a condition in the language of umsops-rules(5); where it does not hold the step is SKIPPED."},
    {"timeout", "from 1s to 1h (default 30s). Then all that the step started is asked to end, and after 5 s is ended."},
    {"retries, backoff",
     "further attempts (default 0), and the time before the first of them (default 1s), doubled each "
     "time up to 5 minutes."},
    {"on_error",
     "what is done when all attempts failed: where it succeeds the step is RECOVERED and the next one follows."},
    {"check",
     "beside run or http: succeeds where the step has taken effect. It is asked when the step was cut off; without "
     "it a person has to say so."},
    {"rollback", "takes the step's effect back, also half an effect, and bears that there is none."},
    {"continue_on_failure", "true: the next step follows even where this one failed."},
    {"env, folder, host, stdin", "of its program; env may also hold secrets, as stdin may."},
};

constexpr Item kNames[] = {
    {"incident.FIELD",
     "number, title, description, type, severity, urgency, category, source, affected_users, "
     "business_impact, affected_services, reported_by, assigned_to; as they were at the start."},
    {"incident.attributes.NAME", "an attribute of it."},
    {"inputs.NAME", "an input."},
    {"steps.ID.state, .ok, .exit, .output",
     "of an earlier step: its state, true or false, its exit code or HTTP status, and "
     "what it printed, without blanks around it."},
    {"secrets.NAME",
     "only in holes of env, stdin, headers and body: a command's words can be read by everybody on the host."},
};

}  // namespace

Page runbook_page() {
  Roff page("umsops-runbook", 5, "runbooks: steps that are planned, run, and taken up again");
  page.heading("DESCRIPTION");
  page.paragraph(
      "A runbook is a list of steps. 'umsops runbook plan' shows what they would do, 'umsops runbook run --execute' "
      "does it. "
      "How far it has come is stored before and after each step, so 'umsops runbook resume' goes on at the right one, "
      "whatever became of the process.");
  page.paragraph(yaml_rules());
  page.paragraph(
      "The setting 'runbooks' names files or folders of them. It is read from the user's and the system's settings "
      "alone: a "
      "project's file may come with somebody else's checkout.");
  page.heading("KEYS OF A FILE");
  page.items(kFileKeys);
  page.heading("KINDS OF STEPS");
  page.paragraph(
      "check, run and verify hold a program and its arguments as a list, or a map of command, env, folder, host, stdin "
      "and "
      "timeout, or a map of http, method, headers, body, expect and timeout. No shell sees any of it.");
  page.items(kKinds);
  page.heading("KEYS OF A STEP");
  page.items(kStepKeys);
  page.heading("HOLES AND CONDITIONS");
  page.paragraph(
      "{{name}} in a word, an address, a variable, a header, a body or a text is filled in. A word stays one word, "
      "whatever "
      "fills it; let '--' stand before one that may begin with '-'. A hole that nothing fills fails the step.");
  page.items(kNames);
  page.heading("PROGRAMS");
  page.paragraph(
      "A program gets PATH, HOME, USER, LOGNAME, LANG, LC_ALL, LC_CTYPE, TZ, what the runbook says, and "
      "UMSOPS_RUNBOOK, "
      "UMSOPS_EXECUTION, UMSOPS_STEP, UMSOPS_INCIDENT and UMSOPS_KEY, which is the same in every attempt of a step. "
      "What it "
      "leaves running at its end goes on. All it prints is in a file of $XDG_STATE_HOME/umsops/runbooks (up to 64 MiB "
      "a "
      "step), see 'umsops runbook log'.");
  page.heading("EXAMPLE");
  page.verbatim(
      "kind: runbook\nid: authentication\ntypes: [AUTHENTICATION_FAILURE]\nsteps:\n  - id: service\n"
      "    check: [systemctl, is-active, sssd]\n  - id: restart\n    when: {field: steps.service.ok, equals: false}\n"
      "    run: [systemctl, restart, sssd]\n    check: [systemctl, is-active, sssd]\n  - id: works\n"
      "    verify: [id, probe]\n    passes: 3\n    every: 5s\nresolution: restarted sssd\n");
  page.heading("SEE ALSO");
  page.paragraph("umsops-runbook(1), umsops-rules(5), umsops-config(5)");
  return {"umsops-runbook.5", page.text()};
}

}  // namespace umsops::cli
