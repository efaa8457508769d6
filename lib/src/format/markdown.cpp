// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/markdown.hpp"
#include "format/writers.hpp"

namespace umsops::format {

namespace {

class MarkdownList final : public RecordWriter {
 public:
  explicit MarkdownList(ListParts parts) : parts_(std::move(parts)) {}

  void row(base::Row const& row) override {
    std::string line = head();
    line += '|';
    for (auto const& column : parts_.columns)
      line += " " + base::markdown_text(machine_text(cell_value(column, row))) + " |";
    parts_.sink.write(line + "\n");
  }

  void end(Closing const&) override {}

 private:
  /// Before the first row only: an empty list writes nothing.
  std::string head() {
    if (!first_) return {};
    first_ = false;
    std::string names = "|", rule = "|";
    for (auto const& column : parts_.columns) {
      names += " " + base::markdown_text(column.name) + " |";
      bool const number =
          column.field->type == base::FieldType::integer || column.field->type == base::FieldType::decimal;
      rule += number ? " ---: |" : " --- |";
    }
    return names + "\n" + rule + "\n";
  }

  ListParts parts_;
  bool first_ = true;
};

}  // namespace

std::unique_ptr<RecordWriter> markdown_list(ListParts parts) {
  return std::make_unique<MarkdownList>(std::move(parts));
}

}  // namespace umsops::format
