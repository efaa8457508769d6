// SPDX-License-Identifier: Apache-2.0
// The man pages of what a desk declares for itself, section 5: fields of tickets, and saved lists.
#include "cli/manual/manual.hpp"

namespace umsops::cli {

namespace {

constexpr Item kFieldKeys[] = {
    {"type", "text (the default), integer, decimal, boolean, date or choice. Dates are written 2026-11-30."},
    {"label", "its heading: a text, or a map of en and zh."},
    {"doc", "what it is for, for 'umsops fields ticket'."},
    {"choices", "of a choice: the values, in the order in which they are offered."},
    {"categories", "only tickets of these categories have it; default: all."},
    {"required", "true, or a list of categories: a ticket that somebody types must have it there."},
    {"min, max", "of a number."},
};

constexpr Item kViewKeys[] = {
    {"noun", "ticket (the default), incident, kb, requester or review."},
    {"where", "a filter; see 'umsops help filters'. me is whoever asks."},
    {"sort", "fields, with - before those that descend; default: newest first."},
    {"fields", "the columns; default: those of every list."},
    {"limit", "most rows; --all shows the others."},
    {"doc", "what it is for, for 'umsops view list'."},
};

}  // namespace

Page fields_page() {
  Roff page("umsops-fields", 5, "declared fields of tickets");
  page.heading("DESCRIPTION");
  page.paragraph(
      "A desk declares what its tickets have beside the built-in fields: a type for an attribute, its choices, and "
      "where it is required. Name the files with the setting ticket_fields; 'umsops lint' finds what is wrong with "
      "them, and 'umsops fields ticket' lists them.");
  page.paragraph(
      "Whoever types a ticket (command line, API, web) is refused a value that does not fit, and a ticket without a "
      "field that its category requires: ticket.field, exit code 2. What comes by mail, chat, phone or from a monitor "
      "is kept as it is, with a warning. A name that nobody declared is kept, with a warning that says which was "
      "probably meant.");
  page.paragraph(
      "Filters, -F and views take the names as they are; everywhere else, and in JSON, they stand under attributes.");
  page.paragraph(yaml_rules());
  page.heading("KEYS OF A FILE");
  page.paragraph(
      "kind: fields, and fields, a map of names. A name is that of an attribute, and none of a built-in "
      "field.");
  page.heading("KEYS OF A FIELD");
  page.items(kFieldKeys);
  page.heading("EXAMPLE");
  page.verbatim(
      "kind: fields\nfields:\n  asset: {type: text, label: {en: Asset, zh: \"资产编号\"}, required: [hardware]}\n"
      "  licence: {type: choice, choices: [standard, pro], categories: [software]}\n"
      "  seats: {type: integer, min: 1, max: 500, categories: [software]}\n  first_day: {type: date}\n");
  page.heading("SEE ALSO");
  page.paragraph("umsops-ticket(1), umsops-config(5)");
  return {"umsops-fields.5", page.text()};
}

Page views_page() {
  Roff page("umsops-views", 5, "saved lists of umsops");
  page.heading("DESCRIPTION");
  page.paragraph(
      "A view is a list with a name: 'umsops ticket list @mine'. Name the desk's files with the setting views, and "
      "your "
      "own with my_views; one of yours takes the place of the desk's by the same name. Flags narrow a view further, "
      "and "
      "--sort, --limit and -F replace its own. --explain says what it comes to.");
  page.paragraph(yaml_rules());
  page.heading("KEYS OF A FILE");
  page.paragraph("kind: views, and views, a map of names. A view is a filter, or a map.");
  page.heading("KEYS OF A VIEW");
  page.items(kViewKeys);
  page.heading("EXAMPLE");
  page.verbatim(
      "kind: views\nviews:\n  mine: assignee=me status=OPEN,ASSIGNED,IN_PROGRESS\n  late:\n"
      "    where: sla=RESOLUTION_BREACHED,AT_RISK\n    sort: sla_deadline\n"
      "    fields: [ticket_number, title, assignee_id, sla_deadline]\n"
      "  news: {noun: incident, where: update=overdue}\n");
  page.heading("SEE ALSO");
  page.paragraph("umsops-view(1), umsops-config(5)");
  return {"umsops-views.5", page.text()};
}

}  // namespace umsops::cli
