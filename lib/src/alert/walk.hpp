// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "rules/regexes.hpp"
#include "umsops/alert/sender.hpp"
#include "umsops/base/value.hpp"

namespace umsops::alert {

/// Where paths begin.
struct Scope {
  base::Value const* event = nullptr;
  base::Value const* body = nullptr;
  base::Value const* extracted = nullptr;
};

/// Calls `take` for each value at the path that is not null, until it says false.
void each_value(Path const& path, Scope const& scope, std::function<bool(base::Value const&)> const& take);
/// The first of them; null: there is none.
base::Value const* value_at(Path const& path, Scope const& scope);

/// A scalar as text, an object or a list as JSON.
std::string text_of(base::Value const& value);

/// The template with its values; false: one of them is null or empty.
bool fill(Template const& text, Scope const& scope, std::string& out);
/// The first template that can be filled.
bool choose(Choice const& choice, Scope const& scope, std::string& out);
/// What each of them gives, once each and not empty: a list its items. No more than `most`.
std::vector<std::string> all_of(Choice const& choice, Scope const& scope, std::size_t most);
/// What the choice looks at, for messages.
std::string places_of(Choice const& choice);

/// The name that Alertmanager gives to an alert with these labels: 16 hexadecimal digits.
std::string fingerprint(base::Value const& labels);

/// The expressions of all sender files, by their numbers.
struct Patterns {
  std::vector<std::string> texts;
  std::unique_ptr<rules::Regexes> compiled;

  bool find(std::uint32_t number, std::string_view text, bool with_groups, rules::RegexMatch& match) const {
    return compiled->find(number, texts[number], text, with_groups, match);
  }
};

bool holds(Condition const& condition, Scope const& scope, Patterns const& patterns);
bool all_hold(std::vector<Condition> const& conditions, Scope const& scope, Patterns const& patterns);

}  // namespace umsops::alert
