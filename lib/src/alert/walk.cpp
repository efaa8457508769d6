// SPDX-License-Identifier: Apache-2.0
// What paths, templates and conditions find in a body.
#include "alert/walk.hpp"

#include <algorithm>
#include <set>

#include "umsops/base/ascii.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"
#include "umsops/mail/text.hpp"

namespace umsops::alert {
namespace {

using base::Value;
using Step = Path::Step;
using Steps = std::vector<Step>;

// What a template may become: more than any field keeps, so that a body of megabytes is not copied again and again.
constexpr std::size_t kMostFilled = 128u << 10;

/// False: the caller has what it wants.
bool go(Value const& at, Steps::const_iterator step, Steps::const_iterator end,
        std::function<bool(Value const&)> const& take) {
  if (step == end) return at.is_null() || take(at);
  if (step->kind == Step::Kind::member) {
    auto const* const next = at.find(step->name);
    return next == nullptr || go(*next, step + 1, end, take);
  }
  auto const* const list = at.get_if<Value::List>();
  if (list == nullptr) return true;
  if (step->kind == Step::Kind::all) {
    return std::all_of(list->begin(), list->end(), [&](Value const& item) { return go(item, step + 1, end, take); });
  }
  auto const size = static_cast<std::int64_t>(list->size());
  auto const index = step->index < 0 ? size + step->index : step->index;
  return index < 0 || index >= size || go((*list)[static_cast<std::size_t>(index)], step + 1, end, take);
}

bool is_plural(Path const& path) {
  return std::any_of(path.steps.begin(), path.steps.end(), [](Step const& s) { return s.kind == Step::Kind::all; });
}

std::string filtered(Template::Filter filter, Value const& value) {
  if (filter == Template::Filter::fingerprint) return fingerprint(value);
  std::string text = text_of(value);
  if (filter == Template::Filter::lower) return base::ascii_lower(text);
  if (filter == Template::Filter::first_line) return text.substr(0, text.find_first_of("\r\n"));
  return text;
}

bool append(Template::Piece const& piece, Scope const& scope, std::string& out) {
  bool any = false;
  bool const plural = is_plural(*piece.path);
  each_value(*piece.path, scope, [&](Value const& value) {
    auto const text = filtered(piece.filter, value);
    if (text.empty() || text == "{}" || text == "[]") return plural;
    if (any) out += ", ";
    out += base::first_bytes(text, kMostFilled - std::min(out.size(), kMostFilled));
    any = true;
    return plural && out.size() < kMostFilled;
  });
  return any;
}

/// The one value that the template is; null: there is text around it, too.
Template::Piece const* only_value(Template const& text) {
  return text.pieces.size() == 1 && text.pieces[0].path ? text.pieces.data() : nullptr;
}

/// The words between commas, without the blanks around them; false: `take` has enough.
bool each_word(std::string_view text, std::function<bool(std::string)> const& take) {
  while (!text.empty()) {
    auto const end = std::min(text.find(','), text.size());
    if (!take(std::string(mail::trimmed(text.substr(0, end), " \t\'")))) return false;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return true;
}

bool is_text(Condition const& condition, Value const& value) {
  if (value.get_if<Value::Object>() != nullptr || value.get_if<Value::List>() != nullptr) return false;
  auto const& values = condition.values;
  return std::find(values.begin(), values.end(), base::ascii_lower(text_of(value))) != values.end();
}

}  // namespace

void each_value(Path const& path, Scope const& scope, std::function<bool(Value const&)> const& take) {
  Value const* const root = path.root == Path::Root::body    ? scope.body
                            : path.root == Path::Root::event ? scope.event
                                                             : scope.extracted;
  if (root != nullptr) go(*root, path.steps.begin(), path.steps.end(), take);
}

Value const* value_at(Path const& path, Scope const& scope) {
  Value const* found = nullptr;
  each_value(path, scope, [&](Value const& value) {
    found = &value;
    return false;
  });
  return found;
}

std::string text_of(Value const& value) {
  if (auto const* text = value.get_if<std::string>()) return *text;
  if (value.is_null()) return "";
  return base::to_json(value);
}

bool fill(Template const& text, Scope const& scope, std::string& out) {
  out.clear();
  for (auto const& piece : text.pieces) {
    if (!piece.path) {
      out += piece.text;
    } else if (!append(piece, scope, out)) {
      return false;
    }
  }
  return true;
}

bool choose(Choice const& choice, Scope const& scope, std::string& out) {
  return std::any_of(choice.begin(), choice.end(), [&](Template const& text) { return fill(text, scope, out); });
}

std::vector<std::string> all_of(Choice const& choice, Scope const& scope, std::size_t most) {
  std::vector<std::string> all;
  std::set<std::string> seen;
  auto const add = [&](std::string text) {
    if (!text.empty() && seen.insert(text).second) all.push_back(std::move(text));
    return all.size() < most;
  };
  for (auto const& text : choice) {
    if (auto const* const piece = only_value(text)) {
      each_value(*piece->path, scope, [&](Value const& value) {
        if (piece->filter == Template::Filter::list) return each_word(text_of(value), add);
        auto const* const list = value.get_if<Value::List>();
        if (list == nullptr) return add(filtered(piece->filter, value));
        return std::all_of(list->begin(), list->end(),
                           [&](Value const& item) { return add(filtered(piece->filter, item)); });
      });
    } else if (std::string filled; fill(text, scope, filled)) {
      add(std::move(filled));
    }
  }
  return all;
}

std::string places_of(Choice const& choice) {
  std::string out;
  for (auto const& text : choice) out += (out.empty() ? "" : ", ") + text.text;
  return out;
}

std::string fingerprint(Value const& labels) {
  auto const* const members = labels.get_if<Value::Object>();
  if (members == nullptr || members->empty()) return "";
  std::vector<std::pair<std::string_view, std::string>> sorted;
  for (auto const& [name, value] : *members) sorted.emplace_back(name, text_of(value));
  std::sort(sorted.begin(), sorted.end());
  // FNV-1a over names and values, each followed by a byte 0xFF.
  std::uint64_t sum = 14695981039346656037u;
  auto const add = [&sum](std::string_view text) {
    for (char const c : text) sum = (sum ^ static_cast<unsigned char>(c)) * 1099511628211u;
    sum = (sum ^ 0xFFu) * 1099511628211u;
  };
  for (auto const& [name, value] : sorted) {
    add(name);
    add(value);
  }
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out(16, '0');
  for (std::size_t i = 16; i-- > 0; sum >>= 4) out[i] = kDigits[sum & 15];
  return out;
}

bool holds(Condition const& condition, Scope const& scope, Patterns const& patterns) {
  using Test = Condition::Test;
  if (condition.test == Test::any) {
    auto const& children = condition.children;
    return std::any_of(children.begin(), children.end(), [&](auto const& c) { return holds(c, scope, patterns); });
  }
  if (condition.test == Test::exists) return value_at(condition.path, scope) != nullptr;
  if (condition.test == Test::absent) return value_at(condition.path, scope) == nullptr;
  bool found = false;
  each_value(condition.path, scope, [&](Value const& value) {
    if (condition.test == Test::is) {
      found = is_text(condition, value);
    } else {
      rules::RegexMatch match;
      found = patterns.find(condition.regex, text_of(value), false, match);
    }
    return !found;
  });
  return found;
}

bool all_hold(std::vector<Condition> const& conditions, Scope const& scope, Patterns const& patterns) {
  return std::all_of(conditions.begin(), conditions.end(),
                     [&](Condition const& condition) { return holds(condition, scope, patterns); });
}

}  // namespace umsops::alert
