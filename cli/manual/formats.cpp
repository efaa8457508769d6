// SPDX-License-Identifier: Apache-2.0
// The man pages of the file formats, section 5.
#include "cli/manual/manual.hpp"
#include "umsops/config/settings.hpp"
#include "umsops/model/incident.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::cli {

namespace {

constexpr std::string_view kYaml =
    "Files are strict YAML: one document in UTF-8, no anchors, aliases, tags or merge keys, no duplicate keys. Unknown "
    "keys are errors. Every message names file, line and column. 'umsops lint FILE' shows all of them at once.";

Text type_of(config::SettingType type) {
  switch (type) {
    case config::SettingType::text:
      return {"text", "文本"};
    case config::SettingType::path:
      return {"path", "路径"};
    case config::SettingType::duration:
      return {"duration", "时长"};
    case config::SettingType::decimal:
      return {"number", "数字"};
    case config::SettingType::integer:
      return {"whole number", "整数"};
    case config::SettingType::boolean:
      return {"true or false", "true 或 false"};
    case config::SettingType::choice:
      return {"choice", "选项"};
    case config::SettingType::paths:
      return {"list of paths", "路径列表"};
    case config::SettingType::size:
      return {"size", "大小"};
    case config::SettingType::command:
      return {"list of words", "词的列表"};
  }
  return {};
}

std::string setting_text(config::Setting const& setting, base::Language language) {
  bool const zh = language == base::Language::zh;
  std::string text = zh ? std::string(setting.doc_zh) + "。类型：" + std::string(type_of(setting.type).zh) + "。"
                        : std::string(setting.doc) + ". Type: " + std::string(type_of(setting.type).en) + ".";
  if (!setting.choices.empty()) {
    std::string values;
    for (auto const choice : setting.choices) values += (values.empty() ? "" : zh ? "、" : ", ") + std::string(choice);
    text += zh ? "可选 " + values + "。" : " One of " + values + ".";
  }
  if (!setting.fallback.empty())
    text += (zh ? "默认：" : " Default: ") + std::string(setting.fallback) + (zh ? "。" : ".");
  if (setting.environment.empty()) {
    text += zh ? "只能写在文件中。" : " Only in a file.";
  } else {
    text += (zh ? "变量：" : " Variable: ") + std::string(setting.environment) + (zh ? "。" : ".");
  }
  if (!setting.project_may_set) text += zh ? "不能用于项目文件。" : " Not for a project file.";
  return text;
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
  for (auto const& setting : config::settings()) page.item(setting.key, setting_text(setting, base::Language::en));
  page.heading("EXAMPLE");
  page.verbatim("number_format: 'UMS-{yyyy}-{seq:5}'\nrules:\n  - rules/team.yaml\nduplicate_window: 3d\n");
  page.heading("SEE ALSO");
  page.paragraph("umsops(1), umsops-rules(5)");
  return {"umsops-config.5", page.text()};
}

constexpr Item kRulesKeys[] = {
    {"kind: rules", "identifies the file."},
    {"noun", "what its rules are for: ticket (the default) or incident. It stands before rules."},
    {"use: builtin",
     "appends the built-in rules to those of the file; a rule with the same id replaces the built-in one."},
    {"rules", "the list of rules; for each field the first one that matches decides."},
    {"mappings",
     "tables that turn the value of one fact into values of fields: id, fact, and file (CSV) or rows, a map of values "
     "to fields. They come first, over what is given, so that rules see what they say; one whose fact a rule decides "
     "comes "
     "behind the rules."},
    {"decide", "per field: first (the default) or weight, which adds up the weights of all rules that match."},
    {"defaults", "field: value if there was text and no rule matched."},
    {"without_text", "field: value if there was no text."},
    {"cases", "test cases for 'umsops rules test': name, text, expect."},
};

constexpr Item kRuleKeys[] = {
    {"id", "its name, used once."},
    {"description", "what it is for."},
    {"when", "the condition, see below."},
    {"set",
     "field: value; rules behind this one see the attributes that it sets. Tickets: category, subcategory, priority, "
     "assignee_id, service; incidents: type, severity, "
     "urgency, "
     "category, assigned_to; both: attributes.NAME."},
    {"extract", "field: named group of the rule's regex."},
    {"weight", "for fields that decide by weight; 1 by default."},
    {"stop", "true: later rules are skipped if this one matches."},
};

constexpr Item kConditions[] = {
    {"keywords: [WORD, ...]",
     "one of the words occurs: Latin on word boundaries, Chinese as phrases in either script and whatever blanks are "
     "in them, case folded. Negated words (not urgent, 不紧急, urgent: no) do not "
     "count unless negation: false. except: [WORD, ...] names phrases that do not count."},
    {"regex: PATTERN", "an RE2 pattern matches; named groups can be extracted."},
    {"equals: VALUE, in: [VALUE, ...]", "the field has the value, or one of them."},
    {"min: N, max: N", "the field is a number in this range, inclusive."},
    {"exists: true", "the field has a value."},
    {"all: [...], any: [...], not: ...", "combine conditions."},
};

Page rules_page() {
  Roff page("umsops-rules", 5, "rules that decide category and priority");
  page.heading("DESCRIPTION");
  page.paragraph(
      "A rule file is a map with these keys, all optional. Choose files with the setting 'rules' or the flag --rules; "
      "the default is the built-in rules ('umsops rules show').");
  page.paragraph(kYaml);
  page.heading("KEYS OF A FILE");
  page.items(kRulesKeys);
  page.heading("KEYS OF A RULE");
  page.items(kRuleKeys);
  page.heading("CONDITIONS");
  page.items(kConditions);
  page.paragraph(
      "field: or fields: name the facts that a condition looks at; the default for keywords and regex is title and "
      "description. Of an incident they may also look at source, affected_users, business_impact, severity (the "
      "sender's), type, affected_services and reported_by.");
  page.heading("EXAMPLE");
  page.verbatim(
      "use: builtin\nrules:\n  - id: vpn.certificate\n    when:\n      keywords: [vpn certificate, certificate "
      "expired]\n"
      "    set: {category: vpn, priority: HIGH}\ncases:\n  - name: expired certificate\n"
      "    text: {title: VPN certificate expired}\n    expect: {category: vpn, priority: HIGH}\n");
  page.verbatim(
      "noun: incident\nuse: builtin\nrules:\n  - id: many.users\n    when: [{field: affected_users, min: 501}]\n"
      "    set: {severity: CRITICAL}\n");
  page.heading("SEE ALSO");
  page.paragraph("umsops-rules(1), umsops-config(5)");
  return {"umsops-rules.5", page.text()};
}

constexpr Item kMappingKeys[] = {
    {"kind: mapping", "identifies the file."},
    {"noun", "ticket (the default), incident or requester: the kind of record that it makes."},
    {"fields",
     "our field: their column, a list of columns, or a map as below. Ours may be attributes.NAME, and action "
     "for 'umsops ticket intake json': create, reply, close or ignore; with act_key, the key of a reply or a close."},
    {"ignore", "columns to leave out; '*' means all columns not named by a field. Other columns are refused."},
    {"zone", "time zone of times without an offset."},
    {"unknown", "words that mean an empty cell, in every column, e.g. '?' or 'n/a'."},
    {"list",
     "of a JSON file: the member that holds the records, its levels with dots between them, e.g. issues or data.rows; "
     "items by default. An object without such a list is one record."},
    {"events", "the file is a log: each row is one event and holds the whole state after it; see below."},
};

constexpr Item kFieldKeys[] = {
    {"column, columns", "their column, or several to join; a.b is the member b of the object a."},
    {"joiner", "text between joined columns; a blank by default."},
    {"values", "their word: ours; an empty text leaves the field out."},
    {"otherwise",
     "for an absent or empty column, or a word not listed in values; an empty text leaves the field out. Without it "
     "such "
     "a word is refused."},
    {"value", "the same for every record."},
    {"time",
     "strptime form of a time, e.g. %d/%m/%Y %H:%M; the default is RFC 3339, also with an offset "
     "without its colon. %f takes parts of a second, %z an offset."},
    {"cut", "longest text in characters."},
    {"keep", "of a log: their words that keep the value of the previous event; '*' means all that are not in values."},
    {"once_passed: true", "of a log: a time repeated in every row; it is ignored in events before it."},
};

constexpr Item kEventKeys[] = {
    {"by", "the column, or columns, that name the record."},
    {"at", "the column of the event's time; time is its strptime form, as of a field."},
    {"actor", "the column of who acted."},
    {"order",
     "file (the default): rows are in order, and an earlier time is refused. time: rows are sorted by time. "
     "given: rows are in order, whatever their times. any: as time, and the rows of a record need not stand together; "
     "the "
     "whole log is held in memory, up to 1 GiB."},
};

std::string field_text(base::Field const& field, base::Language language) {
  bool const zh = language == base::Language::zh;
  std::string text(zh ? field.doc_zh : field.doc);
  for (std::size_t i = 0; i < field.choices.size(); ++i)
    text.append(i == 0 ? (zh ? "：" : ": ") : zh ? "、" : ", ").append(field.choices[i]);
  if (field.max_length > 0) {
    text += zh ? "；最多 " : "; at most ";
    text += std::to_string(field.max_length) + (zh ? " 个字符" : " characters");
  }
  return text + (zh ? "。" : ".");
}

bool can_be_imported(base::Field const& field) { return (field.traits & (base::kWritable | base::kImport)) != 0; }

/// What an import can give.
void add_fields(Roff& page, base::RecordType const& type, std::string_view heading) {
  page.heading(heading);
  for (auto const& field : type.fields) {
    if (can_be_imported(field)) page.item(field.name, field_text(field, base::Language::en));
  }
}

Page mapping_page() {
  Roff page("umsops-mapping", 5, "how foreign records become tickets and incidents");
  page.heading("DESCRIPTION");
  page.paragraph(
      "A mapping file for 'umsops ticket import --mapping FILE' and 'umsops incident import' maps the columns of a "
      "foreign CSV or JSON file to fields of a ticket or an incident.");
  page.paragraph(kYaml);
  page.heading("KEYS OF A FILE");
  page.items(kMappingKeys);
  page.heading("KEYS OF A FIELD");
  page.items(kFieldKeys);
  page.heading("LOGS OF EVENTS");
  page.paragraph(
      "With events, all rows about one record become one ticket with its history: the first row creates it, each "
      "further row is an event with its changes and its own time. Changes of state are stored as they were. A row "
      "without changes adds nothing. The rows of a record must be adjacent unless order is any. "
      "resolved_at, closed_at and reopen_count follow from the states where no column gives them. "
      "Rows that continue an earlier import add the new events.");
  page.items(kEventKeys);
  add_fields(page, model::ticket_type(), "FIELDS OF A TICKET");
  add_fields(page, model::incident_type(), "FIELDS OF AN INCIDENT");
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
    {"kind: sla", "identifies the file."},
    {"use: builtin",
     "appends the built-in policies to those of the files; a policy with the same name replaces the built-in one."},
    {"calendars",
     "NAME: a calendar. '24x7' and 'business' (Monday to Friday, 09:00 to 18:00, in the zone of the setting "
     "calendar_zone) are built in; a file may replace them."},
    {"policies", "the list of policies; the first that matches a ticket sets its targets."},
    {"teams",
     "NAME: {calendar: NAME}. Tickets of that team are counted in this calendar, whatever calendar their policy names, "
     "unless that one is always working time."},
};

constexpr Item kCalendarKeys[] = {
    {"zone", "IANA time zone of its hours and dates."},
    {"hours",
     "windows by weekday or range of weekdays: {mon-fri: [\"09:00-12:00\", \"13:30-18:00\"], sat: []}. A window "
     "may end at 24:00 but not cross midnight."},
    {"holidays", "a list of {date, name} or {from, to, name}."},
    {"holidays_ics",
     "iCalendar files, relative to this one: whole-day events, with rules by day, week, month or year (RFC 5545), "
     "further dates and moved ones. Dates of this file take "
     "precedence."},
    {"working_days", "make-up working days, like holidays, with hours; default: the hours of a Monday."},
    {"always: true", "every instant is working time; no other keys then."},
};

constexpr Item kPolicyKeys[] = {
    {"name", "used once."},
    {"match",
     "field: value or list of values, for priority, category, subcategory, service, team, source, requester_id, "
     "assignee_id, attributes.NAME and requester.NAME (department, site, vip: \"true\", ... as the directory of "
     "requesters says "
     "when "
     "the policy is chosen); all fields must match. Default: every ticket."},
    {"calendar", "the calendar whose working time the targets use."},
    {"response, resolution",
     "targets such as 30m or 8h, both optional. Days are refused: a day can be 24 hours or a working day."},
    {"at_risk",
     "share of the target after which a ticket is at risk, 80% by default; or {response: 60%, resolution: 75%}."},
    {"counts_also",
     "PENDING, RESOLVED or both: states in which the resolution clock keeps running (by default it stops). With "
     "RESOLVED it ends when the ticket is CLOSED."},
    {"ladder", "the list of steps, by due time."},
};

constexpr Item kStepKeys[] = {
    {"at", "before or after the due time: -25% (of the target), +0, +2h, -30m."},
    {"clock", "resolution (the default) or response."},
    {"time", "working (the default): the offset is working time; real: real time."},
    {"level", "LEVEL_1, LEVEL_2 or LEVEL_3."},
    {"assign, notify", "a person, team:NAME or oncall:SCHEDULE; notify takes a list."},
    {"priority", "raises the ticket to this priority."},
    {"when", "like match: limits the step to these tickets."},
};

Page sla_page() {
  Roff page("umsops-sla", 5, "business calendars and SLA policies");
  page.heading("DESCRIPTION");
  page.paragraph(
      "An SLA file defines business calendars and the working time within which a ticket is answered and resolved. "
      "Choose files with the setting 'sla' or the flag --sla; the default is the built-in policies ('umsops sla "
      "list').");
  page.paragraph(kYaml);
  page.heading("KEYS OF A FILE");
  page.items(kSlaKeys);
  page.heading("KEYS OF A CALENDAR");
  page.items(kCalendarKeys);
  page.paragraph(
      "A window is the real time between two local times: shorter if the clock jumps ahead in it, longer if it goes "
      "back. An edge that occurs twice is the earlier one; an edge that does not exist is the jump.");
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

std::vector<BothTexts> known_texts() {
  using base::Language;
  std::vector<BothTexts> out;
  for (auto const& setting : config::settings())
    out.push_back({setting_text(setting, Language::en), setting_text(setting, Language::zh)});
  for (auto const* type : {&model::ticket_type(), &model::incident_type()}) {
    for (auto const& field : type->fields) {
      if (can_be_imported(field)) out.push_back({field_text(field, Language::en), field_text(field, Language::zh)});
    }
  }
  return out;
}

std::vector<Page> format_pages() {
  std::vector<Page> pages;
  pages.push_back(config_page());
  pages.push_back(rules_page());
  pages.push_back(mapping_page());
  pages.push_back(sla_page());
  pages.push_back(flow_page());
  pages.push_back(sender_page());
  pages.push_back(inhibition_page());
  pages.push_back(article_page());
  pages.push_back(escalation_page());
  pages.push_back(channels_page());
  pages.push_back(roster_page());
  pages.push_back(services_page());
  pages.push_back(runbook_page());
  pages.push_back(reports_page());
  pages.push_back(fields_page());
  pages.push_back(views_page());
  pages.push_back(templates_page());
  pages.push_back(recurring_page());
  return pages;
}

}  // namespace umsops::cli
