// SPDX-License-Identifier: Apache-2.0
#include "cli/record/ids.hpp"

#include <unistd.h>

#include <cerrno>

#include "cli/files.hpp"
#include "cli/input.hpp"
#include "cli/outcome.hpp"
#include "cli/signals.hpp"

namespace umsops::cli::record {

namespace {

constexpr std::size_t kUnasked = 20;

}  // namespace

void confirm(Env& env, Call const& call, std::size_t count) {
  if (call.on("yes") || env.dry_run()) return;
  if (env.may_ask()) {
    std::string const question = env.phrase(Phrase::confirm, {{"count", std::to_string(count)}});
    (void)!::write(2, question.data(), question.size());
    std::string answer(16, '\0');
    auto const got = ::read(0, answer.data(), answer.size());
    if (got < 0 && errno == EINTR) signals::check();
    if (got > 0 && (answer[0] == 'y' || answer[0] == 'Y')) return;
  }
  throw base::Error(base::errors::usage_confirm, {{"count", std::to_string(count)}});
}

void confirm_many(Env& env, Call const& call, std::size_t count) {
  if (count > kUnasked) confirm(env, call, count);
}

std::vector<std::string> ids_of(Kind const& kind, Env& env, Call const& call) {
  std::vector<std::string> ids;
  for (auto const& word : call.words) {
    if (word != "-") {
      ids.push_back(word);
      continue;
    }
    announce_input(env);
    auto const read = read_ids(open_source("-"), kind.number);
    ids.insert(ids.end(), read.begin(), read.end());
  }
  return ids;
}

std::vector<std::string> confirmed_ids(Kind const& kind, Env& env, Call const& call) {
  auto ids = desk::once_each(ids_of(kind, env, call));
  confirm_many(env, call, ids.size());
  return ids;
}

std::vector<base::Error> find_each(std::vector<std::string> const& ids,
                                   std::function<void(std::string const& id)> const& find) {
  std::vector<base::Error> missing;
  for (auto const& id : ids) {
    try {
      find(id);
    } catch (base::Error const& error) {
      if (ids.size() == 1 || error.kind() != base::ErrorKind::not_found) throw;
      missing.push_back(error);
    }
  }
  return missing;
}

void tell_missing(Env& env, std::vector<base::Error> const& missing, std::size_t total) {
  if (missing.empty()) return;
  env.out().flush();
  auto partial = some_failed(static_cast<std::int64_t>(missing.size()), static_cast<std::int64_t>(total));
  for (auto const& error : missing) {
    partial.detail(base::Value::Object{{"code", error.code().code}, {"message", error.message(env.language())}});
    env.remark(error.message(env.language()));
  }
  throw partial;
}

}  // namespace umsops::cli::record
