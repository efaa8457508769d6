// SPDX-License-Identifier: Apache-2.0
#include "format/writers.hpp"
#include "umsops/base/json.hpp"

namespace umsops::format {
namespace {

/// Rows as objects. What stands before each value is the same in all rows.
class Objects {
 public:
  explicit Objects(std::vector<Column> const& columns) : columns_(columns) {
    for (auto const& column : columns_) {
      std::string& before = before_.emplace_back(before_.empty() ? "{" : ",");
      base::append_json_string(before, column.name);
      before += ':';
    }
  }

  void append(std::string& out, base::Row const& row) const {
    if (columns_.empty()) out += '{';
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      out += before_[i];
      base::append_json(out, cell_value(columns_[i], row));
    }
    out += '}';
  }

 private:
  std::vector<Column> const& columns_;
  std::vector<std::string> before_;
};

/// {"schema":…,"items":[…],"count":n,"truncated":…,"next":…}, item by item.
class JsonList final : public RecordWriter {
 public:
  explicit JsonList(ListParts parts) : parts_(std::move(parts)), objects_(parts_.columns) {
    line_ = "{\"schema\":";
    base::append_json_string(line_, parts_.schema);
    line_ += ",\"items\":[";
  }

  void row(base::Row const& row) override {
    if (count_++ > 0) line_ += ',';
    objects_.append(line_, row);
    parts_.sink.write(line_);
    line_.clear();
  }

  void end(Closing const& closing) override {
    line_ += "],\"count\":" + std::to_string(count_);
    line_ += closing.truncated ? ",\"truncated\":true,\"next\":" : ",\"truncated\":false,\"next\":";
    base::append_json(line_, closing.next.empty() ? base::Value() : base::Value(closing.next));
    append_json_members(line_, closing.further);
    line_ += "}\n";
    parts_.sink.write(line_);
  }

 private:
  ListParts parts_;
  Objects objects_;
  std::string line_;
  std::int64_t count_ = 0;
};

class JsonLines final : public RecordWriter {
 public:
  explicit JsonLines(ListParts parts) : parts_(std::move(parts)), objects_(parts_.columns) {}

  void row(base::Row const& row) override {
    line_.clear();
    objects_.append(line_, row);
    line_ += '\n';
    parts_.sink.write(line_);
  }

  void end(Closing const&) override {}

 private:
  ListParts parts_;
  Objects objects_;
  std::string line_;
};

}  // namespace

void append_json_members(std::string& out, base::Value::Object const& members) {
  for (auto const& [name, value] : members) {
    out += ',';
    base::append_json_string(out, name);
    out += ':';
    base::append_json(out, value);
  }
}

std::unique_ptr<RecordWriter> json_list(ListParts parts) { return std::make_unique<JsonList>(std::move(parts)); }
std::unique_ptr<RecordWriter> json_lines(ListParts parts) { return std::make_unique<JsonLines>(std::move(parts)); }

}  // namespace umsops::format
