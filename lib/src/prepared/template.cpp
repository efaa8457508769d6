// SPDX-License-Identifier: Apache-2.0
#include "umsops/prepared/template.hpp"

#include <algorithm>
#include <iterator>

#include "umsops/base/text.hpp"
#include "umsops/notify/fill.hpp"

namespace umsops::prepared {
namespace {

using base::Error;
using base::Value;

constexpr std::size_t kLongestInput = 2000;

constexpr std::string_view kTicket[] = {
    "ticket.number",      "ticket.title",    "ticket.status",       "ticket.priority", "ticket.category",
    "ticket.subcategory", "ticket.service",  "ticket.assignee",     "ticket.team",     "ticket.resolution",
    "ticket.created",     "ticket.approver", "ticket.approval_due",
};
constexpr std::string_view kRequester[] = {
    "requester.id",         "requester.name", "requester.mail",    "requester.phone",
    "requester.department", "requester.site", "requester.manager",
};
constexpr std::string_view kAgent[] = {"agent.id", "agent.name", "agent.team", "agent.mail", "agent.phone"};

void add(std::vector<std::string_view>& names, std::vector<std::string_view> const& more) {
  names.insert(names.end(), more.begin(), more.end());
}

/// One line: what values bring must not make more of it.
std::string one_line(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  return std::string(base::trimmed(text));
}

/// Without the empty lines that sections left at its ends, and with one where they left several.
std::string block(std::string const& text) {
  std::string out;
  int ends = 0;
  for (char const c : base::trimmed(text)) {
    ends = c == '\n' ? ends + 1 : 0;
    if (ends <= 2) out += c;
  }
  return out;
}

[[noreturn]] void refuse(std::string const& name, std::string const& value, std::string expected, std::string hint) {
  throw Error(base::errors::usage_bad_value, {{"flag", "--with " + base::shortened(name, 80)},
                                              {"value", base::shortened(value, 80)},
                                              {"expected", std::move(expected)},
                                              {"suggestion", std::move(hint)}});
}

void check_given(Template const& one, Pairs const& given) {
  std::vector<std::string_view> names;
  for (auto const& input : one.inputs) names.push_back(input.name);
  for (auto const& [name, value] : given) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      auto const near = base::nearest(name, names);
      refuse(name, value, "an input of " + one.name,
             near.empty() ? "see: umsops template show " + one.name : "did you mean " + near + "?");
    }
    bool const sound = !base::check_text(value, base::TextShape::block) && value.size() <= kLongestInput;
    if (!sound) refuse(name, base::terminal_text(value, base::TextShape::line), "a text of 2000 bytes at most", "");
  }
}

}  // namespace

std::string_view to_string(Use use) { return use == Use::reply ? "reply" : "ticket"; }

std::vector<std::string_view> ticket_names() { return {std::begin(kTicket), std::end(kTicket)}; }
std::vector<std::string_view> requester_names() { return {std::begin(kRequester), std::end(kRequester)}; }
std::vector<std::string_view> agent_names() { return {std::begin(kAgent), std::end(kAgent)}; }

std::vector<std::string_view> names_of(Template const& one) {
  std::vector<std::string_view> names;
  if (one.use == Use::reply) add(names, ticket_names());
  add(names, requester_names());
  add(names, agent_names());
  for (auto const& input : one.inputs) names.push_back(input.name);
  return names;
}

Value with_inputs(Template const& one, Pairs const& given, Value const& facts) {
  check_given(one, given);
  Value out = facts;
  for (auto const& input : one.inputs) {
    auto const said =
        std::find_if(given.rbegin(), given.rend(), [&](auto const& pair) { return pair.first == input.name; });
    if (said == given.rend() && !input.fallback)
      throw Error(base::errors::usage_missing, {{"what", "--with " + input.name + "=VALUE"}, {"command", "template"}});
    out.add(input.name, said == given.rend() ? *input.fallback : said->second);
  }
  return out;
}

std::string reply_text(Template const& one, base::Language language, Value const& facts) {
  return block(notify::filled(one.text.in(language), facts));
}

FilledTicket filled_ticket(TicketForm const& form, base::Language language, Value const& facts) {
  FilledTicket out;
  out.title = one_line(notify::filled(form.title.in(language), facts));
  out.description = block(notify::filled(form.description.in(language), facts));
  for (auto const& [name, text] : form.attributes) {
    auto value = one_line(notify::filled(text, facts));
    if (!value.empty()) out.attributes.emplace_back(name, std::move(value));
  }
  for (auto const& text : form.tags) {
    auto tag = one_line(notify::filled(text, facts));
    if (!tag.empty()) out.tags.push_back(std::move(tag));
  }
  return out;
}

base::Language language_named(std::string_view name) {
  bool const chinese = name.size() >= 2 && (name[0] == 'z' || name[0] == 'Z') && (name[1] == 'h' || name[1] == 'H') &&
                       (name.size() == 2 || name[2] == '-' || name[2] == '_');
  return chinese ? base::Language::zh : base::Language::en;
}

}  // namespace umsops::prepared
