// SPDX-License-Identifier: Apache-2.0
#include "format/writers.hpp"
#include "umsops/base/json.hpp"

namespace umsops::format {
namespace {

void append_object(std::string& out, std::vector<Column> const& columns, base::Row const& row) {
  out += '{';
  bool first = true;
  for (auto const& column : columns) {
    if (!first) out += ',';
    first = false;
    base::append_json_string(out, column.name);
    out += ':';
    base::append_json(out, cell_value(column, row));
  }
  out += '}';
}

/// {"schema":…,"items":[…],"count":n,"truncated":…,"next":…}, item by item.
class JsonList final : public RecordWriter {
 public:
  explicit JsonList(ListParts parts) : parts_(std::move(parts)) {
    line_ = "{\"schema\":";
    base::append_json_string(line_, parts_.schema);
    line_ += ",\"items\":[";
  }

  void row(base::Row const& row) override {
    if (count_++ > 0) line_ += ',';
    append_object(line_, parts_.columns, row);
    parts_.sink.write(line_);
    line_.clear();
  }

  void end(Closing const& closing) override {
    line_ += "],\"count\":" + std::to_string(count_);
    line_ += closing.truncated ? ",\"truncated\":true,\"next\":" : ",\"truncated\":false,\"next\":";
    base::append_json(line_, closing.next.empty() ? base::Value() : base::Value(closing.next));
    for (auto const& [name, value] : closing.further) {
      line_ += ',';
      base::append_json_string(line_, name);
      line_ += ':';
      base::append_json(line_, value);
    }
    line_ += "}\n";
    parts_.sink.write(line_);
  }

 private:
  ListParts parts_;
  std::string line_;
  std::int64_t count_ = 0;
};

class JsonLines final : public RecordWriter {
 public:
  explicit JsonLines(ListParts parts) : parts_(std::move(parts)) {}

  void row(base::Row const& row) override {
    line_.clear();
    append_object(line_, parts_.columns, row);
    line_ += '\n';
    parts_.sink.write(line_);
  }

  void end(Closing const&) override {}

 private:
  ListParts parts_;
  std::string line_;
};

}  // namespace

std::unique_ptr<RecordWriter> json_list(ListParts parts) { return std::make_unique<JsonList>(std::move(parts)); }
std::unique_ptr<RecordWriter> json_lines(ListParts parts) { return std::make_unique<JsonLines>(std::move(parts)); }

}  // namespace umsops::format
