// SPDX-License-Identifier: Apache-2.0
#include "format/writers.hpp"
#include "umsops/base/json.hpp"

namespace umsops::format {
namespace {

using base::Value;

/// Each item leaves as soon as it is there.
class CountedItems : public ItemWriter {
 protected:
  explicit CountedItems(Sink& sink) : sink_(sink) {}

  void put() {
    sink_.write(text_);
    text_.clear();
  }

  std::string text_;        ///< what is still to be written
  std::int64_t count_ = 0;  ///< items so far

 private:
  Sink& sink_;
};

class JsonItems final : public CountedItems {
 public:
  JsonItems(Sink& sink, std::string_view schema) : CountedItems(sink) {
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
    append_json_members(text_, further);
    text_ += "}\n";
    put();
  }
};

class YamlItems final : public CountedItems {
 public:
  YamlItems(Sink& sink, std::string_view schema) : CountedItems(sink) {
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
