// SPDX-License-Identifier: Apache-2.0
// By what people are found, and what is told of them.
#include <algorithm>

#include "model/attributes.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/base/text.hpp"
#include "umsops/model/requester.hpp"

namespace umsops::model {
namespace {

constexpr std::string_view kFacts[] = {"account", "department", "directory", "language", "manager",
                                       "name",    "site",       "state",     "vip"};
constexpr std::string_view kAttributePart = "attributes_";
constexpr std::size_t kFewestDigits = 6;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// The digits of what is written as a phone number; empty: it is none.
std::string phone_digits(std::string_view text) {
  std::string digits;
  bool const begins = !text.empty() && (is_digit(text[0]) || text[0] == '+' || text[0] == '(');
  if (!begins || text.find_first_not_of("0123456789+-(). /") != std::string_view::npos) return {};
  for (char const c : text) {
    if (is_digit(c)) digits += c;
  }
  while (digits.starts_with("00")) digits.erase(0, 2);  // before the number of a country
  if (digits.size() < kFewestDigits) return {};
  // A mobile number of China has eleven digits and is written with and without its country.
  constexpr std::size_t kMobile = 11;
  if (digits.size() == kMobile + 2 && digits.starts_with("861")) digits.erase(0, 2);
  return digits;
}

}  // namespace

std::string lookup_name(std::string_view said) {
  std::string const text = base::narrow(said);
  std::string_view name = text;
  // CORP\zhang.wei
  if (auto const domain = name.rfind('\\'); domain != std::string_view::npos) name.remove_prefix(domain + 1);
  name = trimmed(name);
  auto digits = phone_digits(name);
  return digits.empty() ? base::ascii_lower(name) : digits;
}

std::vector<std::string> lookup_names(Requester const& requester) {
  std::vector<std::string> names;
  auto const add = [&](std::string_view said) {
    auto name = lookup_name(said);
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
  };
  add(requester.account);
  for (auto const* list : {&requester.mails, &requester.phones, &requester.aliases}) {
    for (auto const& said : *list) add(said);
  }
  return names;
}

std::string_view shown_name(Requester const& requester) {
  if (!requester.name.empty()) return requester.name;
  if (!requester.account.empty()) return requester.account;
  if (!requester.mails.empty()) return requester.mails.front();
  return requester.phones.empty() ? std::string_view() : std::string_view(requester.phones.front());
}

std::span<std::string_view const> requester_fact_names() { return kFacts; }

bool is_requester_fact(std::string_view name) {
  if (!name.starts_with(kRequesterPrefix)) return false;
  name.remove_prefix(kRequesterPrefix.size());
  if (name.starts_with(kAttributePart)) return is_attribute_name(name.substr(kAttributePart.size()));
  return std::find(std::begin(kFacts), std::end(kFacts), name) != std::end(kFacts);
}

std::vector<std::pair<std::string, std::string>> facts_of(Requester const& requester) {
  std::vector<std::pair<std::string, std::string>> facts;
  auto const add = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) facts.emplace_back(name, value);
  };
  add("account", requester.account);
  for (auto const& [name, value] : requester.attributes) add(std::string(kAttributePart) + name, value);
  add("department", requester.department);
  add("directory", requester.directory);
  add("language", requester.language);
  add("manager", requester.manager);
  add("name", requester.name);
  add("site", requester.site);
  add("state", to_string(requester.state));
  add("vip", requester.vip ? "true" : "false");
  return facts;
}

}  // namespace umsops::model
