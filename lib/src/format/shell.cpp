// SPDX-License-Identifier: Apache-2.0
#include "format/writers.hpp"
#include "umsops/base/text.hpp"

namespace umsops::format {
namespace {

/// Records as assignments, an empty line between two.
class ShellList final : public RecordWriter {
 public:
  explicit ShellList(ListParts parts) : parts_(std::move(parts)) {}

  void row(base::Row const& row) override {
    std::string text = first_ ? "" : "\n";
    first_ = false;
    append_shell(text, parts_.columns, row);
    parts_.sink.write(text);
  }

  void end(Closing const&) override {}

 private:
  ListParts parts_;
  bool first_ = true;
};

/// The id alone, a line each.
class IdList final : public RecordWriter {
 public:
  explicit IdList(ListParts parts) : parts_(std::move(parts)) {}

  void row(base::Row const& row) override {
    std::string const id = machine_text(cell_value(parts_.columns.front(), row));
    parts_.sink.write((parts_.style.terminal ? base::terminal_text(id, base::TextShape::line) : id) + parts_.style.end);
  }

  void end(Closing const&) override {}

 private:
  ListParts parts_;
};

std::string variable_name(std::string_view name) {
  std::string out(name);
  for (char& c : out) {
    bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!plain) c = '_';
  }
  return out;
}

}  // namespace

std::string shell_quote(std::string_view text) {
  std::string out = "'";
  for (char const c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

void append_shell(std::string& out, std::string_view name, base::Value const& value) {
  out += variable_name(name) + "=" + shell_quote(machine_text(value)) + "\n";
}

void append_shell(std::string& out, std::vector<Column> const& columns, base::Row const& row) {
  for (auto const& column : columns) append_shell(out, column.name, cell_value(column, row));
}

std::unique_ptr<RecordWriter> shell_list(ListParts parts) { return std::make_unique<ShellList>(std::move(parts)); }
std::unique_ptr<RecordWriter> id_list(ListParts parts) { return std::make_unique<IdList>(std::move(parts)); }

}  // namespace umsops::format
