// SPDX-License-Identifier: Apache-2.0
// Every number and name is checked here, not by the parser library.
#include "cli/flag_values.hpp"

#include "cli/language/phrases.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/base/chinese.hpp"
#include "umsops/base/number.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

[[noreturn]] void refuse(Flag const& flag, std::string const& value, std::string expected, std::string const& best,
                         base::Language language) {
  std::string const name = "--" + std::string(flag.name);
  std::string const suggestion = best.empty() ? "" : say(Phrase::did_you_mean, language, {{"word", best}});
  base::Error error(base::errors::usage_bad_value, {{"flag", name},
                                                    {"value", "'" + value.substr(0, 80) + "'"},
                                                    {"expected", std::move(expected)},
                                                    {"suggestion", suggestion}});
  base::Value detail;
  detail.add("flag", name);
  detail.add("value", value.substr(0, 80));
  if (!best.empty()) detail.add("suggestion", best);
  if (flag.choices != nullptr) {
    base::Value::List allowed;
    for (auto const choice : flag.choices()) allowed.emplace_back(choice);
    detail.add("allowed", std::move(allowed));
  }
  throw error.detail(std::move(detail));
}

std::string joined(std::span<std::string_view const> words) {
  std::string out;
  for (auto const word : words) out += (out.empty() ? "" : ", ") + std::string(word);
  return out;
}

bool same_word(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    auto const lower = [](char c) { return base::ascii_lower(c); };
    if (lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

std::string choose(Flag const& flag, std::string const& value, base::Language language) {
  auto const choices = flag.choices();
  std::string const narrow = base::narrow(value);
  for (auto const choice : choices) {
    if (same_word(choice, narrow)) return std::string(choice);
  }
  if (auto const meant = base::english_choice(value, choices); !meant.empty()) return std::string(meant);
  refuse(flag, value, say(Phrase::one_of, language, {{"choices", joined(choices)}}), base::nearest(value, choices),
         language);
}

std::string choose_each(Flag const& flag, std::string const& value, base::Language language) {
  std::string out;
  for (std::size_t at = 0; at <= value.size();) {
    auto const comma = std::min(value.find(',', at), value.size());
    out += (out.empty() ? "" : ",") + choose(flag, value.substr(at, comma - at), language);
    at = comma + 1;
  }
  return out;
}

}  // namespace

std::string check_value(Flag const& flag, std::string const& value, base::Language language) {
  switch (flag.type) {
    case FlagType::choice:
      return choose(flag, value, language);
    case FlagType::choices:
      return choose_each(flag, value, language);
    case FlagType::integer:
      if (!base::parse_integer(value, 0, INT64_MAX))
        refuse(flag, value, say(Phrase::whole_number, language), {}, language);
      return value;
    case FlagType::duration:
      if (!base::parse_duration(value)) refuse(flag, value, say(Phrase::duration, language), {}, language);
      return value;
    case FlagType::pair: {
      auto const equals = value.find('=');
      if (equals == 0 || equals == std::string::npos)
        refuse(flag, value, say(Phrase::name_value, language), {}, language);
      return value;
    }
    case FlagType::flag:
    case FlagType::text:
    case FlagType::texts:
    case FlagType::time:
    case FlagType::fields:
    case FlagType::file:
    case FlagType::directory:
      return value;
  }
  return value;
}

}  // namespace umsops::cli
