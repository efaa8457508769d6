// SPDX-License-Identifier: Apache-2.0
#include "cli/completion/records.hpp"
#include "cli/input.hpp"
#include "cli/outcome.hpp"
#include "cli/record/ids.hpp"
#include "cli/review/review.hpp"
#include "umsops/lifecycle/review_acts.hpp"

namespace umsops::cli::review {

namespace {

constexpr record::FieldFlag kFilters[] = {
    {"status", "status"}, {"severity", "severity"}, {"type", "type"}, {"owner", "owner"}};
constexpr record::FieldFlag kSetters[] = {{"title", "title"}, {"owner", "owner"}};

/// `REV-000001 created  CRITICAL DRAFT  the title`
std::string line_of(Env const& env, desk::ReviewResult const& result) {
  auto const& review = result.review;
  return review.review_number + " " + word_for(env, result.result) + "  " +
         std::string(model::to_string(review.severity)) + " " + std::string(model::to_string(review.status)) + "  " +
         review.title;
}

}  // namespace

constinit record::Kind const kKind{
    .type = model::review_type,
    .number = "review_number",
    .filters = kFilters,
    .setters = kSetters,
};

void offer_numbers(Candidates& out) {
  auto const states = states_before(lifecycle::review_moves(), {verb_of(out, "review")});
  offer_records(out, kKind, states, [&](std::string const& typed, std::size_t most) {
    return out.env().desk().reviews().complete(typed, most);
  });
}

record::Answer answer_of(Env& env, desk::ReviewResult const& result) {
  base::Value::List warnings(result.warnings.begin(), result.warnings.end());
  record::Answer answer{to_row(result.review), result.result, result.dry_run, {{"warnings", std::move(warnings)}}};
  answer.line = line_of(env, result);
  answer.warnings = result.warnings;
  if (!result.dry_run && result.result == desk::Result::created)
    answer.hint = env.phrase(Phrase::next_review, {{"id", result.review.review_number}});
  return answer;
}

void write_result(Env& env, desk::ReviewResult const& result) {
  record::write_answer(kKind, env, answer_of(env, result));
}

int change_all(Env& env, Call const& call, Change const& change) {
  auto const ids = record::confirmed_ids(kKind, env, call);
  // A wrong -F or format is told before anything is stored.
  (void)env.style(kKind.number);
  return record::change_all(kKind, env, call, ids, [&](std::vector<std::string> const& some) {
    return record::answers_of(change(some), [&](auto const& done) { return answer_of(env, done); });
  });
}

desk::Sets sets_of(Env& env, Call const& call) {
  auto sets = record::sets_of(kKind, env, call);
  if (auto const at = time_flag(env, call, "due")) sets.emplace_back(model::review_type().require("due_at"), *at);
  return sets;
}

base::Value measurements_of(model::Incident const& incident) {
  base::Value::List list;
  for (auto const& one : umsops::review::measurements(incident)) {
    auto const time = [](std::optional<base::TimePoint> const& at) { return at ? base::Value(*at) : base::Value(); };
    list.emplace_back(base::Value::Object{
        {"measure", to_string(one.measure)},
        {"validity", to_string(one.validity)},
        {"seconds", one.length ? base::Value(std::int64_t{one.length->count() / 1000}) : base::Value()},
        {"from", time(one.from)},
        {"to", time(one.to)}});
  }
  return list;
}

}  // namespace umsops::cli::review
