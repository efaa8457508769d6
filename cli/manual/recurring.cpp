// SPDX-License-Identifier: Apache-2.0
// The man page of files of recurring tickets, section 5.
#include "cli/manual/manual.hpp"

namespace umsops::cli {

namespace {

constexpr Item kKeys[] = {
    {"name", "small letters, digits, - and _, of its own. Required. Each ticket is filed once under it and its date."},
    {"doc", "a line that lists show: a text, or a map of en and zh."},
    {"schedule", "when it comes; see below. Required."},
    {"from, until", "the first and the last date, as 2026-12-01. Dates before now are filed only where from is given."},
    {"lead", "how long before its time it is filed, as 7d; 60 days at most."},
    {"language", "en, the default, or zh_CN: of texts that are there in both."},
    {"template", "the name of a template of tickets; see umsops-templates(5). What the recurring ticket says wins."},
    {"with", "a map of the template's inputs; their texts may use the names below."},
    {"title description category subcategory service team assignee requester priority tags attributes approval",
     "as in a template of tickets. A title is required without a template."},
};

constexpr Item kSchedule[] = {
    {"every", "day, week, month, quarter or year. Required."},
    {"interval", "each second, third, and so on of them, counted from that of from."},
    {"on",
     "days, one or a list: of a week mon to sun, else 1 to 31 or last, of the month. A day that a month does not have "
     "is its last one. Default: Monday, or the 1st."},
    {"month", "months, one or a list: of a quarter 1 to 3, of a year 1 to 12. Default: the first."},
    {"at",
     "the time of day, as \"09:00\", the default. One that a clock change leaves out is the moment of the change."},
    {"zone", "IANA name of the time zone. Default: that of the setting tz."},
    {"business_day", "next or previous: where the day is no working day of the calendar, the next or the last one."},
    {"calendar", "a calendar of the SLA files. Default: business."},
};

constexpr Item kNames[] = {
    {"date year month day quarter week", "2026-12-01, 2026, 12, 01, Q4 and W49: of the day that it is for."},
    {"previous_year previous_month previous_quarter", "2025, 2026-11 and 2026 Q3: what a review looks back at."},
};

}  // namespace

Page recurring_page() {
  Roff page("umsops-recurring", 5, "recurring tickets of umsops");
  page.heading("DESCRIPTION");
  page.paragraph(
      "A file of recurring tickets says what 'umsops tick' files again and again: renewals of certificates, reviews of "
      "access. Name files or folders of them with the setting recurring, which a project file cannot set; 'umsops "
      "lint' "
      "finds what is wrong with them, and 'umsops ticket recurring next' shows what comes.");
  page.paragraph(
      "Each is filed once, whatever becomes of tick: the key recurring:NAME:DATE belongs to that ticket. After a "
      "standstill those of the last 7 days are filed, and how many older ones were missed is told once.");
  page.paragraph(yaml_rules());
  page.heading("KEYS OF A FILE");
  page.paragraph("kind: recurring, and recurring, a list.");
  page.heading("KEYS OF A RECURRING TICKET");
  page.items(kKeys);
  page.heading("KEYS OF A SCHEDULE");
  page.items(kSchedule);
  page.heading("NAMES");
  page.paragraph("Texts are mustache, as in umsops-templates(5), with these names.");
  page.items(kNames);
  page.heading("EXAMPLE");
  page.verbatim(
      "kind: recurring\nrecurring:\n  - name: access-review\n    schedule: {every: quarter, on: 1, at: \"09:00\", "
      "zone: "
      "Asia/Shanghai, business_day: next}\n    title: {en: \"Access review {{previous_quarter}}\", zh: "
      "\"权限复核 {{previous_quarter}}\"}\n    description: Each owner confirms who may do what.\n"
      "    category: permission\n    team: iam\n    priority: MEDIUM\n");
  page.heading("SEE ALSO");
  page.paragraph("umsops-ticket(1), umsops-templates(5), umsops-config(5)");
  return {"umsops-recurring.5", page.text()};
}

}  // namespace umsops::cli
