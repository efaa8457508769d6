// SPDX-License-Identifier: Apache-2.0
// What people may call a field.
#include <algorithm>

#include "model/attributes.hpp"
#include "query/condition.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"
#include "umsops/model/requester.hpp"

namespace umsops::query {
namespace {

using base::Field;
using base::RecordType;
using base::Value;

// What people say for another name, where the record has it.
struct Alias {
  std::string_view said, meant;
};
constexpr Alias kAliases[] = {{"number", "ticket_number"}, {"due", "sla_deadline"}, {"body", "description"}};
constexpr std::string_view kSuffixes[] = {"_at", "_id"};
/// Of a ticket: the directory may know more of them.
constexpr std::string_view kRequester = "requester_id";
constexpr std::string_view kToFilter = " to filter by";

/// Every name that is understood.
std::vector<std::string_view> names_of(RecordType const& type) {
  std::vector<std::string_view> names;
  for (auto const& field : type.fields) {
    names.push_back(field.name);
    for (auto const suffix : kSuffixes) {
      if (field.name.ends_with(suffix)) names.push_back(field.name.substr(0, field.name.size() - suffix.size()));
    }
  }
  for (auto const& alias : kAliases) {
    if (type.find(alias.meant)) names.push_back(alias.said);
  }
  return names;
}

[[noreturn]] void refuse(RecordType const& type, std::string_view name, std::string hint, std::string const& best,
                         std::string_view purpose = {}) {
  Value detail;
  detail.add("field", name.substr(0, 200));
  if (!best.empty()) detail.add("suggestion", best);
  Value::List allowed;
  for (auto const& field : type.fields) allowed.emplace_back(field.name);
  detail.add("allowed", std::move(allowed));
  throw base::Error(
      base::errors::field_unknown,
      {{"noun", std::string(type.noun)}, {"field", echo(name).append(purpose)}, {"suggestion", std::move(hint)}})
      .detail(std::move(detail));
}

/// The name that was meant: the heading of a Chinese table, or the nearest one.
std::string meant(std::string_view name, RecordType const& type) {
  for (auto const& field : type.fields) {
    if (!name.empty() && field.label_zh == name) return std::string(field.name);
  }
  return base::nearest(name, names_of(type));
}

[[noreturn]] void refuse_fact(RecordType const& type, std::string_view name, std::string_view fact) {
  std::string facts;
  for (auto const one : model::requester_fact_names()) facts.append(facts.empty() ? "" : ", ").append(one);
  std::string const best = base::nearest(fact, model::requester_fact_names());
  refuse(type, name, best.empty() ? "one of: " + facts + ", attributes_NAME" : "did you mean requester." + best + "?",
         best);
}

/// By its name, or by a common or shorter one.
std::optional<std::size_t> find_field(std::string_view name, RecordType const& type) {
  if (auto const exact = type.find(name)) return exact;
  for (auto const& alias : kAliases) {
    auto const found = alias.said == name ? type.find(alias.meant) : std::nullopt;
    if (found) return found;
  }
  for (auto const suffix : kSuffixes) {
    if (auto const found = type.find(std::string(name).append(suffix)); found && !name.empty()) return found;
  }
  return std::nullopt;
}

}  // namespace

std::size_t resolve_field(std::string_view name, RecordType const& type) {
  if (auto const found = find_field(name, type)) return *found;
  std::string const best = meant(name, type);
  refuse(type, name, best.empty() ? "see: umsops fields " + std::string(type.noun) : "did you mean " + best + "?",
         best);
}

FieldName resolve_filter_field(std::string_view name, FilterContext const& context) {
  RecordType const& type = *context.type;
  bool const declared = context.is_attribute && !find_field(name, type) && context.is_attribute(name);
  if (declared) return {type.require("attributes"), std::string(name)};
  std::size_t const dot = name.find('.');
  FieldName out{resolve_field(name.substr(0, dot), type), {}};
  Field const& field = type.fields[out.field];
  bool const nested = field.type == base::FieldType::object;
  if (!(field.traits & base::kFilter))
    refuse(type, name, "see: umsops fields " + std::string(type.noun), {}, kToFilter);
  if (field.name == kRequester && dot != std::string_view::npos) {
    out.member = std::string(name.substr(dot + 1));
    if (model::is_requester_fact(std::string(model::kRequesterPrefix) + out.member)) return out;
    refuse_fact(type, name, out.member);
  }
  if (!nested && dot != std::string_view::npos) refuse(type, name, std::string(field.name) + " has no members", {});
  if (!nested) return out;
  std::string const example = std::string(field.name) + ".NAME=VALUE";
  if (dot == std::string_view::npos) refuse(type, name, "name a member: " + example, {}, kToFilter);
  out.member = std::string(name.substr(dot + 1));
  if (!model::is_attribute_name(out.member)) refuse(type, name, std::string(model::kAttributeNameRule), {});
  return out;
}

}  // namespace umsops::query
