// SPDX-License-Identifier: Apache-2.0
// The man page of sender files, section 5.
#include "cli/manual/manual.hpp"

namespace umsops::cli {

namespace {

constexpr Item kKeys[] = {
    {"kind: sender", "identifies the file."},
    {"name", "a word for --format; a built-in sender of that name is replaced."},
    {"about", "one line for people."},
    {"input", "json (the default) or mail."},
    {"automatic", "false: only by --format NAME. Default: true."},
    {"resolve_on",
     "which ends of alarms make an incident RECOVERED, where several fire: first, last (the one that came last), all "
     "or "
     "never; quiet:T is all, and RESOLVED when nothing fired for T. Default: the setting resolve_on. --resolve-on goes "
     "before both."},
    {"recognise",
     "the conditions that must all hold. Of several senders that recognise a body the one with the most conditions "
     "reads "
     "it; among equals one's own come before the built-in ones, in their order."},
    {"decode", "paths of texts that hold JSON themselves."},
    {"each", "the path of the list of events; default: the body is one event."},
    {"extract",
     "a list of {from, regex}: each named group of the RE2 expression, (?P<host>\\S+), can be used as {extract.host}."},
    {"refuse, ignore", "a list of {when, reason}; the first whose conditions hold decides, refuse before ignore."},
    {"state", "see STATE."},
    {"key", "what the alarm and its end have in common, and nothing else has. At most 200 bytes, or a digest ends it."},
    {"title, description, source, link, runbook, group", "what they are called."},
    {"severity",
     "a text, or {from, map}: map: {1: CRITICAL, '2, 3': HIGH}. Common words are known: critical, error, P2, "
     "Average, sev1."},
    {"services, related",
     "affected services; the sender's own names of the alarms within. related: the first text that gives any."},
    {"labels", "take: paths of objects, of lists of {key, value}, of pairs, or of a:b texts; set: {name: text}."},
    {"starts_at, ends_at",
     "RFC 3339 and its relatives, or seconds, milli-, micro- or nanoseconds since 1970; without a zone UTC. Of several "
     "the earliest start and the latest end. A time in the future or an end before the start is left out, with a "
     "remark."},
    {"fingerprint", "equal for what is sent twice."},
    {"remarks", "a list of {when, text}."},
};

constexpr Item kConditions[] = {
    {"{path: P}", "there is a value, and it is not null. The same as exists: true."},
    {"{path: P, exists: false}", "there is none."},
    {"{path: P, is: [a, b]}", "it is one of these; case does not matter. Numbers and true, false as they are written."},
    {"{path: P, matches: RE}", "the RE2 expression is found in it."},
    {"{any: [...]}", "one of these conditions holds; it counts as one."},
};

constexpr Item kReasons[] = {
    {"running", "not finished yet."},
    {"cancelled", "cancelled or skipped."},
    {"pending", "not an alarm yet."},
    {"no_alarm", "neither an alarm nor its end."},
    {"no_data", "the sender has no data."},
    {"note", "about an alarm that stays as it is."},
    {"test", "a test of the connection."},
    {"maintenance, paused, personal, subscription", "as they say."},
    {"ticket", "for refuse and ignore: names ticket intake json as the way."},
};

}  // namespace

Page sender_page() {
  Roff page("umsops-sender", 5, "how umsops reads alarms of other systems");
  page.heading("DESCRIPTION");
  page.paragraph(
      "A sender file says how 'umsops incident ingest' recognises what one system sends, and where key, state, title "
      "and "
      "the rest stand in it. Files for many systems are built in: 'umsops incident ingest --show-sender NAME' prints "
      "one. "
      "One's own are named in the setting senders, or with --sender. --explain shows what a file makes of a body.");
  page.paragraph(yaml_rules());
  page.heading("PATHS AND TEXTS");
  page.paragraph(
      "A path goes from name to name: labels.severity, \"service.name\".id, items[0], items[-1], items[].name (all of "
      "them). It begins at the event; $ is the whole body ($.commonLabels), extract what expressions found.");
  page.paragraph(
      "A text holds paths in braces: 'disk:{host}:{mount}'. Where one of them is null or empty the text is absent; of "
      "a "
      "list of texts the first that is not absent counts. {path|lower}, {path|first_line} and {path|fingerprint} (of "
      "an "
      "object of labels, as Alertmanager computes it) change the value; {path|list} divides it at its commas, where "
      "several are asked for. {{ is a brace.");
  page.heading("KEYS OF A FILE");
  page.items(kKeys);
  page.heading("CONDITIONS");
  page.items(kConditions);
  page.heading("STATE");
  page.paragraph(
      "state: firing, resolved or acknowledged holds for every event. Otherwise {from, map, else, missing}: the first "
      "of "
      "the texts whose words are in map decides; several words stand with commas between them, case does not matter. "
      "else is for other words, missing for none; without them the event is refused. A state is firing, resolved, "
      "acknowledged, {ignore: REASON} or {refuse: REASON}.");
  page.heading("REASONS");
  page.paragraph("Any text; these words have one in each language:");
  page.items(kReasons);
  page.heading("MAILS");
  page.paragraph(
      "With input: mail the paths are subject, from, from_name, to, date, body, message_id, list_id and "
      "auto_submitted.");
  page.heading("LIMITS");
  page.paragraph(
      "A body has at most 16 MiB, 64 nested levels and 10000 events; a title 200, a description 20000, a label 1000 "
      "characters; an event 64 labels and 64 services. What is longer is cut, control characters are replaced, and "
      "remarks "
      "say so. An expression has 1024 bytes.");
  page.heading("LINT");
  page.paragraph(
      "'umsops lint FILE' finds unknown keys, paths and expressions that cannot be read, names that no expression "
      "finds, "
      "and a sender that recognises exactly what a built-in one does.");
  page.heading("EXAMPLE");
  page.verbatim(
      "kind: sender\nname: backup\nrecognise:\n  - {path: backup_job}\n  - {path: result, is: [ok, failed]}\n"
      "state: {from: '{result}', map: {failed: firing, ok: resolved}}\nkey: 'backup:{host}:{backup_job}'\n"
      "title: 'backup {backup_job} on {host}'\nseverity: HIGH\nstarts_at: '{began}'\n");
  page.heading("SEE ALSO");
  page.paragraph("umsops-incident(1), umsops-config(5)");
  return {"umsops-sender.5", page.text()};
}

}  // namespace umsops::cli
