// SPDX-License-Identifier: Apache-2.0
// A filter as a text of its own language.
#include <algorithm>

#include "umsops/base/json.hpp"
#include "umsops/query/query.hpp"

namespace umsops::query {
namespace {

using base::Value;

std::string_view sign(Op op) {
  static constexpr std::string_view kSigns[] = {"=", "!=", "<", "<=", ">", ">=", "~", "!~"};
  return kSigns[static_cast<std::size_t>(op)];
}

/// Bare where nothing in it means anything else.
std::string quoted(std::string const& word) {
  constexpr std::string_view kPlain = "_-.@/+:";
  auto const plain = [&](char c) {
    bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return letter || static_cast<signed char>(c) < 0 || kPlain.find(c) != std::string_view::npos;
  };
  bool const is_word = word == "none" || word == "me" || word == "and" || word == "or" || word == "not";
  if (!word.empty() && !is_word && std::all_of(word.begin(), word.end(), plain)) return word;
  std::string out = "\"";
  for (char const c : word) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out += '"';
}

std::string value_text(Value const& value) {
  if (value.is_null()) return "none";
  if (auto const* const text = value.get_if<std::string>()) return quoted(*text);
  if (auto const* const at = value.get_if<base::TimePoint>()) return base::format_rfc3339(*at);
  return base::to_json(value);
}

std::string values_text(std::vector<Value> const& values) {
  std::string list;
  for (auto const& value : values) list.append(list.empty() ? "" : ",").append(value_text(value));
  return list;
}

/// One of a list's words: `~` with its JSON text stands for it.
std::optional<std::string> word_in_list(Condition const& condition) {
  if (condition.values.size() != 1 || condition.values[0].is_null()) return std::nullopt;
  auto const text = condition.values[0].text();
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::nullopt;
  Value const word = base::parse_json(text, "filter");
  return word.get_if<std::string>() ? std::optional(std::string(word.text())) : std::nullopt;
}

std::string condition_text(Condition const& condition, base::RecordType const& type) {
  auto const& field = type.fields[condition.field];
  std::string name(field.name);
  if (!condition.member.empty()) name.append(".").append(condition.member);
  bool const searches = condition.op == Op::contains || condition.op == Op::lacks;
  auto const word = field.type == base::FieldType::list && searches ? word_in_list(condition) : std::nullopt;
  if (word) return name + (condition.op == Op::lacks ? "!=" : "=") + quoted(*word);
  return name + std::string(sign(condition.op)) + values_text(condition.values);
}

std::string joined(Filter const& filter, base::RecordType const& type, std::string_view word) {
  std::string out;
  for (auto const& child : filter.children) {
    bool const mixed = child.kind == Filter::Kind::all || child.kind == Filter::Kind::any;
    auto const text = to_text(child, type);
    out.append(out.empty() ? "" : word).append(mixed ? "(" + text + ")" : text);
  }
  return out;
}

}  // namespace

std::string to_text(Filter const& filter, base::RecordType const& type) {
  switch (filter.kind) {
    case Filter::Kind::everything:
      return {};
    case Filter::Kind::condition:
      return condition_text(filter.condition, type);
    case Filter::Kind::all:
      return joined(filter, type, " and ");
    case Filter::Kind::any:
      return joined(filter, type, " or ");
    case Filter::Kind::none:
      return filter.children.empty() ? std::string() : "not (" + to_text(filter.children[0], type) + ")";
    case Filter::Kind::text:
    case Filter::Kind::rows:
      return "text~" + values_text(filter.condition.values);
  }
  return {};
}

}  // namespace umsops::query
