// SPDX-License-Identifier: Apache-2.0
#include "umsops/mute/matcher.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <optional>

#include "mute/matcher_text.hpp"
#include "rules/regexes.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"

namespace umsops::mute {
namespace {

// FROZEN: hashed. They stand in stored silences.
constexpr std::array<std::string_view, 4> kOps{"=", "!=", "=~", "!~"};
constexpr std::size_t kLongestName = 512, kLongestValue = 4096;  // code points

std::optional<MatchOp> parse_op(std::string_view text) {
  auto const found = std::find(kOps.begin(), kOps.end(), text);
  return found == kOps.end() ? std::nullopt : std::optional(static_cast<MatchOp>(found - kOps.begin()));
}

bool is_expression(MatchOp op) { return op == MatchOp::matches || op == MatchOp::not_matches; }

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

/// The alternatives of `a|b|c`, where none of them is empty or holds anything that an expression gives a meaning.
std::vector<std::string> plain_alternatives(std::string_view pattern) {
  if (pattern.find_first_of(R"(\.+*?()[]{}^$)") != std::string_view::npos) return {};
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= pattern.size();) {
    std::size_t const end = std::min(pattern.find('|', at), pattern.size());
    if (end == at) return {};
    out.emplace_back(pattern.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

std::vector<std::string> alternatives_of(MatchOp op, std::string const& value) {
  if (is_expression(op)) return plain_alternatives(value);
  return value.empty() ? std::vector<std::string>{} : std::vector<std::string>{value};
}

void refuse_unsound(std::string const& name, MatchOp op, std::string const& value) {
  std::string const shown = name + std::string(to_string(op)) + value;
  if (name.empty()) refuse_matcher(shown, 0, "a label needs a name");
  if (auto const fault = base::text_fault(name, base::TextShape::line, kLongestName))
    refuse_matcher(shown, 0, "name of the label: " + *fault);
  if (auto const fault = base::text_fault(value, base::TextShape::block, kLongestValue))
    refuse_matcher(shown, name.size(), "value: " + *fault);
  if (!is_expression(op) || value.empty()) return;
  auto const check = rules::check_regex(value);
  if (!check.problem.empty()) refuse_matcher(shown, name.size() + 2, check.problem);
}

}  // namespace

struct Matcher::Expression {
  std::once_flag once;
  std::unique_ptr<re2::RE2 const> regex;
};

std::string_view label(Labels const& labels, std::string_view name) {
  auto const found = labels.find(name);
  return found == labels.end() ? std::string_view() : std::string_view(found->second);
}

std::string_view to_string(MatchOp op) { return kOps[static_cast<std::size_t>(op)]; }

Matcher::Matcher(std::string name, MatchOp op, std::string value)
    : Matcher(std::move(name), op, std::move(value), Checked{}) {
  refuse_unsound(name_, op_, value_);
}

Matcher Matcher::stored(std::string name, MatchOp op, std::string value) {
  return Matcher(std::move(name), op, std::move(value), Checked{});
}

Matcher::Matcher(std::string name, MatchOp op, std::string value, Checked)
    : name_(std::move(name)), value_(std::move(value)), op_(op), alternatives_(alternatives_of(op_, value_)) {
  if (is_expression(op_)) expression_ = std::make_shared<Expression>();
}

bool Matcher::matches(std::string_view value, MatchCost* cost) const {
  if (cost) ++cost->matchers;
  bool const wanted = op_ == MatchOp::equal || op_ == MatchOp::matches;
  if (!is_expression(op_)) return (value == value_) == wanted;
  // Plain alternatives are compared without an expression, whose first run costs its compilation.
  if (!alternatives_.empty())
    return (std::find(alternatives_.begin(), alternatives_.end(), value) != alternatives_.end()) == wanted;
  if (cost) ++cost->expressions;
  std::call_once(expression_->once, [this] {
    re2::RE2::Options options;
    options.set_log_errors(false);
    expression_->regex = std::make_unique<re2::RE2 const>(piece(value_), options);
  });
  return expression_->regex->ok() && re2::RE2::FullMatch(piece(value), *expression_->regex) == wanted;
}

std::span<std::string const> Matcher::alternatives() const {
  if (op_ == MatchOp::not_equal || op_ == MatchOp::not_matches) return {};
  return alternatives_;
}

bool Matcher::matches_absence() const { return matches({}); }

bool matches(Matchers const& matchers, Labels const& labels, MatchCost* cost) {
  return std::all_of(matchers.begin(), matchers.end(),
                     [&](Matcher const& matcher) { return matcher.matches(label(labels, matcher.name()), cost); });
}

base::Value to_value(Matchers const& matchers) {
  base::Value::List out;
  for (Matcher const& matcher : matchers)
    out.emplace_back(base::Value::List{matcher.name(), to_string(matcher.op()), matcher.value()});
  return out;
}

Matchers stored_matchers(base::Value const& value) {
  Matchers out;
  auto const* const items = value.get_if<base::Value::List>();
  if (!items) return out;
  for (auto const& item : *items) {
    auto const* const parts = item.get_if<base::Value::List>();
    auto const op = parts && parts->size() == 3 ? parse_op((*parts)[1].text()) : std::nullopt;
    if (!op) throw base::Error(base::errors::store_damaged, {{"problem", "a matcher is unreadable"}});
    out.push_back(Matcher::stored(std::string((*parts)[0].text()), *op, std::string((*parts)[2].text())));
  }
  return out;
}

}  // namespace umsops::mute
