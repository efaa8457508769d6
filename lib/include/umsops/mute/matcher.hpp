// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/value.hpp"

namespace umsops::mute {

/// Labels of an alert or an incident. One that is missing is the same as an empty one.
using Labels = std::map<std::string, std::string, std::less<>>;

/// The value of that label; empty: it has none.
std::string_view label(Labels const& labels, std::string_view name);

enum class MatchOp { equal, not_equal, matches, not_matches };
std::string_view to_string(MatchOp op);  ///< `=`, `!=`, `=~`, `!~`

/// What the evaluation of matchers cost, for tests and measurements.
struct MatchCost {
  std::size_t matchers = 0;
  std::size_t expressions = 0;  ///< regular expressions among them that had to be run
};

/// One condition on one label, as Alertmanager has it. An expression (RE2) must match the whole value. It is compiled
/// when first needed, once for all copies of the matcher.
class Matcher {
 public:
  /// Throws `matcher.invalid` for a name or value with control characters, for one that is too long, and for an
  /// expression that RE2 refuses or that is too costly.
  Matcher(std::string name, MatchOp op, std::string value);
  /// One that was checked before, read back from the store. An expression that cannot be compiled any more matches no
  /// label set: it then mutes nobody.
  static Matcher stored(std::string name, MatchOp op, std::string value);

  std::string const& name() const { return name_; }
  std::string const& value() const { return value_; }
  MatchOp op() const { return op_; }
  bool matches(std::string_view value, MatchCost* cost = nullptr) const;
  /// Whether a set of labels without this one satisfies it.
  bool matches_absence() const;
  /// The values that satisfy it, none of them empty, where these can be listed: one for `=`, several for an expression
  /// of plain alternatives (`a|b`). Empty: they cannot.
  std::span<std::string const> alternatives() const;
  /// `name="value"`, with quotes around a name that needs them; parse_matcher reads it back as it was.
  std::string text() const;

  friend bool operator==(Matcher const& a, Matcher const& b) {
    return a.op_ == b.op_ && a.name_ == b.name_ && a.value_ == b.value_;
  }

 private:
  struct Expression;
  struct Checked {};
  Matcher(std::string name, MatchOp op, std::string value, Checked);

  std::string name_, value_;
  MatchOp op_;
  std::vector<std::string> alternatives_;   ///< listed in the value, whether they are wanted or not
  std::shared_ptr<Expression> expression_;  ///< of `=~` and `!~`
};

/// All must hold.
using Matchers = std::vector<Matcher>;

bool matches(Matchers const& matchers, Labels const& labels, MatchCost* cost = nullptr);
/// `{a="b",c=~"d"}`.
std::string text_of(Matchers const& matchers);

/// `[["name","=","value"],...]`, and back without another check.
base::Value to_value(Matchers const& matchers);
Matchers stored_matchers(base::Value const& value);

/// Reads one matcher as Alertmanager 0.27 and later do: `severity="critical"`, `instance=~web.*`, `"名称"!="值"`. Where
/// the older and the newer syntax of that program both take a text, the older one decides what it means. Throws
/// `matcher.invalid` with the place.
Matcher parse_matcher(std::string_view text);
/// The same for a list, with or without braces: `{a="b", c=~"d"}`. An empty list is none.
Matchers parse_matchers(std::string_view text);

}  // namespace umsops::mute
