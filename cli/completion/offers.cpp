// SPDX-License-Identifier: Apache-2.0
#include "cli/completion/offers.hpp"

#include "cli/completion/candidates.hpp"
#include "cli/completion/records.hpp"
#include "cli/help/help.hpp"
#include "umsops/config/report_files.hpp"
#include "umsops/format/schemas.hpp"
#include "umsops/report/source.hpp"

namespace umsops::cli::offer {

void files(Candidates& out) { out.ask_for("files"); }

void directories(Candidates& out) { out.ask_for("directories"); }

void fields(Candidates& out) {
  // --sort -created_at: the sign belongs to what stays.
  bool const down = out.typed().substr(out.typed().rfind(',') + 1).starts_with("-");
  for (auto const& field : type_for(out.command()).fields)
    out.add_item((down ? "-" : "") + std::string(field.name), out.env().text({field.doc, field.doc_zh}));
}

void writable_fields(Candidates& out) {
  for (auto const& field : type_for(out.command()).fields) {
    if ((field.traits & base::kWritable) != 0)
      out.add(std::string(field.name) + "=", out.env().text({field.doc, field.doc_zh}));
  }
}

void reports(Candidates& out) {
  for (auto const& report : config::read_reports(out.env().settings().list("reports"))) {
    auto const& doc = report.doc.en.empty() ? report.title : report.doc;
    out.add(report.name, out.env().text({doc.en, doc.zh.empty() ? doc.en : doc.zh}));
  }
}

void sources(Candidates& out) {
  for (auto const& source : report::sources()) out.add(source.name, out.env().text({source.doc, source.doc_zh}));
}

void setting_keys(Candidates& out) {
  for (auto const& setting : config::settings())
    out.add(std::string(setting.key), out.env().text({setting.doc, setting.doc_zh}));
}

void settings(Candidates& out) {
  auto const equals = out.typed().find('=');
  std::string const key = out.typed().substr(0, equals);
  if (equals != std::string::npos) out.keep(equals + 1);
  for (auto const& setting : config::settings()) {
    if (equals == std::string::npos)
      out.add(std::string(setting.key) + "=", out.env().text({setting.doc, setting.doc_zh}));
    for (auto const choice : setting.choices) {
      if (equals != std::string::npos && setting.key == key) out.add(choice);
    }
  }
}

void commands(Candidates& out) {
  for (auto const word : next_words({})) out.add(word, out.env().text(summary_of(word)));
}

void topics(Candidates& out) {
  std::string group;
  for (auto const& word : out.words()) group += (group.empty() ? "" : " ") + word;
  for (auto const word : next_words(group))
    out.add(word, out.env().text(summary_of(group.empty() ? std::string(word) : group + " " + std::string(word))));
  if (!group.empty()) return;
  for (auto const& topic : cli::topics()) out.add(topic.name, out.env().text(topic.summary));
}

void schemas(Candidates& out) {
  for (auto const name : format::schema_names()) out.add(name);
}

}  // namespace umsops::cli::offer
