// SPDX-License-Identifier: Apache-2.0
#include "format/writers.hpp"
#include "umsops/base/text.hpp"

namespace umsops::format {

std::string markdown_cell(std::string_view text) {
  std::string out;
  for (char const c : base::terminal_text(text, base::TextShape::block)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '\n':
        out += "<br>";
        break;
      case '\t':
        out += ' ';
        break;
      case '|':
      case '\\':
      case '`':
      case '*':
      case '_':
      case '[':
      case ']':
      case '!':
      case '#':
      case '~':
      case '$':
      case '^':
        out += '\\';
        out += c;
        break;
      default:
        out += c;
    }
  }
  return out;
}

namespace {

class MarkdownList final : public RecordWriter {
 public:
  explicit MarkdownList(ListParts parts) : parts_(std::move(parts)) {}

  void row(base::Row const& row) override {
    std::string line = head();
    line += '|';
    for (auto const& column : parts_.columns) line += " " + markdown_cell(machine_text(cell_value(column, row))) + " |";
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
      names += " " + markdown_cell(column.name) + " |";
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
