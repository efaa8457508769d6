// SPDX-License-Identifier: Apache-2.0
// The man page of inhibition files, section 5.
#include "cli/manual/manual.hpp"

namespace umsops::cli {

namespace {

constexpr Item kFileKeys[] = {
    {"kind: inhibition", "identifies the file."},
    {"inhibit_rules", "a list of rules."},
    {"time_intervals",
     "a list of named time intervals, for silences of these files and for 'silence add --every NAME'."},
    {"silences", "a list of standing silences: they hold as long as they stand in the file."},
};

constexpr Item kRuleKeys[] = {
    {"name", "how the rule is named where it is a reason; without it # and its place among all rules."},
    {"source_matchers", "matchers of what inhibits, as long as it fires."},
    {"target_matchers", "matchers of what is inhibited."},
    {"equal", "labels whose values must be the same on both sides. A missing label is the same as an empty one."},
    {"along: depends_on",
     "only where the service of the target (label service) depends on that of the source, directly or through others. "
     "Such a rule may leave out its matchers. It lets a link of the chain inhibit and be inhibited."},
};

constexpr Item kIntervalKeys[] = {
    {"times", "a list of start_time and end_time: \"09:00\" to \"24:00\"; the end does not belong to it."},
    {"weekdays", "sunday to saturday, or ranges such as monday:friday."},
    {"days_of_month", "1 to 31, or -1 to -31 from the month's end, or ranges such as -3:-1; cut to the month."},
    {"months", "january to december or 1 to 12, or ranges such as may:august."},
    {"years", "years, or ranges such as 2026:2028."},
    {"location", "an IANA time zone; UTC if absent."},
};

constexpr Item kSilenceKeys[] = {
    {"name", "how it is named where it is a reason."},
    {"matchers", "what is muted: all of them must match, and not all of them empty values."},
    {"comment", "why. Required."},
    {"mute_time_intervals", "names of time intervals; it mutes inside one of them. Without: all the time."},
};

}  // namespace

Page inhibition_page() {
  Roff page("umsops-inhibition", 5, "which alerts of umsops mute others");
  page.heading("DESCRIPTION");
  page.paragraph(
      "An inhibition file says which alerts mute others, and what is muted at recurring times. Choose files with the "
      "setting inhibition; several are read as one. What is muted is recorded all the same, but wakes nobody. Keys and "
      "meaning are those of Alertmanager's configuration.");
  page.paragraph(yaml_rules());
  page.heading("KEYS OF A FILE");
  page.items(kFileKeys);
  page.heading("KEYS OF A RULE");
  page.items(kRuleKeys);
  page.paragraph("An alert that matches both sides of a rule is not inhibited by another that also does.");
  page.heading("MATCHERS");
  page.paragraph(
      "NAME=VALUE, !=, =~ and !~, one a list entry, or several with commas. An expression (RE2) matches the whole "
      "value. "
      "Values with anything but letters and digits are best put in double quotes inside single ones: 'team=~\"a|b\"'.");
  page.heading("LABELS OF AN INCIDENT");
  page.paragraph(
      "Matchers look at stored incidents by these labels: its attributes, among which are the labels of the alert that "
      "opened it, their names in small letters with _ for all else; and, where no attribute has that name, title, "
      "type, "
      "severity, priority, category and source as 'umsops incident show' has them (CRITICAL, not critical). service is "
      "one of its affected services: an incident that touches several is muted only where that holds for each of them. "
      "'umsops incident show -o json' gives the labels.");
  page.paragraph(
      "An incident inhibits others until it has recovered, muted or not. One that is muted is stored all the same, "
      "with "
      "silenced_by and inhibited_by; nobody is told, no step of its escalation is taken, and each decision stands in "
      "its "
      "timeline. It is heard again when the silence ends or its cause recovers: at once by the command that did that, "
      "otherwise by 'umsops tick', which also applies silences that came later.");
  page.heading("KEYS OF A TIME INTERVAL");
  page.paragraph(
      "name, and time_intervals, a list of maps with these keys. A time is inside a map when it is inside one range of "
      "each "
      "key, and inside the named interval when it is inside one of the maps.");
  page.items(kIntervalKeys);
  page.heading("KEYS OF A SILENCE");
  page.items(kSilenceKeys);
  page.heading("EXAMPLE");
  page.verbatim(
      "kind: inhibition\ninhibit_rules:\n  - name: database-down\n    source_matchers: ['alertname=\"DatabaseDown\"']\n"
      "    target_matchers: ['severity=~\"warning|info\"']\n    equal: [cluster]\ntime_intervals:\n  - name: weekends\n"
      "    time_intervals: [{weekdays: [saturday, sunday], location: Asia/Shanghai}]\nsilences:\n  - name: batch-jobs\n"
      "    matchers: ['job=\"batch\"', 'severity!=\"critical\"']\n    comment: reports run then\n"
      "    mute_time_intervals: [weekends]\n");
  page.heading("SEE ALSO");
  page.paragraph("umsops-silence(1), umsops-config(5)");
  return {"umsops-inhibition.5", page.text()};
}

}  // namespace umsops::cli
