// SPDX-License-Identifier: Apache-2.0
// The man page of report files, section 5.
#include "cli/manual/manual.hpp"

namespace umsops::cli {

namespace {

constexpr Item kReportKeys[] = {
    {"name", "small letters, digits, - and _. Required. A report takes the place of a built-in one of that name."},
    {"title, doc", "a text, or a map of en and zh."},
    {"from",
     "tickets, incidents, articles, escalations, replies (and notes of tickets), shifts (who is on call), uses (of "
     "articles) or actions (of reviews). "
     "Required, but with sections."},
    {"time",
     "the time that puts a record into the period; default created_at, of incidents detected_at, of "
     "escalations escalated_at."},
    {"since",
     "the period's begin where nobody gives one, counted from its end, e.g. -30d, the default; any: there is "
     "no period."},
    {"where", "a filter; see 'umsops help filters'."},
    {"by", "up to 4 groups; without any the report has one row."},
    {"measures", "the figures of each row."},
    {"fields", "in place of measures: the report is a list of records with these fields."},
    {"sort", "columns of the report, with - before those that descend. Rows that are equal go by their groups."},
    {"having", "a filter over the columns that were made: only such rows are shown."},
    {"limit", "most rows."},
    {"fill",
     "true: a report by days, weeks, months, quarters or years has a row also where nothing happened, and its "
     "first period is whole."},
    {"sections",
     "up to 24 reports, by name or written here, each a table of its own. The since of the whole replaces "
     "theirs, but for those with any."},
};

constexpr Item kMeasures[] = {
    {"n", "how many records."},
    {"mean median p90 p95 min max sum, with ':' and a field",
     "of the values that are there. The median of an even number is the mean of the middle two, p90 and p95 are "
     "nearest "
     "ranks. min and max take times as well. Beside them the columns n_FIELD, pending_FIELD, not_applicable_FIELD and "
     "invalid_FIELD tell how many values there are, and why others are not."},
    {"mean:BEGIN..END",
     "minutes from one time to another; END may be now. A span that ends before it begins is invalid."},
    {"share:FILTER",
     "the part of the records that the filter holds for, 0 to 1; with 'among', of those that that holds "
     "for."},
    {"ratio:FIELD/FIELD", "the sum of one by the sum of another; by n: by the number of records."},
    {"balance:BEGIN..END", "of a report by one period: how many have begun and not ended at its end."},
    {"count pending not_applicable invalid, with ':' and a field", "what stands beside means, by itself."},
};

constexpr Item kMeasureKeys[] = {
    {"figure", "one of the above. Required."},
    {"name", "of the column."},
    {"where", "only these records."},
    {"among", "of a share: what it is a share of."},
    {"at", "another time that puts a record into the period, or any."},
    {"scale", "the figure times this; 100 makes percents of a share."},
    {"aside", "true: not a column of -o table."},
    {"title, doc", "a text, or a map of en and zh."},
};

constexpr Item kGroups[] = {
    {"a field", "its value: category, priority, attributes.site. A record counts for each item of a list."},
    {"date week month quarter year weekday hour",
     "of the time that puts the record into the period, in the report's "
     "zone; of another time with ':', e.g. month:resolved_at."},
    {"age", "bands of the time since it was created: below 1d, 3d, 7d, 30d and more."},
    {"{by: BEGIN..END, name: NAME, bands: [4h, 1d]}", "bands of any span."},
};

}  // namespace

Page reports_page() {
  Roff page("umsops-reports", 5, "report files of umsops");
  page.heading("DESCRIPTION");
  page.paragraph(
      "A report file holds reports as data: what is counted, by what, in which period. Name the files with the setting "
      "reports, or with --reports; 'umsops report check' and 'umsops lint' find what is wrong with them. A question "
      "that is asked once needs no file: 'umsops report run --from SOURCE --by GROUPS --measure MEASURES'.");
  page.paragraph(yaml_rules());
  page.heading("KEYS OF A FILE");
  page.paragraph("kind: reports, and reports, a list.");
  page.heading("KEYS OF A REPORT");
  page.items(kReportKeys);
  page.heading("MEASURES");
  page.paragraph("A measure is a text, or a map with the keys below.");
  page.items(kMeasures);
  page.heading("KEYS OF A MEASURE");
  page.items(kMeasureKeys);
  page.heading("GROUPS");
  page.items(kGroups);
  page.heading("EXAMPLE");
  page.verbatim(
      "kind: reports\nreports:\n  - name: mfa-by-week\n    title: {en: Second factor by week, zh: "
      "\"每周多因素认证工单\"}\n"
      "    from: tickets\n    since: -56d\n    fill: true\n    where: category=mfa\n    by: [week]\n    measures:\n"
      "      - n\n      - \"p90:resolution_time_minutes\"\n      - {name: phone, figure: \"share:source=PHONE\"}\n");
  page.heading("SEE ALSO");
  page.paragraph("umsops-report(1), umsops-config(5)");
  return {"umsops-reports.5", page.text()};
}

}  // namespace umsops::cli
