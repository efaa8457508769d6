// SPDX-License-Identifier: Apache-2.0
// An execution as one value: what the store keeps beside the columns that are looked for.
#include <algorithm>

#include "umsops/base/error.hpp"
#include "umsops/runbook/execution.hpp"

namespace umsops::runbook {
namespace {

using base::Value;

[[noreturn]] void damaged(std::string_view what) {
  throw base::Error(base::errors::store_damaged, {{"problem", "an execution whose " + std::string(what) + " is none"}});
}

Value object_of(Pairs const& pairs) {
  Value::Object out;
  for (auto const& [name, value] : pairs) out.emplace_back(name, value);
  return out;
}

Pairs pairs_of(Value const* value) {
  Pairs out;
  if (auto const* const members = value ? value->get_if<Value::Object>() : nullptr)
    for (auto const& [name, text] : *members) out.emplace_back(name, std::string(text.text()));
  return out;
}

/// Adds what is not empty.
class Packer {
 public:
  void text(std::string_view name, std::string const& text) {
    if (!text.empty()) out_.add(name, text);
  }
  void number(std::string_view name, std::int64_t number) {
    if (number != 0) out_.add(name, number);
  }
  void flag(std::string_view name, bool flag) {
    if (flag) out_.add(name, true);
  }
  void time(std::string_view name, std::optional<base::TimePoint> const& at) {
    if (at) out_.add(name, std::int64_t{at->time_since_epoch().count()});
  }
  void value(std::string_view name, Value value) { out_.add(name, std::move(value)); }
  Value take() { return out_.is_null() ? Value(Value::Object{}) : std::move(out_); }

 private:
  Value out_;
};

std::string text_in(Value const& value, std::string_view name) {
  auto const* const found = value.find(name);
  return found ? std::string(found->text()) : std::string();
}
std::optional<std::int64_t> number_in(Value const& value, std::string_view name) {
  auto const* const found = value.find(name);
  auto const* const number = found ? found->get_if<std::int64_t>() : nullptr;
  return number ? std::optional(*number) : std::nullopt;
}
bool flag_in(Value const& value, std::string_view name) { return value.find(name) != nullptr; }
std::optional<base::TimePoint> time_in(Value const& value, std::string_view name) {
  auto const number = number_in(value, name);
  return number ? std::optional(base::TimePoint(base::Milliseconds(*number))) : std::nullopt;
}

template <class Enum>
Enum choice_in(Value const& value, std::string_view name, std::span<std::string_view const> names, Enum fallback) {
  auto const text = text_in(value, name);
  if (text.empty()) return fallback;
  auto const found = std::find(names.begin(), names.end(), text);
  if (found == names.end()) damaged(name);
  return static_cast<Enum>(found - names.begin());
}

constexpr std::string_view kParts[] = {"main", "on_error", "check", "rollback"};

Value packed_step(StepRecord const& record) {
  Packer out;
  if (record.state != StepState::pending) out.value("state", to_string(record.state));
  if (record.part != Part::main) out.value("part", to_string(record.part));
  if (record.rollback != Rollback::none)
    out.value("rollback", rollback_names()[static_cast<std::size_t>(record.rollback)]);
  out.number("attempts", record.attempts);
  out.time("started_at", record.started_at);
  out.time("ended_at", record.ended_at);
  out.flag("ok", record.ok);
  if (record.exit) out.value("exit", *record.exit);
  out.text("output", record.output);
  out.number("bytes", record.bytes);
  out.text("sha256", record.sha256);
  out.number("duration_ms", record.duration_ms);
  out.text("host", record.host);
  out.text("note", record.note);
  out.text("by", record.by);
  out.flag("passed_over", record.passed_over);
  out.flag("before", record.before);
  return out.take();
}

StepRecord unpacked_step(Value const& value) {
  StepRecord out;
  out.state = choice_in(value, "state", step_state_names(), StepState::pending);
  out.part = choice_in(value, "part", kParts, Part::main);
  out.rollback = choice_in(value, "rollback", rollback_names(), Rollback::none);
  out.attempts = number_in(value, "attempts").value_or(0);
  out.started_at = time_in(value, "started_at");
  out.ended_at = time_in(value, "ended_at");
  out.ok = flag_in(value, "ok");
  out.exit = number_in(value, "exit");
  out.output = text_in(value, "output");
  out.bytes = number_in(value, "bytes").value_or(0);
  out.sha256 = text_in(value, "sha256");
  out.duration_ms = number_in(value, "duration_ms").value_or(0);
  out.host = text_in(value, "host");
  out.note = text_in(value, "note");
  out.by = text_in(value, "by");
  out.passed_over = flag_in(value, "passed_over");
  out.before = flag_in(value, "before");
  return out;
}

Value time_value(std::optional<base::TimePoint> const& at) { return at ? Value(*at) : Value(); }

}  // namespace

Value packed(Execution const& execution) {
  Packer out;
  out.text("name", execution.name);
  out.text("title", execution.title);
  if (!execution.inputs.empty()) out.value("inputs", object_of(execution.inputs));
  if (!execution.facts.empty()) out.value("facts", object_of(execution.facts));
  out.text("file", execution.file);
  out.text("plan_hash", execution.plan_hash);
  out.text("resolution", execution.resolution);
  out.text("root_cause", execution.root_cause);
  if (execution.worker) {
    out.text("host", execution.worker->host);
    out.text("process", execution.worker->process);
  }
  out.time("lease_until", execution.lease_until);
  out.text("started_by", execution.started_by);
  out.text("reason", execution.reason);
  out.time("updated_at", execution.updated_at);
  out.time("ended_at", execution.ended_at);
  out.flag("cancelling", execution.cancelling);
  out.flag("failing", execution.failing);
  out.flag("as_it_is", execution.as_it_is);
  Value::List steps;
  for (auto const& step : execution.steps) steps.push_back(packed_step(step));
  out.value("steps", std::move(steps));
  return out.take();
}

void unpack(Value const& value, Execution& into) {
  into.name = text_in(value, "name");
  into.title = text_in(value, "title");
  into.inputs = pairs_of(value.find("inputs"));
  into.facts = pairs_of(value.find("facts"));
  into.file = text_in(value, "file");
  into.plan_hash = text_in(value, "plan_hash");
  into.resolution = text_in(value, "resolution");
  into.root_cause = text_in(value, "root_cause");
  if (auto const process = text_in(value, "process"); !process.empty())
    into.worker = Worker{text_in(value, "host"), process};
  into.lease_until = time_in(value, "lease_until");
  into.started_by = text_in(value, "started_by");
  into.reason = text_in(value, "reason");
  into.updated_at = time_in(value, "updated_at").value_or(into.started_at);
  into.ended_at = time_in(value, "ended_at");
  into.cancelling = flag_in(value, "cancelling");
  into.failing = flag_in(value, "failing");
  into.as_it_is = flag_in(value, "as_it_is");
  auto const* const found = value.find("steps");
  auto const* const steps = found ? found->get_if<Value::List>() : nullptr;
  if (!steps) damaged("list of steps");
  for (auto const& step : *steps) into.steps.push_back(unpacked_step(step));
}

Value to_value(Step const& step, StepRecord const& record) {
  return Value::Object{{"id", step.id},
                       {"title", base::text_or_null(step.title)},
                       {"kind", to_string(step.kind)},
                       {"state", to_string(record.state)},
                       {"rollback", rollback_names()[static_cast<std::size_t>(record.rollback)]},
                       {"attempts", record.attempts},
                       {"started_at", time_value(record.started_at)},
                       {"ended_at", time_value(record.ended_at)},
                       {"ok", record.ended_at ? Value(record.ok) : Value()},
                       {"exit", record.exit ? Value(*record.exit) : Value()},
                       {"duration_ms", record.duration_ms},
                       {"host", base::text_or_null(record.host)},
                       {"output", base::text_or_null(record.output)},
                       {"bytes", record.bytes},
                       {"sha256", base::text_or_null(record.sha256)},
                       {"by", base::text_or_null(record.by)},
                       {"note", base::text_or_null(record.note)}};
}

}  // namespace umsops::runbook
