// SPDX-License-Identifier: Apache-2.0
// The man pages of the file formats, section 5.
#include "cli/manual/manual.hpp"
#include "umsops/config/settings.hpp"

namespace umsops::cli {

namespace {

constexpr std::string_view kYaml =
    "Files are strict YAML: one document in UTF-8, no anchors, aliases, tags or merge keys, no duplicate keys. Unknown "
    "keys are errors. Every message names file, line and column. 'umsops lint FILE' tells all of them at once.";

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
      "nearest umsops.yaml from the working directory upwards; a later file wins. Environment variables beat files, "
      "flags beat both. 'umsops config list --origin' shows what holds, and why.");
  page.paragraph(kYaml);
  page.paragraph(
      "A project file may come with somebody else's checkout. Settings marked as not for it are refused there.");
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

constexpr Item kRulesKeys[] = {
    {"kind: rules", "says what the file is."},
    {"use: builtin", "takes in the built-in rules after those of the file; a rule with the same id replaces theirs."},
    {"rules", "the list of rules; the first one that holds decides a field."},
    {"mappings", "CSV tables that turn the value of one fact into values of fields: id, file, fact."},
    {"decide", "per field: first (the default) or weight, where the weights of all rules that hold are added up."},
    {"defaults", "field: value when there was text and no rule held."},
    {"without_text", "field: value when there was no text at all."},
    {"cases", "test cases for 'umsops rules test': name, text, expect."},
};

constexpr Item kRuleKeys[] = {
    {"id", "its name, used once."},
    {"description", "what it is for."},
    {"when", "the condition, see below."},
    {"set", "field: value, for category, subcategory, priority, assignee_id and attributes.NAME."},
    {"extract", "field: named group of the rule's regex."},
    {"weight", "for fields that decide by weight; 1 by default."},
    {"stop", "true: no later rule is asked once this one holds."},
};

constexpr Item kConditions[] = {
    {"keywords: [WORD, ...]",
     "one of the words occurs: Latin on word boundaries, Chinese as phrases, case folded. Negated words do not "
     "count unless negation: false. except: [WORD, ...] names phrases that do not count."},
    {"regex: PATTERN", "an RE2 pattern matches; named groups can be extracted."},
    {"equals: VALUE, in: [VALUE, ...]", "the field has the value, or one of them."},
    {"min: N, max: N", "the field is a number in this range, ends included."},
    {"exists: true", "the field has a value."},
    {"all: [...], any: [...], not: ...", "combine conditions."},
};

Page rules_page() {
  Roff page("umsops-rules", 5, "rules that decide category and priority");
  page.heading("DESCRIPTION");
  page.paragraph(
      "A rule file is a map with these keys, all optional. Files are named by the setting 'rules' or the flag --rules; "
      "without any, the built-in rules hold ('umsops rules show').");
  page.paragraph(kYaml);
  page.heading("KEYS OF A FILE");
  page.items(kRulesKeys);
  page.heading("KEYS OF A RULE");
  page.items(kRuleKeys);
  page.heading("CONDITIONS");
  page.items(kConditions);
  page.paragraph(
      "field: or fields: name the facts that a condition looks at; keywords and regex look at title and description "
      "unless told otherwise.");
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

constexpr Item kMappingKeys[] = {
    {"kind: mapping", "says what the file is."},
    {"fields",
     "our field: their column, a list of columns, or a map as below. Ours may be attributes.NAME, and action "
     "for 'umsops ticket intake json': create, reply, close or ignore."},
    {"ignore", "columns that are left out on purpose; '*' is all that no field names. Other columns are refused."},
    {"zone", "time zone of times without an offset."},
    {"unknown", "words that are as good as an empty cell, in every column, e.g. '?' or 'n/a'."},
    {"events", "the file is a log: each row is one event and holds the whole state after it; see below."},
};

constexpr Item kFieldKeys[] = {
    {"column, columns", "their column, or several that are joined; a.b is the member b of the object a."},
    {"joiner", "what stands between joined columns; a blank by default."},
    {"values", "their word: ours; an empty text leaves the field out."},
    {"otherwise", "for an absent or empty column, or a word that values does not name."},
    {"value", "the same for every record."},
    {"time", "strptime form of a time, e.g. %d/%m/%Y %H:%M; without it RFC 3339."},
    {"cut", "longest text in characters."},
    {"keep", "of a log: their words that say nothing, so that the value of the event before stays."},
    {"once_passed: true",
     "of a log: a time that stands in every row and counts only from the event on at which it had come."},
};

constexpr Item kEventKeys[] = {
    {"by", "the column, or columns, that name the record."},
    {"at", "the column of the event's time; time is its strptime form, as of a field."},
    {"actor", "the column of who acted."},
    {"order",
     "file (the default): the rows of a record stand in their order, and an earlier time is refused. time: they "
     "are sorted. given: they stand in their order, whatever their times say."},
};

Page mapping_page() {
  Roff page("umsops-mapping", 5, "how foreign records become tickets");
  page.heading("DESCRIPTION");
  page.paragraph(
      "A mapping file tells 'umsops ticket import --mapping FILE' how the columns of a foreign CSV or JSON become "
      "fields of a ticket.");
  page.paragraph(kYaml);
  page.heading("KEYS OF A FILE");
  page.items(kMappingKeys);
  page.heading("KEYS OF A FIELD");
  page.items(kFieldKeys);
  page.heading("LOGS OF EVENTS");
  page.paragraph(
      "With events, all rows about one record become one ticket with its history: the first row is its birth, each "
      "further row an event with what it changed, at its own time. Moves between states are taken as they were. A row "
      "that changes nothing of what is kept adds nothing. The rows of a record stand together; one that comes back "
      "later is refused. When they continue what an earlier import stored, the new events are added.");
  page.items(kEventKeys);
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

constexpr Item kSlaKeys[] = {
    {"kind: sla", "says what the file is."},
    {"use: builtin",
     "puts the built-in policies behind those of the files; a policy with the same name replaces theirs."},
    {"calendars",
     "NAME: a calendar. '24x7' and 'business' (Monday to Friday, 09:00 to 18:00, in the zone of the setting "
     "calendar_zone) are always there; a file may define its own in their place."},
    {"policies", "the list of policies; the first that matches a ticket gives it its targets."},
};

constexpr Item kCalendarKeys[] = {
    {"zone", "IANA time zone of its hours and dates."},
    {"hours",
     "windows by weekday or range of weekdays: {mon-fri: [\"09:00-12:00\", \"13:30-18:00\"], sat: []}. A window "
     "may end at 24:00 and not go over midnight."},
    {"holidays", "a list of {date, name} or {from, to, name}."},
    {"holidays_ics",
     "iCalendar files beside this one: whole days of their events, with yearly rules. Dates of the file itself "
     "go first."},
    {"working_days", "make-up working days, like holidays, with hours; without them those of a Monday."},
    {"always: true", "every instant counts; nothing else is given then."},
};

constexpr Item kPolicyKeys[] = {
    {"name", "used once."},
    {"match",
     "field: value or list of values, for priority, category, subcategory, source, requester_id, assignee_id "
     "and attributes.NAME; all fields must hold. Without it every ticket."},
    {"calendar", "the calendar in whose working time the targets are."},
    {"response, resolution",
     "targets such as 30m or 8h; without one its clock has none. Days are not taken: a day can be 24 hours or a "
     "working day."},
    {"at_risk",
     "share of the target from which on a ticket is at risk, 80% by default; or {response: 60%, resolution: 75%}."},
    {"counts_also",
     "PENDING, RESOLVED or both: states in which the resolution clock runs although it stands still there by "
     "default. With RESOLVED it ends when the ticket is CLOSED."},
    {"ladder", "the list of steps, in the order in which they come due."},
};

constexpr Item kStepKeys[] = {
    {"at", "before or after the due time: -25% (of the target), +0, +2h, -30m."},
    {"clock", "resolution (the default) or response."},
    {"time", "working (the default): the offset counts while the clock counts; real: by the clock on the wall."},
    {"level", "LEVEL_1, LEVEL_2 or LEVEL_3."},
    {"assign, notify", "a person, team:NAME or oncall:SCHEDULE; notify takes a list."},
    {"priority", "raises the ticket to it."},
    {"when", "like match: only for these tickets."},
};

Page sla_page() {
  Roff page("umsops-sla", 5, "business calendars and SLA policies");
  page.heading("DESCRIPTION");
  page.paragraph(
      "An SLA file says in which working time a desk counts and within which of it a ticket is answered and resolved. "
      "Files are named by the setting 'sla' or the flag --sla; without any, the built-in policies hold ('umsops sla "
      "list').");
  page.paragraph(kYaml);
  page.heading("KEYS OF A FILE");
  page.items(kSlaKeys);
  page.heading("KEYS OF A CALENDAR");
  page.items(kCalendarKeys);
  page.paragraph(
      "A window is real time between two times of the clock on the wall: shorter where the clock jumps ahead in it, "
      "longer where it goes back. An edge that the clock shows twice is the earlier one; an edge that it never shows "
      "is the jump.");
  page.heading("KEYS OF A POLICY");
  page.items(kPolicyKeys);
  page.heading("KEYS OF A STEP");
  page.items(kStepKeys);
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
