// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/postgres_errors.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "store/store.hpp"
#include "umsops/base/error.hpp"

namespace umsops::store {
namespace {

using base::Error;
namespace errors = base::errors;

constexpr std::size_t kLongestMessage = 200;

/// One line of a message that may have several.
std::string one_line(std::string_view text) {
  std::string out;
  for (char const c : text) {
    bool const blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) out += c;
    if (blank && !out.empty() && out.back() != ' ') out += ' ';
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out.substr(0, kLongestMessage);
}

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool is_conflict(std::string_view state) {
  // Also a unique value, or a table, that another process stored first: the next try sees it.
  static constexpr std::array<std::string_view, 4> kStates = {"40001", "40P01", "23505", "42P07"};
  return std::find(kStates.begin(), kStates.end(), state) != kStates.end();
}

bool is_damage(std::string_view state) {
  // Corrupted data or index, a table or column that is not there, a text that is no number or no JSON.
  static constexpr std::array<std::string_view, 6> kStates = {"XX001", "XX002", "42P01", "42703", "22P02", "22032"};
  return std::find(kStates.begin(), kStates.end(), state) != kStates.end();
}

bool is_unavailable(std::string_view state) {
  // 08 connection, 53 resources, 57 operator intervention, 58 system error, 25P03 idle for too long, 25P02 after an
  // error.
  return state.starts_with("08") || state.starts_with("53") || state.starts_with("57") || state.starts_with("58") ||
         state == "25P03" || state == "25P02";
}

}  // namespace

PostgresFailure failure_of(PGresult const* result) {
  Libpq const& api = libpq();
  char const* const state = api.PQresultErrorField(result, PG_DIAG_SQLSTATE);
  char const* const message = api.PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  return {state ? state : "", one_line(message ? message : api.PQresultErrorMessage(result))};
}

void raise_postgres(PostgresFailure const& failure, std::string const& shown, base::Milliseconds lock_wait) {
  std::string const& state = failure.state;
  if (is_conflict(state)) throw Conflict(failure.message);
  if (state == "55P03") {
    throw Error(errors::store_locked,
                {{"seconds", std::to_string(lock_wait.count() / 1000)}, {"holder", "another session of the server"}});
  }
  if (state == "42501" && !failure.right.empty()) {
    throw Error(errors::store_right, {{"path", shown}, {"right", failure.right}, {"problem", failure.message}});
  }
  if (state == "42501" || state == "28000" || state == "28P01")
    throw Error(errors::store_permission, {{"path", shown}});
  if (state == "25006") throw Error(errors::store_read_only, {{"path", shown}});
  if (state == "53100") throw Error(errors::store_full, {{"path", shown}});
  if (is_damage(state)) throw Error(errors::store_damaged, {{"problem", failure.message}});
  if (failure.lost() || is_unavailable(state)) {
    throw Error(errors::store_unavailable,
                {{"problem", failure.message.empty() ? "connection lost" : failure.message}});
  }
  throw Error(errors::internal, {{"problem", state + " " + failure.message}});
}

void raise_unconnected(std::string const& message, std::string const& shown) {
  // Before a connection stands there is no state, only words; in a language that we do not know, a retry is advised.
  std::string const problem = one_line(message);
  bool const role = has(problem, "role \"") && has(problem, "does not exist");
  if (role || has(problem, "authentication failed") || has(problem, "no pg_hba.conf entry") ||
      has(problem, "no password supplied") || has(problem, "permission denied for database")) {
    throw Error(errors::store_permission, {{"path", shown}});
  }
  if (has(problem, "database \"") && has(problem, "does not exist")) {
    throw Error(errors::store_not_ours, {{"path", shown}, {"problem", "there is no such database"}});
  }
  if (has(problem, "definition of service"))
    throw Error(errors::store_address, {{"path", shown}, {"problem", problem}});
  // Not an outage: the same server will be refused again, and it may be somebody else's.
  if (has(problem, "valid client certificate")) throw Error(errors::store_permission, {{"path", shown}});
  if (has(problem, "certificate") || has(problem, "SSL error") || has(problem, "does not support SSL")) {
    throw Error(errors::store_untrusted, {{"problem", problem}});
  }
  throw Error(errors::store_unavailable, {{"problem", problem.empty() ? "no connection" : problem}});
}

}  // namespace umsops::store
