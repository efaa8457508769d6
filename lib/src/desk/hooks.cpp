// SPDX-License-Identifier: Apache-2.0
#include "desk/hooks.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "model/ticket_changes.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using base::Value;

constexpr base::JsonLimits kOneTicket{.bytes = 4 << 20};
constexpr std::size_t kLongestFeedback = 2000;

[[noreturn]] void refuse_hook(std::string const& hook, std::string problem) {
  throw Error(base::errors::hook_invalid,
              {{"hook", hook}, {"problem", std::move(problem)}, {"suggestion", "see: umsops help hooks"}});
}

/// The ticket as -o json shows it, on one line.
std::string line_of(model::Ticket const& ticket) {
  Value::Object object;
  auto const fields = model::ticket_type().fields;
  auto row = model::to_row(ticket);
  for (std::size_t i = 0; i < fields.size(); ++i) object.emplace_back(fields[i].name, std::move(row[i]));
  return base::to_json(object) + "\n";
}

std::string input_of(model::Ticket const* before, model::Ticket const& after) {
  return before ? line_of(*before) + line_of(after) : line_of(after);
}

/// What a hook printed: one ticket, and what it says to people.
struct Printed {
  std::vector<std::string> tickets, feedback;
};

void divide(std::string_view text, bool tickets_too, Printed& out) {
  while (!text.empty()) {
    auto const end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    if (tickets_too && line.front() == '{') {
      out.tickets.emplace_back(line);
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
  while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0) == 0x80) --end;
  return out.substr(0, end) + "…";
}

[[noreturn]] void refuse_change(std::string const& hook, HookAnswer const& answer, Printed const& printed) {
  std::string const status = "exit " + std::to_string(answer.status);
  std::string const feedback = printed.feedback.empty() ? status : joined(printed.feedback);
  throw Error(base::errors::hook_refused, {{"hook", hook}, {"feedback", feedback}})
      .detail(Value::Object{{"hook", hook}, {"status", answer.status}, {"feedback", feedback}});
}

Value read_ticket(std::string const& hook, Printed const& printed) {
  if (printed.tickets.size() != 1) {
    refuse_hook(hook, printed.tickets.empty() ? "it printed no ticket" : "it printed more than one ticket");
  }
  try {
    return base::parse_json(printed.tickets[0], hook, kOneTicket);
  } catch (Error const& error) {
    refuse_hook(hook, error.message());
  }
}

void set_field(std::string const& hook, model::Ticket& ticket, std::string const& name, Value const& value) {
  auto const field = model::ticket_type().find(name);
  if (!field) refuse_hook(hook, "a ticket has no field " + name.substr(0, 80));
  if ((model::ticket_type().fields[*field].traits & base::kWritable) == 0)
    refuse_hook(hook, "it may not change " + name);
  try {
    model::set(ticket, *field, value);
  } catch (Error const& error) {
    refuse_hook(hook, error.message());
  }
}

/// Takes what the hook changed over into the ticket, and tells the names. What it left out stays as it was.
Value::List take_over(std::string const& hook, model::Ticket& ticket, Value const& printed) {
  Value const shown = base::parse_json(line_of(ticket), hook, kOneTicket);
  model::Ticket const before = ticket;
  for (auto const& [name, value] : *printed.get_if<Value::Object>()) {
    Value const* const was = shown.find(name);
    if (!was || *was != value) set_field(hook, ticket, name, value);
  }
  if (auto const problems = model::check(ticket); !problems.empty()) {
    refuse_hook(hook, problems.front().field + ": " + problems.front().what);
  }
  Value::List names;
  for (auto const& change : model::changes_between(before, ticket)) {
    names.emplace_back(change.field);
    model::note_decision(ticket, change.field, change.after.text(), "hook");
  }
  return names;
}

}  // namespace

void Hooks::begin_transaction() {
  questions_.clear();
  feedback_.clear();
  within_ = true;
}

std::vector<std::string> const& Hooks::hooks(std::string_view occasion) {
  auto const known = hooks_.find(occasion);
  return known != hooks_.end() ? known->second : hooks_.emplace(occasion, runner_->hooks(occasion)).first->second;
}

Hooked Hooks::look_up(std::string_view occasion, model::Ticket const* before, model::Ticket const& after) {
  if (!active() || hooks(occasion).empty()) return {after, {}, {}};
  if (!within_)
    throw Error(base::errors::internal, {{"problem", "a change that hooks should see, outside of OpenDesk::write"}});
  std::string key = input_of(before, after);
  if (auto const known = answers_.find(key); known != answers_.end()) {
    feedback_.insert(feedback_.end(), known->second.feedback.begin(), known->second.feedback.end());
    return known->second;
  }
  questions_.push_back({occasion, before ? *before : model::Ticket(), after, std::move(key)});
  return {after, {}, {}};
}

void Hooks::answer(std::function<void()> const& check_interrupted) {
  std::set<std::string> seen;
  for (auto const& question : questions_) {
    check_interrupted();
    // A second change of a ticket builds on the first, which its hooks may alter: it is asked in the next round.
    if (!seen.insert(question.after.id).second) continue;
    bool const change = question.occasion == kOnModify;
    answers_.emplace(question.key, run(question.occasion, change ? &question.before : nullptr, question.after));
  }
}

Hooked Hooks::run(std::string_view occasion, model::Ticket const* before, model::Ticket const& after) {
  if (!active()) return {after, {}, {}};
  Hooked out{after, {}, {}};
  Value::List ran;
  for (auto const& hook : hooks(occasion)) {
    HookAnswer const answer = runner_->run(hook, model::ticket_type().noun, input_of(before, out.ticket));
    Printed printed;
    divide(answer.output, true, printed);
    divide(answer.errors, false, printed);
    if (answer.status != 0) refuse_change(hook, answer, printed);
    for (auto const& line : printed.feedback) out.feedback.push_back(hook + ": " + line);
    ran.push_back(Value::Object{{"hook", hook}, {"changed", take_over(hook, out.ticket, read_ticket(hook, printed))}});
  }
  if (!ran.empty()) out.ran = std::move(ran);
  return out;
}

}  // namespace umsops::desk
