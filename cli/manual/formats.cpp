// SPDX-License-Identifier: Apache-2.0
// The man pages of the file formats, section 5.
#include "cli/manual/manual.hpp"
#include "umsops/config/settings.hpp"

namespace umsops::cli {

namespace {

constexpr std::string_view kYaml =
    "Files are strict YAML: one document in UTF-8, no anchors, aliases, tags or merge keys, no duplicate keys. Unknown "
    "keys are errors. Every message names file, line and column. 'umsops lint FILE' shows all of them at once.";

std::string_view type_of(config::SettingType type) {
  switch (type) {
    case config::SettingType::text:
      return "text";
    case config::SettingType::path:
      return "path";
    case config::SettingType::duration:
      return "duration";
    case config::SettingType::decimal:
      return "number";
    case config::SettingType::boolean:
      return "true or false";
    case config::SettingType::choice:
      return "choice";
    case config::SettingType::paths:
      return "list of paths";
    case config::SettingType::size:
      return "size";
    case config::SettingType::command:
      return "list of words";
  }
  return {};
}

Page config_page() {
  Roff page("umsops-config", 5, "settings of umsops");
  page.heading("DESCRIPTION");
  page.paragraph(
      "Settings come from /etc/umsops/config.yaml, the user's file $XDG_CONFIG_HOME/umsops/config.yaml, and the "
      "nearest umsops.yaml from the working directory upwards; a later file wins. Environment variables win over "
      "files, flags over both. 'umsops config list --origin' shows the effective values and their origin.");
  page.paragraph(kYaml);
  page.paragraph(
      "A project file may come with somebody else's checkout. Settings marked 'Not for a project file' are refused "
      "there.");
  page.heading("SETTINGS");
  for (auto const& setting : config::settings()) {
    std::string text = std::string(setting.doc) + ". Type: " + std::string(type_of(setting.type)) + ".";
    if (!setting.choices.empty()) {
      std::string values;
      for (auto const choice : setting.choices) values += (values.empty() ? "" : ", ") + std::string(choice);
      text += " One of " + values + ".";
    }
    if (!setting.fallback.empty()) text += " Default: " + std::string(setting.fallback) + ".";
    text += setting.environment.empty() ? " Only in a file." : " Variable: " + std::string(setting.environment) + ".";
    if (!setting.project_may_set) text += " Not for a project file.";
    page.item(setting.key, text);
  }
  page.heading("EXAMPLE");
  page.verbatim("number_format: 'UMS-{yyyy}-{seq:5}'\nrules:\n  - rules/team.yaml\nduplicate_window: 3d\n");
  page.heading("SEE ALSO");
  page.paragraph("umsops(1), umsops-rules(5)");
  return {"umsops-config.5", page.text()};
}

Page rules_page() {
  Roff page("umsops-rules", 5, "rules that decide category and priority");
  page.heading("DESCRIPTION");
  page.paragraph(
      "A rule file is a map with these keys, all optional. Choose files with the setting 'rules' or the flag --rules; "
      "the default is the built-in rules ('umsops rules show').");
  page.paragraph(kYaml);
  page.heading("KEYS OF A FILE");
  page.item("kind: rules", "identifies the file.");
  page.item("use: builtin",
            "appends the built-in rules to those of the file; a rule with the same id replaces the built-in one.");
  page.item("rules", "the list of rules; for each field the first one that matches decides.");
  page.item("mappings", "CSV tables that turn the value of one fact into values of fields: id, file, fact.");
  page.item("decide", "per field: first (the default) or weight, which adds up the weights of all rules that match.");
  page.item("defaults", "field: value if there was text and no rule matched.");
  page.item("without_text", "field: value if there was no text.");
  page.item("cases", "test cases for 'umsops rules test': name, text, expect.");
  page.heading("KEYS OF A RULE");
  page.item("id", "its name, used once.");
  page.item("description", "what it is for.");
  page.item("when", "the condition, see below.");
  page.item("set", "field: value, for category, subcategory, priority, assignee_id and attributes.NAME.");
  page.item("extract", "field: named group of the rule's regex.");
  page.item("weight", "for fields that decide by weight; 1 by default.");
  page.item("stop", "true: later rules are skipped if this one matches.");
  page.heading("CONDITIONS");
  page.item("keywords: [WORD, ...]",
            "one of the words occurs: Latin on word boundaries, Chinese as phrases, case folded. Negated words do not "
            "count unless negation: false. except: [WORD, ...] names phrases that do not count.");
  page.item("regex: PATTERN", "an RE2 pattern matches; named groups can be extracted.");
  page.item("equals: VALUE, in: [VALUE, ...]", "the field has the value, or one of them.");
  page.item("min: N, max: N", "the field is a number in this range, inclusive.");
  page.item("exists: true", "the field has a value.");
  page.item("all: [...], any: [...], not: ...", "combine conditions.");
  page.paragraph(
      "field: or fields: name the facts that a condition looks at; the default for keywords and regex is title and "
      "description.");
  page.heading("EXAMPLE");
  page.verbatim(
      "use: builtin\nrules:\n  - id: vpn.certificate\n    when:\n      keywords: [vpn certificate, certificate "
      "expired]\n"
      "    set: {category: vpn, priority: HIGH}\ncases:\n  - name: expired certificate\n"
      "    text: {title: VPN certificate expired}\n    expect: {category: vpn, priority: HIGH}\n");
  page.heading("SEE ALSO");
  page.paragraph("umsops-rules(1), umsops-config(5)");
  return {"umsops-rules.5", page.text()};
}

Page mapping_page() {
  Roff page("umsops-mapping", 5, "how foreign records become tickets");
  page.heading("DESCRIPTION");
  page.paragraph(
      "A mapping file for 'umsops ticket import --mapping FILE' maps the columns of a foreign CSV or JSON file to "
      "fields of a ticket.");
  page.paragraph(kYaml);
  page.heading("KEYS OF A FILE");
  page.item("kind: mapping", "identifies the file.");
  page.item("fields",
            "our field: their column, a list of columns, or a map as below. Ours may be attributes.NAME, and action "
            "for 'umsops ticket intake json': create, reply, close or ignore.");
  page.item("ignore", "columns to leave out; '*' means all columns not named by a field. Other columns are refused.");
  page.item("zone", "time zone of times without an offset.");
  page.item("unknown", "words that mean an empty cell, in every column, e.g. '?' or 'n/a'.");
  page.item("events", "the file is a log: each row is one event and holds the whole state after it; see below.");
  page.heading("KEYS OF A FIELD");
  page.item("column, columns", "their column, or several to join; a.b is the member b of the object a.");
  page.item("joiner", "text between joined columns; a blank by default.");
  page.item("values", "their word: ours; an empty text leaves the field out.");
  page.item("otherwise", "for an absent or empty column, or a word not listed in values.");
  page.item("value", "the same for every record.");
  page.item("time", "strptime form of a time, e.g. %d/%m/%Y %H:%M; the default is RFC 3339.");
  page.item("cut", "longest text in characters.");
  page.item("keep", "of a log: their words that keep the value of the previous event.");
  page.item("once_passed: true", "of a log: a time repeated in every row; it is ignored in events before it.");
  page.heading("LOGS OF EVENTS");
  page.paragraph(
      "With events, all rows about one record become one ticket with its history: the first row creates it, each "
      "further row is an event with its changes and its own time. Changes of state are stored as they were. A row "
      "without changes adds nothing. The rows of a record must be adjacent; a record that comes back later is refused. "
      "Rows that continue an earlier import add the new events.");
  page.item("by", "the column, or columns, that name the record.");
  page.item("at", "the column of the event's time; time is its strptime form, as of a field.");
  page.item("actor", "the column of who acted.");
  page.item("order",
            "file (the default): rows are in order, and an earlier time is refused. time: rows are sorted by time. "
            "given: rows are in order, whatever their times.");
  page.heading("EXAMPLE");
  page.verbatim(
      "kind: mapping\nfields:\n  title: {column: Subject, cut: 200}\n  requester_id: Caller\n"
      "  priority: {column: Prio, values: {'1': CRITICAL, '2': HIGH}, otherwise: LOW}\n"
      "  created_at: {column: Opened, time: '%d/%m/%Y %H:%M'}\n  source: {value: EMAIL}\nzone: Asia/Shanghai\nignore: "
      "['*']\n");
  page.verbatim(
      "kind: mapping\nunknown: ['?']\nevents: {by: number, at: updated, time: '%d/%m/%Y %H:%M', actor: "
      "updated_by}\nfields:\n"
      "  ticket_number: number\n  title: [number, caller]\n  assignee_id: assigned_to\n"
      "  status: {column: state, values: {New: '', Working: IN_PROGRESS, Done: CLOSED}}\n"
      "  closed_at: {column: closed, time: '%d/%m/%Y %H:%M', once_passed: true}\n");
  page.heading("SEE ALSO");
  page.paragraph("umsops-ticket(1)");
  return {"umsops-mapping.5", page.text()};
}

Page sla_page() {
  Roff page("umsops-sla", 5, "business calendars and SLA policies");
  page.heading("DESCRIPTION");
  page.paragraph(
      "An SLA file defines business calendars and the working time within which a ticket is answered and resolved. "
      "Choose files with the setting 'sla' or the flag --sla; the default is the built-in policies ('umsops sla "
      "list').");
  page.paragraph(kYaml);
  page.heading("KEYS OF A FILE");
  page.item("kind: sla", "identifies the file.");
  page.item(
      "use: builtin",
      "appends the built-in policies to those of the files; a policy with the same name replaces the built-in one.");
  page.item("calendars",
            "NAME: a calendar. '24x7' and 'business' (Monday to Friday, 09:00 to 18:00, in the zone of the setting "
            "calendar_zone) are built in; a file may replace them.");
  page.item("policies", "the list of policies; the first that matches a ticket sets its targets.");
  page.heading("KEYS OF A CALENDAR");
  page.item("zone", "IANA time zone of its hours and dates.");
  page.item("hours",
            "windows by weekday or range of weekdays: {mon-fri: [\"09:00-12:00\", \"13:30-18:00\"], sat: []}. A window "
            "may end at 24:00 but not cross midnight.");
  page.item("holidays", "a list of {date, name} or {from, to, name}.");
  page.item("holidays_ics",
            "iCalendar files, relative to this one: whole-day events, with yearly rules. Dates of this file take "
            "precedence.");
  page.item("working_days", "make-up working days, like holidays, with hours; default: the hours of a Monday.");
  page.item("always: true", "every instant is working time; no other keys then.");
  page.paragraph(
      "A window is the real time between two local times: shorter if the clock jumps ahead in it, longer if it goes "
      "back. An edge that occurs twice is the earlier one; an edge that does not exist is the jump.");
  page.heading("KEYS OF A POLICY");
  page.item("name", "used once.");
  page.item("match",
            "field: value or list of values, for priority, category, subcategory, source, requester_id, assignee_id "
            "and attributes.NAME; all fields must match. Default: every ticket.");
  page.item("calendar", "the calendar whose working time the targets use.");
  page.item("response, resolution",
            "targets such as 30m or 8h, both optional. Days are refused: a day can be 24 hours or a working day.");
  page.item(
      "at_risk",
      "share of the target after which a ticket is at risk, 80% by default; or {response: 60%, resolution: 75%}.");
  page.item("counts_also",
            "PENDING, RESOLVED or both: states in which the resolution clock keeps running (by default it stops). With "
            "RESOLVED it ends when the ticket is CLOSED.");
  page.item("ladder", "the list of steps, by due time.");
  page.heading("KEYS OF A STEP");
  page.item("at", "before or after the due time: -25% (of the target), +0, +2h, -30m.");
  page.item("clock", "resolution (the default) or response.");
  page.item("time", "working (the default): the offset is working time; real: real time.");
  page.item("level", "LEVEL_1, LEVEL_2 or LEVEL_3.");
  page.item("assign, notify", "a person, team:NAME or oncall:SCHEDULE; notify takes a list.");
  page.item("priority", "raises the ticket to this priority.");
  page.item("when", "like match: limits the step to these tickets.");
  page.heading("EXAMPLE");
  page.verbatim(
      "kind: sla\nuse: builtin\ncalendars:\n  business:\n    zone: Asia/Shanghai\n    hours: {mon-fri: "
      "[\"09:00-12:00\", \"13:30-18:00\"]}\n"
      "    holidays:\n      - {from: 2026-10-01, to: 2026-10-07, name: National Day}\n    working_days:\n      - "
      "{date: 2026-10-10}\n"
      "policies:\n  - name: mfa\n    match: {category: mfa, priority: [HIGH, CRITICAL]}\n    calendar: business\n    "
      "response: 15m\n"
      "    resolution: 2h\n    ladder:\n      - {at: -25%, notify: \"oncall:primary\"}\n      - {at: +0, level: "
      "LEVEL_1, assign: \"team:iam\"}\n");
  page.heading("SEE ALSO");
  page.paragraph("umsops-sla(1), umsops-calendar(1), umsops-config(5)");
  return {"umsops-sla.5", page.text()};
}

}  // namespace

std::string_view yaml_rules() { return kYaml; }

std::vector<Page> format_pages() {
  std::vector<Page> pages;
  pages.push_back(config_page());
  pages.push_back(rules_page());
  pages.push_back(mapping_page());
  pages.push_back(sla_page());
  pages.push_back(flow_page());
  pages.push_back(roster_page());
  return pages;
}

}  // namespace umsops::cli
