// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/postgres_connection.hpp"

#include <poll.h>

#include <algorithm>
#include <chrono>

#include "store/migration.hpp"
#include "store/postgres/postgres_address.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/interruption.hpp"
#include "umsops/base/number.hpp"
#include "umsops/base/store_address.hpp"

namespace umsops::store {
namespace {

using base::Error;
namespace errors = base::errors;

/// The texts of updates and filters vary; without a bound a long batch would keep them all.
constexpr std::size_t kMostStatements = 200;
/// So many answers fit into the buffers between here and there: nobody waits for the other to read.
constexpr std::size_t kMostAwaited = 200;
/// No statement of ours, a portion of a long walk included, has a reason to take longer; nor has a pause in a
/// transaction.
constexpr base::Milliseconds kLongestStatement{300'000}, kLongestPause{300'000};
/// What the server's own limits do not end, this side does: the wait of a commit for its standby, and a server that
/// hangs.
constexpr base::Milliseconds kGraceAfterLimit{10'000}, kGraceOfCommit{1'000};
constexpr std::int64_t kLook = 200;  ///< milliseconds between two looks whether to go on waiting

/// A server that was told to answer before its log is safe is overruled.
constexpr std::string_view kLimits =
    "SELECT set_config('lock_timeout', $1, false), set_config('statement_timeout', $2, false), "
    "set_config('idle_in_transaction_session_timeout', $3, false), CASE WHEN current_setting('synchronous_commit') IN "
    "('off', 'local') THEN set_config('synchronous_commit', 'on', false) END";

bool is_good(PGresult const* result) {
  auto const status = libpq().PQresultStatus(result);
  return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
}

/// The right that a statement needs of the role, as far as its beginning tells.
std::string right_of(std::string_view sql) {
  if (sql.starts_with("DECLARE ")) return "SELECT";
  std::string right(sql.substr(0, sql.find(' ')));
  return sql.ends_with(" FOR UPDATE") ? right + " FOR UPDATE" : right;
}

}  // namespace

PostgresConnection::PostgresConnection(std::string const& address, base::Milliseconds lock_wait)
    : shown_(base::shown_store(address)), lock_wait_(std::max(lock_wait, base::Milliseconds{1})) {
  connect(address);
  set_limits();
}

PostgresConnection::~PostgresConnection() { libpq().PQfinish(connection_); }

void PostgresConnection::connect(std::string const& address) {
  auto const parameters = connection_parameters(address);
  std::vector<char const*> keywords, values;
  for (auto const& [keyword, value] : parameters) {
    keywords.push_back(keyword.c_str());
    values.push_back(value.c_str());
  }
  keywords.push_back(nullptr);
  values.push_back(nullptr);
  Libpq const& api = libpq();
  connection_ = api.PQconnectdbParams(keywords.data(), values.data(), 1);
  if (api.PQstatus(connection_) != CONNECTION_OK) {
    std::string const problem = connection_ ? api.PQerrorMessage(connection_) : "out of memory";
    api.PQfinish(connection_);
    connection_ = nullptr;
    raise_unconnected(problem, shown_);
  }
  api.PQsetNoticeReceiver(connection_, note, this);
  if (api.PQenterPipelineMode(connection_) != 1) throw Error(errors::internal, {{"problem", "no pipeline mode"}});
}

void PostgresConnection::set_limits() {
  auto const text = [](base::Milliseconds limit) { return std::to_string(limit.count()); };
  send(std::string(kLimits),
       {text(lock_wait_), text(std::max(kLongestStatement, 2 * lock_wait_)), text(kLongestPause)});
}

/// Nothing of the server's may reach standard error. Of its warnings one matters: that a commit is safe here alone.
void PostgresConnection::note(void* connection, PGresult const* notice) {
  PostgresFailure const said = failure_of(notice);
  if (said.state.starts_with("57")) static_cast<PostgresConnection*>(connection)->doubtful_ = true;
}

Statement& PostgresConnection::prepare(std::string_view sql) { return prepared(sql, false); }
Statement& PostgresConnection::prepare_walk(std::string_view sql) { return prepared(sql, true); }

Statement& PostgresConnection::prepared(std::string_view sql, bool walk) {
  auto& known = walk ? walks_ : statements_;
  auto found = known.find(sql);
  if (found == known.end()) {
    if (known.size() >= kMostStatements) drop_oldest(known);
    std::string text(sql);
    auto statement = std::make_unique<PostgresStatement>(*this, text, walk);
    found = known.emplace(std::move(text), std::move(statement)).first;
  } else {
    found->second->make_ready();
  }
  found->second->last_use = ++uses_;
  return *found->second;
}

void PostgresConnection::drop_oldest(Statements& statements) {
  auto const older = [](auto const& a, auto const& b) { return a.second->last_use < b.second->last_use; };
  statements.erase(std::min_element(statements.begin(), statements.end(), older));
}

void PostgresConnection::run_step(std::string_view sql) { run_script(postgres_dialect(sql)); }

std::string PostgresConnection::member_sql(std::string_view column, std::string_view parameter) const {
  return std::string("((").append(column).append("::json ->> ").append(parameter).append(") COLLATE \"C\")");
}

std::string PostgresConnection::contains_sql(std::string_view column, std::string_view parameter, bool is_ascii) const {
  // The server's own idea of case depends on the locale that it was set up with: ASCII needs none, and the rest is
  // Unicode's.
  std::string const collation = is_ascii ? "\"C\"" : "\"und-x-icu\"";
  auto const folded = [&](std::string_view text) {
    return std::string("lower(normalize(CAST(").append(text).append(" AS TEXT), NFKC) COLLATE ").append(collation) +
           ")";
  };
  return "strpos(" + folded(column) + " COLLATE \"C\", " + folded(parameter) + " COLLATE \"C\") > 0";
}

std::string PostgresConnection::among_sql(std::string_view column, std::string_view parameter) const {
  // The list in the shape of an array: planners see through that one.
  return std::string(column).append(" = ANY(CAST(translate(").append(parameter).append(", '[]', '{}') AS BIGINT[]))");
}

void PostgresConnection::run_script(std::string const& sql) {
  flush();
  if (auto const outcome = collect(); outcome.failure) raise(*outcome.failure);
  Libpq const& api = libpq();
  // libpq takes a text of several statements outside of a pipeline only.
  api.PQexitPipelineMode(connection_);
  PostgresResult const result(api.PQexec(connection_, sql.c_str()));
  api.PQenterPipelineMode(connection_);
  if (result && is_good(result.get())) return;
  auto failure = result ? failure_of(result.get()) : PostgresFailure{};
  failure.right = right_of(sql);
  raise(failure);
}

void PostgresConnection::send(std::string const& sql, Values const& values) {
  if (awaited_.size() >= kMostAwaited) {
    flush();
    if (auto const outcome = collect(); outcome.failure) raise(*outcome.failure);
  }
  if (given_up_) raise({"", "the server did not answer in time"});
  std::vector<char const*> texts;
  for (auto const& value : values) texts.push_back(value ? value->c_str() : nullptr);
  Libpq const& api = libpq();
  if (api.PQsendQueryParams(connection_, sql.c_str(), static_cast<int>(texts.size()), nullptr, texts.data(), nullptr,
                            nullptr, 0) != 1) {
    raise({"", api.PQerrorMessage(connection_)});
  }
  awaited_.push_back(right_of(sql));
}

PostgresResult PostgresConnection::ask(std::string const& sql, Values const& values) {
  send(sql, values);
  flush();
  Outcome outcome = collect();
  if (outcome.failure) {
    // A failed statement ends its transaction. A reader may go on in a new one; a writer must not, since its earlier
    // changes are gone.
    if (!outcome.failure->lost() && in_transaction_ && kind_ != Kind::write) begin_anew();
    raise(*outcome.failure);
  }
  return std::move(outcome.last);
}

void PostgresConnection::flush() {
  // What cannot be sent is told by `collect`, which may find the server's reason for it.
  if (libpq().PQpipelineSync(connection_) == 1) awaited_.emplace_back();
}

void PostgresConnection::take(Outcome& outcome, PostgresResult result, std::string const& right, bool last) {
  // What follows a failure in a pipeline is skipped; the first failure is the reason.
  bool const skipped = libpq().PQresultStatus(result.get()) == PGRES_PIPELINE_ABORTED;
  if (!outcome.failure && !skipped && !is_good(result.get())) {
    outcome.failure = failure_of(result.get());
    outcome.failure->right = right;
    outcome.at_last = last;
  }
  outcome.last = std::move(result);
}

bool PostgresConnection::usable() const { return !given_up_ && libpq().PQstatus(connection_) == CONNECTION_OK; }

/// Waits until the next answer can be taken without waiting; false: it did not come, or nobody wants it any more.
bool PostgresConnection::answer_comes(base::Milliseconds limit, bool must_know) {
  Libpq const& api = libpq();
  auto const end = std::chrono::steady_clock::now() + limit;
  while (api.PQisBusy(connection_) == 1) {
    auto const left = std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
    if (left <= 0 || (!must_know && base::interrupting_signal != 0)) return false;
    // Waiting by poll: PQgetResult alone would wait without a limit for a server that hangs.
    pollfd socket{api.PQsocket(connection_), POLLIN, 0};
    if (::poll(&socket, 1, static_cast<int>(std::min<std::int64_t>(left, kLook))) > 0 &&
        api.PQconsumeInput(connection_) != 1)
      break;
  }
  return true;
}

PostgresConnection::Outcome PostgresConnection::collect() {
  return collect(std::max(kLongestStatement, 2 * lock_wait_) + kGraceAfterLimit, false);
}

PostgresConnection::Outcome PostgresConnection::collect(base::Milliseconds limit, bool must_know) {
  Libpq const& api = libpq();
  auto const statements = std::count_if(awaited_.begin(), awaited_.end(), [](auto const& one) { return !one.empty(); });
  Outcome outcome;
  std::int64_t seen = 0;
  while (!awaited_.empty()) {
    std::string const right = std::move(awaited_.front());
    bool const sync = right.empty();
    awaited_.pop_front();
    seen += sync ? 0 : 1;
    if (!answer_comes(limit, must_know)) {
      // Later answers would be taken for those of other statements: the connection is of no more use.
      given_up_ = true;
      awaited_.clear();
      if (!outcome.failure) outcome.failure = PostgresFailure{"", "the server did not answer in time"};
      return outcome;
    }
    PostgresResult result(api.PQgetResult(connection_));
    if (result && !sync) {
      take(outcome, std::move(result), right, seen == statements);
      while (PostgresResult more{api.PQgetResult(connection_)})
        take(outcome, std::move(more), right, seen == statements);
    }
    if (api.PQstatus(connection_) != CONNECTION_OK) {
      awaited_.clear();
      if (!outcome.failure) outcome.failure = PostgresFailure{"", "the connection to the server was lost"};
    }
  }
  if (!outcome.failure && api.PQstatus(connection_) != CONNECTION_OK) {
    outcome.failure = PostgresFailure{"", "the connection to the server was lost"};
  }
  return outcome;
}

void PostgresConnection::raise(PostgresFailure const& failure) {
  if (given_up_) base::check_interruption();
  raise_postgres(failure, shown_, lock_wait_);
}

/// A failure ends the view that it happened in. A reader that goes on all the same, as a check does, gets another.
void PostgresConnection::begin_anew() {
  Kind const kind = kind_;
  leave();
  begin(kind);
}

void PostgresConnection::begin(Kind kind) {
  kind_ = kind;
  // READ COMMITTED also for writing: what must not interleave is behind the turn, and a statement after the lock sees
  // what the transaction before it committed. A stricter level would keep the view of the begin and fail.
  send(kind == Kind::write  ? "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
       : kind == Kind::read ? "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY"
                            : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  in_transaction_ = true;
  ++transactions_;
}

void PostgresConnection::ended() noexcept {
  in_transaction_ = false;
  ++transactions_;
}

bool PostgresConnection::gone_before_sending() {
  Libpq const& api = libpq();
  // First the server's farewell is read, then that nothing follows.
  for (int i = 0; i < 3 && api.PQstatus(connection_) == CONNECTION_OK; ++i) {
    pollfd socket{api.PQsocket(connection_), POLLIN, 0};
    if (::poll(&socket, 1, 0) <= 0) break;
    api.PQconsumeInput(connection_);
  }
  return !usable();
}

void PostgresConnection::commit() {
  // A COMMIT that was never sent did not happen. Found out now, it is a plain failure; afterwards the outcome would be
  // unknown.
  if (gone_before_sending()) {
    ended();
    raise({"", "the connection to the server was lost before the commit"});
  }
  doubtful_ = false;
  send("COMMIT");
  flush();
  Outcome const outcome = collect(lock_wait_ + kGraceOfCommit, true);
  bool const answered = outcome.last && is_good(outcome.last.get());
  // What gets lost after the answer does not matter.
  if (!answered && outcome.failure) raise_commit(outcome);
  ended();
  // A transaction in which something failed is rolled back by its COMMIT; we would have heard of it.
  if (!answered || std::string_view(libpq().PQcmdStatus(outcome.last.get())) != "COMMIT") {
    throw Error(errors::internal, {{"problem", "the server rolled back"}});
  }
  if (doubtful_) throw Error(errors::commit_unknown, {{"problem", "the server did not wait for its standby"}});
}

void PostgresConnection::raise_commit(Outcome const& outcome) {
  PostgresFailure const failure = *outcome.failure;
  // Rolled back (40) or a constraint violated (23): the server says itself that nothing was stored. So does a failure
  // at an earlier statement. For all others the COMMIT may have been done.
  bool const undone = failure.state.starts_with("40") || failure.state.starts_with("23");
  bool const before = !failure.lost() && !outcome.at_last;
  if (before || undone) {
    rollback();
    raise(failure);
  }
  ended();
  throw Error(errors::commit_unknown, {{"problem", failure.message}});
}

void PostgresConnection::rollback() noexcept {
  for (auto& [sql, statement] : statements_) statement->reset();
  if (in_transaction_ && usable()) {
    try {
      flush();
      (void)collect();  // whatever it was, it is undone now
      send("ROLLBACK");
      flush();
      (void)collect();
    } catch (base::Error const&) {
      // The server rolls back the transaction of a connection that is gone.
    }
  }
  ended();
}

void PostgresConnection::leave() noexcept {
  if (in_transaction_ && usable()) {
    try {
      send("ROLLBACK");
      flush();
    } catch (base::Error const&) {
      // as above
    }
  }
  ended();
}

std::string PostgresConnection::server_version() const {
  char const* const version = libpq().PQparameterStatus(connection_, "server_version");
  std::string const text = version ? version : "";
  return text.substr(0, text.find(' '));
}

}  // namespace umsops::store
