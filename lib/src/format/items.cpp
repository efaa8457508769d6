// SPDX-License-Identifier: Apache-2.0
#include "format/writers.hpp"
#include "umsops/base/json.hpp"

namespace umsops::format {
namespace {

using base::Value;

class JsonItems final : public ItemWriter {
 public:
  JsonItems(Sink& sink, std::string_view schema) : sink_(sink) {
    text_ = "{\"schema\":";
    base::append_json_string(text_, schema);
    text_ += ",\"items\":[";
  }

  void item(Value const& item) override {
    if (count_++ > 0) text_ += ',';
    base::append_json(text_, item);
    put();
  }

  void end(Value::Object const& further) override {
    text_ += "],\"count\":" + std::to_string(count_);
    for (auto const& [name, value] : further) {
      text_ += ',';
      base::append_json_string(text_, name);
      text_ += ':';
      base::append_json(text_, value);
    }
    text_ += "}\n";
    put();
  }

 private:
  void put() {
    sink_.write(text_);
    text_.clear();
  }

  Sink& sink_;
  std::string text_;
  std::int64_t count_ = 0;
};

class YamlItems final : public ItemWriter {
 public:
  YamlItems(Sink& sink, std::string_view schema) : sink_(sink) {
    text_ = "schema: ";
    base::append_json_string(text_, schema);
    text_ += "\nitems:";
  }

  void item(Value const& item) override {
    if (count_++ == 0) text_ += '\n';
    std::string list;
    append_yaml(list, Value::List{item}, 2);
    text_ += list.substr(1);  // a list begins on a line of its own
    put();
  }

  void end(Value::Object const& further) override {
    if (count_ == 0) text_ += " []\n";
    Value::Object rest{{"count", count_}};
    rest.insert(rest.end(), further.begin(), further.end());
    std::string members;
    append_yaml(members, std::move(rest), 0);
    text_ += members.substr(1);
    put();
  }

 private:
  void put() {
    sink_.write(text_);
    text_.clear();
  }

  Sink& sink_;
  std::string text_;
  std::int64_t count_ = 0;
};

/// Bare records.
class LineItems final : public ItemWriter {
 public:
  explicit LineItems(Sink& sink) : sink_(sink) {}
  void item(Value const& item) override { sink_.write(base::to_json(item) + "\n"); }
  void end(Value::Object const&) override {}

 private:
  Sink& sink_;
};

}  // namespace

std::unique_ptr<ItemWriter> item_writer(Sink& sink, Format format, std::string_view schema) {
  if (format == Format::json) return std::make_unique<JsonItems>(sink, schema);
  if (format == Format::yaml) return std::make_unique<YamlItems>(sink, schema);
  return std::make_unique<LineItems>(sink);
}

}  // namespace umsops::format
