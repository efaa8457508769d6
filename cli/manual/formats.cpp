// SPDX-License-Identifier: Apache-2.0
// The man pages of the file formats, section 5.
#include "cli/manual/manual.hpp"
#include "umsops/config/settings.hpp"

namespace umsops::cli {

namespace {

constexpr std::string_view kYaml =
    "Files are strict YAML: one document in UTF-8, no anchors, aliases, tags or merge keys, no duplicate keys. Unknown keys are "
    "errors. Every message names file, line and column. 'umsops lint FILE' tells all of them at once.";

std::string_view type_of(config::SettingType type) {
  switch (type) {
    case config::SettingType::text: return "text";
    case config::SettingType::path: return "path";
    case config::SettingType::duration: return "duration";
    case config::SettingType::decimal: return "number";
    case config::SettingType::boolean: return "true or false";
    case config::SettingType::choice: return "choice";
    case config::SettingType::paths: return "list of paths";
    case config::SettingType::size: return "size";
    case config::SettingType::command: return "list of words";
  }
  return {};
}

Page config_page() {
  Roff page("umsops-config", 5, "settings of umsops");
  page.heading("DESCRIPTION");
  page.paragraph("Settings come from /etc/umsops/config.yaml, the user's file $XDG_CONFIG_HOME/umsops/config.yaml, and the nearest "
                 "umsops.yaml from the working directory upwards; a later file wins. Environment variables beat files, flags beat both. "
                 "'umsops config list --origin' shows what holds, and why.");
  page.paragraph(kYaml);
  page.paragraph("A project file may come with somebody else's checkout. Settings marked as not for it are refused there.");
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
  page.paragraph("A rule file is a map with these keys, all optional. Files are named by the setting 'rules' or the flag --rules; without any, "
                 "the built-in rules hold ('umsops rules show').");
  page.paragraph(kYaml);
  page.heading("KEYS OF A FILE");
  page.item("kind: rules", "says what the file is.");
  page.item("use: builtin", "takes in the built-in rules after those of the file; a rule with the same id replaces theirs.");
  page.item("rules", "the list of rules; the first one that holds decides a field.");
  page.item("mappings", "CSV tables that turn the value of one fact into values of fields: id, file, fact.");
  page.item("decide", "per field: first (the default) or weight, where the weights of all rules that hold are added up.");
  page.item("defaults", "field: value when there was text and no rule held.");
  page.item("without_text", "field: value when there was no text at all.");
  page.item("cases", "test cases for 'umsops rules test': name, text, expect.");
  page.heading("KEYS OF A RULE");
  page.item("id", "its name, used once.");
  page.item("description", "what it is for.");
  page.item("when", "the condition, see below.");
  page.item("set", "field: value, for category, subcategory, priority, assignee_id and attributes.NAME.");
  page.item("extract", "field: named group of the rule's regex.");
  page.item("weight", "for fields that decide by weight; 1 by default.");
  page.item("stop", "true: no later rule is asked once this one holds.");
  page.heading("CONDITIONS");
  page.item("keywords: [WORD, ...]", "one of the words occurs: Latin on word boundaries, Chinese as phrases, case folded. Negated words do not "
            "count unless negation: false. except: [WORD, ...] names phrases that do not count.");
  page.item("regex: PATTERN", "an RE2 pattern matches; named groups can be extracted.");
  page.item("equals: VALUE, in: [VALUE, ...]", "the field has the value, or one of them.");
  page.item("min: N, max: N", "the field is a number in this range, ends included.");
  page.item("exists: true", "the field has a value.");
  page.item("all: [...], any: [...], not: ...", "combine conditions.");
  page.paragraph("field: or fields: name the facts that a condition looks at; keywords and regex look at title and description unless told otherwise.");
  page.heading("EXAMPLE");
  page.verbatim("use: builtin\nrules:\n  - id: vpn.certificate\n    when:\n      keywords: [vpn certificate, certificate expired]\n"
                "    set: {category: vpn, priority: HIGH}\ncases:\n  - name: expired certificate\n"
                "    text: {title: VPN certificate expired}\n    expect: {category: vpn, priority: HIGH}\n");
  page.heading("SEE ALSO");
  page.paragraph("umsops-rules(1), umsops-config(5)");
  return {"umsops-rules.5", page.text()};
}

Page mapping_page() {
  Roff page("umsops-mapping", 5, "how foreign records become tickets");
  page.heading("DESCRIPTION");
  page.paragraph("A mapping file tells 'umsops ticket import --mapping FILE' how the columns of a foreign CSV or JSON become fields of a ticket.");
  page.paragraph(kYaml);
  page.heading("KEYS OF A FILE");
  page.item("kind: mapping", "says what the file is.");
  page.item("fields", "our field: their column, a list of columns, or a map as below. Ours may be attributes.NAME, and action for 'umsops ticket intake json': create, reply, close or ignore.");
  page.item("ignore", "columns that are left out on purpose; '*' is all that no field names. Other columns are refused.");
  page.item("zone", "time zone of times without an offset.");
  page.heading("KEYS OF A FIELD");
  page.item("column, columns", "their column, or several that are joined; a.b is the member b of the object a.");
  page.item("joiner", "what stands between joined columns; a blank by default.");
  page.item("values", "their word: ours.");
  page.item("otherwise", "for an absent or empty column, or a word that values does not name.");
  page.item("value", "the same for every record.");
  page.item("time", "strptime form of a time, e.g. %d/%m/%Y %H:%M; without it RFC 3339.");
  page.item("cut", "longest text in characters.");
  page.heading("EXAMPLE");
  page.verbatim("kind: mapping\nfields:\n  title: {column: Subject, cut: 200}\n  requester_id: Caller\n"
                "  priority: {column: Prio, values: {'1': CRITICAL, '2': HIGH}, otherwise: LOW}\n"
                "  created_at: {column: Opened, time: '%d/%m/%Y %H:%M'}\n  source: {value: EMAIL}\nzone: Asia/Shanghai\nignore: ['*']\n");
  page.heading("SEE ALSO");
  page.paragraph("umsops-ticket(1)");
  return {"umsops-mapping.5", page.text()};
}

}  // namespace

std::vector<Page> format_pages() {
  std::vector<Page> pages;
  pages.push_back(config_page());
  pages.push_back(rules_page());
  pages.push_back(mapping_page());
  return pages;
}

}  // namespace umsops::cli
