// SPDX-License-Identifier: Apache-2.0
// Inside -w: the fields that may be asked for, and the values that one may have.
#include "cli/completion/candidates.hpp"
#include "cli/completion/records.hpp"
#include "cli/completion/values.hpp"
#include "umsops/model/requester.hpp"
#include "umsops/query/query.hpp"

namespace umsops::cli::offer {

namespace {

constexpr std::string_view kSigns = "=!<>~:";

/// Where the condition begins that is being written; npos: inside quotes.
std::size_t last_condition(std::string_view text) {
  std::size_t begin = 0;
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    if (quote != 0) {
      quote = c == quote && text[i - 1] != '\\' ? '\0' : quote;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == ' ' || c == '(' || c == ')' || (c == '!' && begin == i)) {
      begin = i + 1;
    }
  }
  return quote != 0 ? std::string_view::npos : begin;
}

void offer_names(Candidates& out, base::RecordType const& type) {
  for (auto const& field : type.fields) {
    if ((field.traits & base::kFilter) == 0) continue;
    bool const has_members = field.type == base::FieldType::object;
    out.add(std::string(field.name) + (has_members ? "." : "="), out.env().text({field.doc, field.doc_zh}));
  }
  if (type.searched) out.add("text~", out.env().text({"words anywhere in the text", "正文中的词语"}));
  if (type.find("requester_id")) {
    for (auto const fact : model::requester_fact_names()) out.add("requester." + std::string(fact) + "=");
  }
  out.add("not");
}

void offer_values(Candidates& out, base::Field const& field) {
  for (auto const choice : field.choices) out.add_item(choice);
  if (field.type == base::FieldType::time) return times(out);
  if (field.type == base::FieldType::boolean) {
    out.add("true");
    out.add("false");
  }
  if (field.name == "requester_id") return requesters(out);
  if ((field.traits & base::kPerson) != 0) {
    people(out);
  } else if (field.name == "team") {
    teams(out);
  } else if (field.type == base::FieldType::text && field.max_length <= 64) {
    values_in(out, field.name);
  }
  if ((field.traits & base::kAlways) == 0) out.add_item("none");
}

}  // namespace

void filter(Candidates& out) {
  auto const& type = type_for(out.command());
  auto const begin = last_condition(out.typed());
  if (begin == std::string_view::npos) return;
  out.keep(begin);
  std::string const condition = out.typed();
  auto const sign = condition.find_first_of(kSigns);
  if (sign == std::string::npos) return offer_names(out, type);
  out.keep(std::min(condition.find_first_not_of(kSigns, sign), condition.size()));
  offer_values(out, type.fields[query::resolve_field(condition.substr(0, sign), type)]);
}

}  // namespace umsops::cli::offer
