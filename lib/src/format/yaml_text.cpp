// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "format/writers.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/base/json.hpp"

namespace umsops::format {
namespace {

using base::Value;

/// Only words that no reader of YAML takes for anything else stay without quotes.
bool stays_plain(std::string_view text) {
  if (text.empty() || text.size() > 60) return false;
  auto const letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  bool const shaped = letter(text.front()) && std::all_of(text.begin(), text.end(), [&](char c) {
                        return letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
                      });
  if (!shaped) return false;
  std::string const lower = base::ascii_lower(text);
  for (std::string_view const word : {"true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf"}) {
    if (lower == word) return false;
  }
  return true;
}

void append_key(std::string& out, std::string const& name) {
  if (stays_plain(name)) {
    out += name;
  } else {
    base::append_json_string(out, name);
  }
}

void append_object(std::string& out, Value::Object const& object, std::size_t indent, bool first_line_open) {
  if (object.empty()) {
    out += " {}\n";
    return;
  }
  if (!first_line_open) out += '\n';
  bool first = first_line_open;
  for (auto const& [name, member] : object) {
    if (!first) out.append(indent, ' ');
    first = false;
    append_key(out, name);
    out += ':';
    append_yaml(out, member, indent + 2);
  }
}

void append_list(std::string& out, Value::List const& list, std::size_t indent) {
  if (list.empty()) {
    out += " []\n";
    return;
  }
  out += '\n';
  for (auto const& item : list) {
    out.append(indent, ' ');
    out += '-';
    auto const* object = item.get_if<Value::Object>();
    if (object && !object->empty()) {
      out += ' ';
      append_object(out, *object, indent + 2, true);
    } else {
      append_yaml(out, item, indent + 2);
    }
  }
}

/// {schema, items, count, truncated, next} like the JSON, item by item.
class YamlList final : public RecordWriter {
 public:
  explicit YamlList(ListParts parts) : parts_(std::move(parts)) {}

  void row(base::Row const& row) override {
    std::string text = head(false);
    Value::Object item;
    for (auto const& column : parts_.columns) item.emplace_back(column.name, cell_value(column, row));
    text += "  - ";
    append_object(text, item, 4, true);
    parts_.sink.write(text);
    ++count_;
  }

  void end(Closing const& closing) override {
    std::string text = head(true);
    text += "count: " + std::to_string(count_) + "\ntruncated: " + (closing.truncated ? "true" : "false") + "\nnext:";
    append_yaml(text, closing.next.empty() ? Value() : Value(closing.next), 2);
    for (auto const& [name, value] : closing.further) {
      append_key(text, name);
      text += ':';
      append_yaml(text, value, 2);
    }
    parts_.sink.write(text);
  }

 private:
  std::string head(bool empty) {
    if (count_ > 0) return {};
    std::string text = "schema: ";
    base::append_json_string(text, parts_.schema);
    return text + (empty ? "\nitems: []\n" : "\nitems:\n");
  }

  ListParts parts_;
  std::int64_t count_ = 0;
};

}  // namespace

void append_yaml(std::string& out, Value const& value, std::size_t indent) {
  if (auto const* object = value.get_if<Value::Object>()) return append_object(out, *object, indent, false);
  if (auto const* list = value.get_if<Value::List>()) return append_list(out, *list, indent);
  out += ' ';
  if (value.get_if<std::string>() && stays_plain(value.text())) {
    out += value.text();
  } else {
    base::append_json(out, value);  // every JSON scalar is a YAML scalar
  }
  out += '\n';
}

std::unique_ptr<RecordWriter> yaml_list(ListParts parts) { return std::make_unique<YamlList>(std::move(parts)); }

}  // namespace umsops::format
