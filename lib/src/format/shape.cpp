// SPDX-License-Identifier: Apache-2.0
// `-o tpl`: what a program answers in the words of whoever asks.
#include <algorithm>
#include <set>

#include "format/writers.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/mustache.hpp"
#include "umsops/base/text.hpp"
#include "umsops/format/schemas.hpp"

namespace umsops::format {
namespace {

using base::MustacheTag;
using base::Value;

constexpr std::size_t kLargest = 64 << 10;
/// Behind a member's name: its value as text. A list or an object is gone through by its name alone.
constexpr char kAsText = '\x1f';

std::vector<std::string> parts_of(std::string_view name) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= name.size();) {
    auto const dot = std::min(name.find('.', at), name.size());
    parts.emplace_back(name.substr(at, dot - at));
    at = dot + 1;
  }
  return parts;
}

/// A template read once, and the members that it asks for: no other is copied into what fills it.
class Shape {
 public:
  explicit Shape(Style const& style) : end_(style.end), page_(read(style.shape)) {}

  /// A line that ends by itself is not ended once more.
  void write(Sink& sink, Value const& facts) {
    std::string text = page_.fill(chosen(facts));
    if (end_ != '\n' || !text.ends_with('\n')) text += end_;
    sink.write(text);
  }

 private:
  base::Mustache read(std::string const& text) {
    std::string marked;
    std::size_t done = 0;
    for (auto const& tag : base::mustache_tags(text)) {
      if (tag.name == ".") continue;
      auto parts = parts_of(tag.name);
      bool const value = tag.kind == MustacheTag::Kind::value;
      (value ? texts_ : nodes_).insert(parts.back());
      parts.pop_back();
      nodes_.insert(parts.begin(), parts.end());
      if (!value) continue;
      marked.append(text, done, tag.offset - done).append("{{").append(tag.name).append(1, kAsText).append("}}");
      done = tag.offset + tag.length;
    }
    marked.append(text, done);
    return base::Mustache(marked, [](std::string const& plain) { return plain; });
  }

  Value chosen(Value const& value) const {
    if (auto const* items = value.get_if<Value::List>()) {
      Value::List out;
      for (auto const& item : *items) out.push_back(chosen(item));
      return out;
    }
    auto const* members = value.get_if<Value::Object>();
    if (members == nullptr) return value;
    Value::Object out;
    for (auto const& [name, member] : *members) {
      if (nodes_.contains(name)) out.emplace_back(name, chosen(member));
      if (texts_.contains(name)) out.emplace_back(name + kAsText, machine_text(member));
    }
    return out;
  }

  char end_;
  std::set<std::string> nodes_, texts_;
  base::Mustache page_;
};

class ShapedList final : public RecordWriter {
 public:
  explicit ShapedList(ListParts parts) : parts_(std::move(parts)), shape_(parts_.style) {}

  void row(base::Row const& row) override {
    Value::Object members;
    for (auto const& column : parts_.columns) members.emplace_back(column.name, cell_value(column, row));
    shape_.write(parts_.sink, std::move(members));
  }

  void end(Closing const&) override {}

 private:
  ListParts parts_;
  Shape shape_;
};

/// What a part of a JSON Schema says of one place, in all the ways that it may be.
class Place {
 public:
  Place(Value const& root, std::vector<Value const*> const& nodes) : root_(&root) {
    for (auto const* node : nodes) spread(*node, 0);
  }

  std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (auto const* node : nodes_) {
      auto const* properties = node->find("properties");
      auto const* members = properties == nullptr ? nullptr : properties->get_if<Value::Object>();
      if (members == nullptr) continue;
      for (auto const& [name, value] : *members) out.push_back(name);
    }
    return out;
  }

  /// Objects whose members have names of somebody's own.
  bool is_open() const {
    return std::any_of(nodes_.begin(), nodes_.end(), [](Value const* node) {
      auto const* further = node->find("additionalProperties");
      bool const closed = further != nullptr && *further == Value(false);
      return says_object(*node) && !closed && (node->find("properties") == nullptr || further != nullptr);
    });
  }

  Place member(std::string_view name) const {
    std::vector<Value const*> found;
    for (auto const* node : nodes_) {
      auto const* properties = node->find("properties");
      auto const* value = properties == nullptr ? nullptr : properties->find(name);
      if (value != nullptr) found.push_back(value);
      auto const* further = node->find("additionalProperties");
      if (value == nullptr && further != nullptr && further->get_if<Value::Object>()) found.push_back(further);
    }
    return {*root_, found};
  }

  /// Of a list its items; of anything else itself.
  Place inside() const {
    std::vector<Value const*> found;
    for (auto const* node : nodes_) {
      if (auto const* items = node->find("items")) found.push_back(items);
    }
    return found.empty() ? *this : Place(*root_, found);
  }

  bool is_known() const { return !nodes_.empty(); }

 private:
  static bool says_object(Value const& node) {
    auto const* type = node.find("type");
    if (type == nullptr) return false;
    auto const* several = type->get_if<Value::List>();
    return several != nullptr ? std::find(several->begin(), several->end(), Value("object")) != several->end()
                              : type->text() == "object";
  }

  void spread(Value const& node, int depth) {
    constexpr int kDeepest = 16;
    if (depth > kDeepest) return;
    nodes_.push_back(&node);
    if (auto const* ref = node.find("$ref")) {
      constexpr std::string_view kHere = "#/definitions/";
      auto const* all = root_->find("definitions");
      auto const* meant = all == nullptr ? nullptr : all->find(ref->text().substr(kHere.size()));
      if (meant != nullptr) spread(*meant, depth + 1);
    }
    for (auto const* const word : {"anyOf", "oneOf", "allOf"}) {
      auto const* several = node.find(word);
      auto const* list = several == nullptr ? nullptr : several->get_if<Value::List>();
      if (list == nullptr) continue;
      for (auto const& one : *list) spread(one, depth + 1);
    }
  }

  Value const* root_;
  std::vector<Value const*> nodes_;
};

/// Follows the sections of a template through what a schema knows.
class Names {
 public:
  Names(Value const& schema, std::string noun) {
    Place const root(schema, {&schema});
    Place const items = root.member("items");
    scopes_.push_back({std::move(noun), items.is_known() ? items.inside() : root, {}});
  }

  /// The name in full.
  std::string look(MustacheTag const& tag) {
    if (tag.kind == MustacheTag::Kind::end) {
      std::string const opened = scopes_.back().opened;
      if (scopes_.size() > 1) scopes_.pop_back();
      return opened.empty() ? tag.name : opened;
    }
    auto const [name, found] = find(tag.name);
    if (tag.kind == MustacheTag::Kind::section) scopes_.push_back({name, found.inside(), name});
    if (tag.kind == MustacheTag::Kind::inverted) scopes_.push_back({scopes_.back().noun, scopes_.back().place, name});
    return name;
  }

 private:
  struct Scope {
    std::string noun;
    Place place;
    std::string opened;  ///< by the tag of this name
  };

  std::pair<std::string, Place> find(std::string const& name) const {
    if (name == ".") return {name, scopes_.back().place};
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
      for (auto const& whole : full_names(name, scope->noun)) {
        if (auto const found = follow(scope->place, whole); found.is_known()) return {whole, found};
      }
      // Names of somebody's own: nobody can tell which there will be.
      if (scope->place.is_open()) return {name, scope->place};
    }
    unknown(name);
  }

  static Place follow(Place place, std::string const& name) {
    for (auto const& part : parts_of(name)) {
      bool const open = place.is_open();
      auto next = place.member(part);
      if (!next.is_known() && open) return place;
      if (!next.is_known() || part == "schema") return next.member("");
      place = std::move(next);
    }
    return place;
  }

  [[noreturn]] void unknown(std::string const& name) const {
    auto names = scopes_.back().place.names();
    std::erase(names, "schema");
    std::string best = base::nearest(name, names);
    for (auto scope = scopes_.rbegin(); best.empty() && scope != scopes_.rend(); ++scope)
      best = base::nearest(name, scope->place.names());
    Value detail;
    detail.add("field", base::shortened(name, 80));
    if (!best.empty()) detail.add("suggestion", best);
    detail.add("allowed", Value::List(names.begin(), names.end()));
    std::string all;
    for (auto const& one : names) all += (all.empty() ? "" : ", ") + one;
    throw base::Error(base::errors::field_unknown,
                      {{"noun", scopes_.back().noun},
                       {"field", base::shortened(name, 80)},
                       {"suggestion", best.empty() ? "one of: " + all : "did you mean " + best + "?"}})
        .detail(std::move(detail));
  }

  std::vector<Scope> scopes_;
};

base::SourceSpot spot(std::string_view text, std::string const& source, std::size_t offset) {
  auto const place = base::line_column(text, std::min(offset, text.size()));
  return {source, static_cast<std::int64_t>(place.line), static_cast<std::int64_t>(place.column)};
}

[[noreturn]] void refuse(base::SourceSpot const& at, std::string_view text, std::string problem) {
  throw base::Error(base::errors::usage_bad_value,
                    {{"flag", at.file + ":" + std::to_string(at.line) + ":" + std::to_string(at.column)},
                     {"value", "'" + base::shortened(text, 40) + "'"},
                     {"expected", "a template"},
                     {"suggestion", std::move(problem)}});
}

std::string_view sign_of(MustacheTag::Kind kind) {
  switch (kind) {
    case MustacheTag::Kind::section:
      return "#";
    case MustacheTag::Kind::inverted:
      return "^";
    case MustacheTag::Kind::end:
      return "/";
    case MustacheTag::Kind::value:
      break;
  }
  return "";
}

/// `umsops.ticket.list/v1` is about a ticket.
std::string noun_of(std::string_view schema) {
  constexpr std::size_t kPrefix = std::string_view("umsops.").size();
  schema.remove_prefix(std::min(schema.size(), kPrefix));
  return std::string(schema.substr(0, schema.find_first_of("./")));
}

}  // namespace

std::string checked_template(std::string_view text, std::string const& source, std::string_view schema) {
  if (text.size() > kLargest) refuse(spot(text, source, kLargest), text, "larger than 64 KiB");
  if (auto const fault = base::check_text(text, base::TextShape::block))
    refuse(spot(text, source, fault->offset), text.substr(0, fault->offset), fault->what);
  Value const known = base::parse_json(schema_text(schema));
  Names names(known, noun_of(schema));
  std::string whole;
  std::size_t done = 0;
  auto const look = [&](MustacheTag const& tag) {
    std::string name;
    try {
      name = names.look(tag);
    } catch (base::Error& error) {
      throw error.at(spot(text, source, tag.offset));
    }
    whole.append(text, done, tag.offset - done).append("{{").append(sign_of(tag.kind)).append(name).append("}}");
    done = tag.offset + tag.length;
  };
  try {
    base::mustache_tags(text, look);
  } catch (base::MustacheFault const& fault) {
    refuse(spot(text, source, fault.offset), text.substr(fault.offset), fault.problem);
  }
  return whole.append(text, done);
}

std::unique_ptr<RecordWriter> shaped_list(ListParts parts) { return std::make_unique<ShapedList>(std::move(parts)); }

void write_shaped(Sink& sink, Style const& style, Value const& document) {
  Shape shape(style);
  auto const* const items = document.find("items");
  auto const* const list = items == nullptr ? nullptr : items->get_if<Value::List>();
  if (list == nullptr) return shape.write(sink, document);
  for (auto const& item : *list) shape.write(sink, item);
}

}  // namespace umsops::format
