// SPDX-License-Identifier: Apache-2.0
#include "cli/completion/offers.hpp"

#include "cli/completion/candidates.hpp"
#include "cli/help/help.hpp"
#include "cli/record/types.hpp"
#include "umsops/config/report_files.hpp"
#include "umsops/format/schemas.hpp"
#include "umsops/report/source.hpp"

namespace umsops::cli::offer {

namespace {

/// The fields of the records that the command is about.
std::span<base::Field const> fields_for(Command const* command) {
  auto const path = command == nullptr ? std::string_view() : command->path;
  auto const* type = record::find_record_type(path.substr(0, path.find(' ')));
  return type != nullptr ? type->fields : record::record_types()[0]->fields;
}

}  // namespace

void files(Candidates& out) { out.ask_for("files"); }

void directories(Candidates& out) { out.ask_for("directories"); }

void fields(Candidates& out) {
  for (auto const& field : fields_for(out.command()))
    out.add_item(field.name, out.env().text({field.doc, field.doc_zh}));
}

void writable_fields(Candidates& out) {
  for (auto const& field : fields_for(out.command())) {
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
  for (auto const& setting : config::settings())
    out.add(std::string(setting.key) + "=", out.env().text({setting.doc, setting.doc_zh}));
}

void commands(Candidates& out) {
  for (auto const word : next_words({})) out.add(word, out.env().text(summary_of(word)));
}

void topics(Candidates& out) {
  commands(out);
  for (auto const& topic : cli::topics()) out.add(topic.name, out.env().text(topic.summary));
}

void schemas(Candidates& out) {
  for (auto const name : format::schema_names()) out.add(name);
}

}  // namespace umsops::cli::offer
