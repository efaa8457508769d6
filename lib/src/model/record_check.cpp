// SPDX-License-Identifier: Apache-2.0
#include "model/record_check.hpp"

#include <algorithm>
#include <array>

#include "model/refusal.hpp"

namespace umsops::model {
namespace {

using base::FieldType;
using base::TextShape;

constexpr std::array<std::string_view, 7> kOrigins{"caller", "rule", "model", "default", "import", "hook", "ladder"};

// What looks like nothing: ASCII blanks, the no-break, typographic, ideographic and zero-width ones.
constexpr std::string_view kBlanks[] = {" ",      "\t",     "\n",     "\u00a0", "\u1680", "\u2000", "\u2001",
                                        "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007", "\u2008",
                                        "\u2009", "\u200a", "\u200b", "\u200c", "\u200d", "\u2028", "\u2029",
                                        "\u202f", "\u205f", "\u2060", "\u3000", "\u3164", "\ufeff"};

}  // namespace

bool is_blank(std::string_view text) {
  while (!text.empty()) {
    auto const* const found =
        std::find_if(std::begin(kBlanks), std::end(kBlanks), [&](std::string_view b) { return text.starts_with(b); });
    if (found == std::end(kBlanks)) return false;
    text.remove_prefix(found->size());
  }
  return true;
}

void check_text(std::vector<Problem>& out, std::string_view field, std::string_view text, TextShape shape,
                std::size_t longest) {
  if (auto const fault = base::text_fault(text, shape, longest)) out.push_back({std::string(field), *fault});
}

void check_texts(std::vector<Problem>& out, base::RecordType const& type,
                 std::function<std::string_view(std::size_t field)> const& text_of) {
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    base::Field const& field = type.fields[i];
    if (field.type != FieldType::text && field.type != FieldType::block) continue;
    auto const shape = field.type == FieldType::block ? TextShape::block : TextShape::line;
    check_text(out, field.name, text_of(i), shape, field.max_length);
  }
}

void check_times(std::vector<Problem>& out, base::RecordType const& type,
                 std::function<base::Value(std::size_t field)> const& get) {
  constexpr std::int64_t kEnd = 253'402'300'800'000;  // 10000-01-01
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    base::Value const value = type.fields[i].type == FieldType::time ? get(i) : base::Value();
    auto const* at = value.get_if<TimePoint>();
    if (!at) continue;
    auto const ms = at->time_since_epoch().count();
    if (ms < 0) out.push_back({std::string(type.fields[i].name), "before 1970"});
    if (ms >= kEnd) out.push_back({std::string(type.fields[i].name), "after the year 9999"});
  }
}

void check_attributes(std::vector<Problem>& out, Attributes const& attributes) {
  if (attributes.size() > kMostAttributes) {
    out.push_back({"attributes", "more than " + std::to_string(kMostAttributes)});
    return;
  }
  for (auto it = attributes.begin(); it != attributes.end(); ++it) {
    std::string const field = "attributes." + echo(it->first);
    if (!is_attribute_name(it->first)) out.push_back({field, std::string(kAttributeNameRule)});
    bool const twice = std::any_of(attributes.begin(), it, [&](auto const& a) { return a.first == it->first; });
    if (twice) out.push_back({field, "given twice"});
    check_text(out, field, it->second, TextShape::block, kLongestAttribute);
  }
}

void check_classification(std::vector<Problem>& out, Classification const& classification) {
  auto const check = [&](std::string_view text) {
    if (auto const fault = base::text_fault(text, TextShape::block, 0)) {
      out.push_back({"classification", *fault + " of a text"});
    }
  };
  check(classification.rules_version);
  check(classification.model_version);
  for (auto const& decision : classification.decisions) {
    for (auto const* text : {&decision.field, &decision.value, &decision.suggested, &decision.rule, &decision.file,
                             &decision.model, &decision.doubt}) {
      check(*text);
    }
    for (auto const& word : decision.words) check(word);
    if (std::find(kOrigins.begin(), kOrigins.end(), decision.origin) == kOrigins.end()) {
      out.push_back({"classification",
                     "the origin " + echo(decision.origin) + " is not caller, rule, model, default, import or hook"});
    }
  }
}

}  // namespace umsops::model
