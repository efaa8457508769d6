// SPDX-License-Identifier: Apache-2.0
#include "cli/completion/candidates.hpp"
#include "cli/outcome.hpp"
#include "cli/record/ids.hpp"
#include "cli/requester/requester.hpp"

namespace umsops::cli::requester {

namespace {

constexpr std::size_t kMostOffered = 50;

constexpr record::FieldFlag kFilters[] = {{"state", "state"}, {"department", "department"}, {"directory", "directory"}};
constexpr record::FieldFlag kSetters[] = {{"account", "account"}, {"name", "name"},       {"mail", "mails"},
                                          {"phone", "phones"},    {"alias", "aliases"},   {"department", "department"},
                                          {"site", "site"},       {"manager", "manager"}, {"language", "language"}};

/// `P-000001 created  zhang.wei  张伟  财务部`
std::string line_of(Env const& env, desk::RequesterResult const& result) {
  auto const& person = result.requester;
  std::string line = person.requester_number + " " + word_for(env, result.result) + "  ";
  line += person.account.empty() ? "-" : person.account;
  line.append("  ").append(model::shown_name(person));
  if (!person.department.empty()) line.append("  ").append(person.department);
  return line;
}

record::Answer answer_of(Env& env, desk::RequesterResult const& result) {
  base::Value::List warnings(result.warnings.begin(), result.warnings.end());
  record::Answer answer{to_row(result.requester), result.result, result.dry_run, {{"warnings", std::move(warnings)}}};
  answer.line = line_of(env, result);
  answer.warnings = result.warnings;
  return answer;
}

}  // namespace

constinit record::Kind const kKind{
    .type = model::requester_type,
    .number = "requester_number",
    .filters = kFilters,
    .setters = kSetters,
};

void offer_numbers(Candidates& out) {
  for (auto const& [number, name] : out.env().desk().requesters().complete(out.typed(), kMostOffered))
    out.add(number, name);
  out.add("@last");
}

void write_result(Env& env, desk::RequesterResult const& result) {
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
  if (call.has("vip")) sets.emplace_back(model::requester_type().require("vip"), call.on("vip"));
  return sets;
}

}  // namespace umsops::cli::requester
