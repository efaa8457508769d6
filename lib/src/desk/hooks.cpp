// SPDX-License-Identifier: Apache-2.0
#include "desk/hooks.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "model/changes.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using base::Value;

/// Hooks are programs of others: what they print is bounded before it is read or shown.
constexpr base::JsonLimits kOneRecord{.bytes = 4 << 20};
constexpr std::size_t kLongestFeedback = 2000;

[[noreturn]] void refuse_hook(std::string const& hook, std::string problem) {
  throw Error(base::errors::hook_invalid,
              {{"hook", hook}, {"problem", std::move(problem)}, {"suggestion", "see: umsops help hooks"}});
}

/// The record as -o json shows it, on one line.
std::string line_of(HookKind const& kind, base::Row const& row) {
  Value::Object object;
  for (std::size_t i = 0; i < row.size(); ++i) object.emplace_back(kind.type.fields[i].name, row[i]);
  return base::to_json(object) + "\n";
}

std::string input_of(HookKind const& kind, base::Row const& before, base::Row const& after) {
  return (before.empty() ? std::string() : line_of(kind, before)) + line_of(kind, after);
}

/// What a hook printed: one record, and what it says to people.
struct Printed {
  std::vector<std::string> records, feedback;
};

void divide(std::string_view text, bool records_too, Printed& out) {
  while (!text.empty()) {
    auto const end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    if (records_too && line.front() == '{') {
      out.records.emplace_back(line);
    } else {  // what is no text would break the message that it becomes part of
      bool const sound = !base::check_text(line, base::TextShape::line);
      out.feedback.push_back(sound ? std::string(line) : base::terminal_text(line, base::TextShape::line));
    }
  }
}

std::string joined(std::vector<std::string> const& lines) {
  std::string out;
  for (auto const& line : lines) out += (out.empty() ? "" : "; ") + line;
  if (out.size() <= kLongestFeedback) return out;
  std::size_t end = kLongestFeedback;
  // Not within a character of several bytes.
  while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0) == 0x80) --end;
  return out.substr(0, end) + "…";
}

[[noreturn]] void refuse_change(std::string const& hook, HookAnswer const& answer, Printed const& printed) {
  std::string const status = "exit " + std::to_string(answer.status);
  std::string const feedback = printed.feedback.empty() ? status : joined(printed.feedback);
  throw Error(base::errors::hook_refused, {{"hook", hook}, {"feedback", feedback}})
      .detail(Value::Object{{"hook", hook}, {"status", answer.status}, {"feedback", feedback}});
}

Value read_record(HookKind const& kind, std::string const& hook, Printed const& printed) {
  std::string const noun(kind.type.noun);
  if (printed.records.size() != 1) {
    refuse_hook(hook, printed.records.empty() ? "it printed no " + noun : "it printed more than one " + noun);
  }
  try {
    return base::parse_json(printed.records[0], hook, kOneRecord);
  } catch (Error const& error) {
    refuse_hook(hook, error.message());
  }
}

/// Only writable fields may be changed, and only what the hook printed otherwise than it was shown.
std::vector<std::pair<std::size_t, Value>> wanted_changes(HookKind const& kind, std::string const& hook,
                                                          base::Row const& row, Value const& printed) {
  // Compared as parsed from what the hook was shown: it may print the same value in another way.
  Value const shown = base::parse_json(line_of(kind, row), hook, kOneRecord);
  std::vector<std::pair<std::size_t, Value>> wanted;
  for (auto const& [name, value] : *printed.get_if<Value::Object>()) {
    Value const* const was = shown.find(name);
    // A field that came back unchanged may be one that hooks may not write.
    if (was && *was == value) continue;
    auto const field = kind.type.find(name);
    if (!field) refuse_hook(hook, "a " + std::string(kind.type.noun) + " has no field " + name.substr(0, 80));
    if ((kind.type.fields[*field].traits & base::kWritable) == 0) refuse_hook(hook, "it may not change " + name);
    wanted.emplace_back(*field, value);
  }
  return wanted;
}

/// Takes what the hook changed over into the record, and tells the names. What it left out stays as it was.
Value::List take_over(HookKind const& kind, std::string const& hook, base::Row& row, Value const& printed) {
  auto const wanted = wanted_changes(kind, hook, row, printed);
  base::Row after;
  try {
    after = kind.changed(row, wanted);
  } catch (Error const& error) {
    // Only what is wrong with its values is the fault of the hook.
    if (error.kind() != base::ErrorKind::invalid_input) throw;
    refuse_hook(hook, error.message());
  }
  Value::List names;
  for (auto const& change : model::changes_between(kind.type, row, after)) names.emplace_back(change.field);
  row = std::move(after);
  return names;
}

}  // namespace

void Hooks::begin_transaction() {
  // The transaction may run several times; only its last run counts.
  questions_.clear();
  feedback_.clear();
  within_ = true;
}

std::vector<std::string> const& Hooks::hooks(std::string_view occasion) {
  auto const known = hooks_.find(occasion);
  return known != hooks_.end() ? known->second : hooks_.emplace(occasion, runner_->hooks(occasion)).first->second;
}

Hooked Hooks::look_up(HookKind const& kind, base::Row const& before, base::Row const& after) {
  if (!active() || hooks(before.empty() ? kOnAdd : kOnModify).empty()) return {after, {}, {}};
  // Anywhere else nothing would run the hooks, and the change would be stored unseen.
  if (!within_)
    throw Error(base::errors::internal, {{"problem", "a change that hooks should see, outside of OpenDesk::write"}});
  std::string key = input_of(kind, before, after);
  // Found by what the hooks were shown: if anything in it changed since, they are asked again.
  if (auto const known = answers_.find(key); known != answers_.end()) {
    feedback_.insert(feedback_.end(), known->second.feedback.begin(), known->second.feedback.end());
    return known->second;
  }
  questions_.push_back({&kind, before, after, std::move(key)});
  return {after, {}, {}};
}

void Hooks::answer(std::function<void()> const& check_interrupted) {
  std::set<std::string> seen;
  for (auto const& question : questions_) {
    check_interrupted();
    // A second change of a record builds on the first, which its hooks may alter: it is asked in the next round.
    std::string const record(question.after[question.kind->type.require("id")].text());
    if (!seen.insert(std::string(question.kind->type.noun) + " " + record).second) continue;
    answers_.emplace(question.key, run(*question.kind, question.before, question.after));
  }
}

Hooked Hooks::run(HookKind const& kind, base::Row const& before, base::Row const& after) {
  if (!active()) return {after, {}, {}};
  Hooked out{after, {}, {}};
  Value::List ran;
  for (auto const& hook : hooks(before.empty() ? kOnAdd : kOnModify)) {
    // Each hook sees what those before it made of the record.
    HookAnswer const answer = runner_->run(hook, kind.type.noun, input_of(kind, before, out.row));
    Printed printed;
    divide(answer.output, true, printed);
    divide(answer.errors, false, printed);
    if (answer.status != 0) refuse_change(hook, answer, printed);
    for (auto const& line : printed.feedback) out.feedback.push_back(hook + ": " + line);
    auto changed = take_over(kind, hook, out.row, read_record(kind, hook, printed));
    ran.push_back(Value::Object{{"hook", hook}, {"changed", std::move(changed)}});
  }
  if (!ran.empty()) out.ran = std::move(ran);
  return out;
}

}  // namespace umsops::desk
