// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "model/attributes.hpp"
#include "model/refusal.hpp"
#include "model/ticket_text.hpp"
#include "umsops/base/text.hpp"
#include "umsops/model/event.hpp"
#include "umsops/model/person.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::model {
namespace {

using base::FieldType;
using base::TextShape;
using base::Value;

constexpr std::size_t kMostAttributes = 64, kLongestAttribute = 1000;
constexpr std::array<std::string_view, 5> kOrigins{"caller", "rule", "default", "import", "hook"};

// What looks like nothing: ASCII blanks, the no-break, typographic, ideographic and zero-width ones.
constexpr std::string_view kBlanks[] = {" ",      "\t",     "\n",     "\u00a0", "\u1680", "\u2000", "\u2001",
                                        "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007", "\u2008",
                                        "\u2009", "\u200a", "\u200b", "\u200c", "\u200d", "\u2028", "\u2029",
                                        "\u202f", "\u205f", "\u2060", "\u3000", "\u3164", "\ufeff"};

bool blank(std::string_view text) {
  while (!text.empty()) {
    auto const* const found =
        std::find_if(std::begin(kBlanks), std::end(kBlanks), [&](std::string_view b) { return text.starts_with(b); });
    if (found == std::end(kBlanks)) return false;
    text.remove_prefix(found->size());
  }
  return true;
}

void check_one_text(std::vector<Problem>& out, std::string_view field, std::string_view text, TextShape shape,
                    std::size_t longest) {
  if (auto const fault = base::text_fault(text, shape, longest)) out.push_back({std::string(field), *fault});
}

void check_texts(std::vector<Problem>& out, Ticket const& ticket) {
  auto const fields = ticket_type().fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].type != FieldType::text && fields[i].type != FieldType::block) continue;
    auto const shape = fields[i].type == FieldType::block ? TextShape::block : TextShape::line;
    check_one_text(out, fields[i].name, text_of(ticket, i), shape, fields[i].max_length);
  }
  if (blank(ticket.title)) out.push_back({"title", "cannot be empty"});
}

void check_attributes(std::vector<Problem>& out, Ticket const& ticket) {
  if (ticket.attributes.size() > kMostAttributes) {
    out.push_back({"attributes", "more than " + std::to_string(kMostAttributes)});
    return;
  }
  for (auto it = ticket.attributes.begin(); it != ticket.attributes.end(); ++it) {
    std::string const field = "attributes." + echo(it->first);
    if (!is_attribute_name(it->first)) out.push_back({field, std::string(kAttributeNameRule)});
    bool const twice = std::any_of(ticket.attributes.begin(), it, [&](auto const& a) { return a.first == it->first; });
    if (twice) out.push_back({field, "given twice"});
    check_one_text(out, field, it->second, TextShape::block, kLongestAttribute);
  }
}

/// Its texts come from rules and from imports: sound characters, but no lengths of their own.
void check_classification(std::vector<Problem>& out, Classification const& classification) {
  auto const check = [&](std::string_view text) {
    if (auto const fault = base::text_fault(text, TextShape::block, 0)) {
      out.push_back({"classification", *fault + " of a text"});
    }
  };
  check(classification.rules_version);
  for (auto const& decision : classification.decisions) {
    for (auto const* text : {&decision.field, &decision.value, &decision.suggested, &decision.rule, &decision.file}) {
      check(*text);
    }
    for (auto const& word : decision.words) check(word);
    if (std::find(kOrigins.begin(), kOrigins.end(), decision.origin) == kOrigins.end()) {
      out.push_back(
          {"classification", "the origin " + echo(decision.origin) + " is not caller, rule, default, import or hook"});
    }
  }
}

/// Every time lies in the years that four digits can write; what follows the filing does not precede it.
void check_times(std::vector<Problem>& out, Ticket const& ticket) {
  constexpr std::int64_t kEnd = 253'402'300'800'000;  // 10000-01-01
  auto const fields = ticket_type().fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    Value const value = fields[i].type == FieldType::time ? get(ticket, i) : Value();
    auto const* at = value.get_if<TimePoint>();
    if (!at) continue;
    std::string_view const name = fields[i].name;
    auto const refuse = [&](char const* what) { out.push_back({std::string(name), what}); };
    auto const ms = at->time_since_epoch().count();
    if (ms < 0) refuse("before 1970");
    if (ms >= kEnd) refuse("after the year 9999");
    bool const follows = name == "updated_at" || name == "resolved_at" || name == "closed_at";
    if (follows && *at < ticket.created_at) refuse("before created_at");
  }
  if (ticket.closed_at && ticket.status != TicketStatus::closed) out.push_back({"closed_at", "set, but not CLOSED"});
}

void check_numbers(std::vector<Problem>& out, Ticket const& ticket) {
  auto const negative = [](std::optional<std::int64_t> const& minutes) { return minutes && *minutes < 0; };
  if (negative(ticket.response_time_minutes)) out.push_back({"response_time_minutes", "negative"});
  if (negative(ticket.resolution_time_minutes)) out.push_back({"resolution_time_minutes", "negative"});
  if (ticket.rev < 1) out.push_back({"rev", "not a number from 1"});
}

}  // namespace

std::vector<Problem> check(Ticket const& ticket) {
  std::vector<Problem> out;
  check_texts(out, ticket);
  check_attributes(out, ticket);
  check_classification(out, ticket.classification);
  check_times(out, ticket);
  check_numbers(out, ticket);
  return out;
}

std::vector<Problem> check(Response const& response) {
  std::vector<Problem> out;
  check_one_text(out, "responder_id", response.responder_id, TextShape::line, kLongestPerson);
  check_one_text(out, "content", response.content, TextShape::block, 65'536);
  if (blank(response.content)) out.push_back({"content", "cannot be empty"});
  return out;
}

}  // namespace umsops::model
