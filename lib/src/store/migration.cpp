// SPDX-License-Identifier: Apache-2.0
#include "store/migration.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "store/table.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/store_address.hpp"

namespace umsops::store {
namespace {

using Word = std::pair<std::string_view, std::string_view>;

std::string translated_words(std::string_view sql, std::span<Word const> words) {
  std::string out(sql);
  for (auto const& [word, ours] : words) {
    for (std::size_t at = out.find(word); at != std::string::npos; at = out.find(word, at + ours.size())) {
      out.replace(at, word.size(), ours);
    }
  }
  return out;
}

/// Without blanks at line ends and starts: the engine keeps the text of each table, and reads all of it at each start.
std::string squeezed(std::string const& sql) {
  std::string out;
  for (std::size_t at = 0; at < sql.size();) {
    std::size_t const end = std::min(sql.find('\n', at), sql.size());
    std::string_view line = std::string_view(sql).substr(at, end - at);
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    if (!line.starts_with("--")) out += line;
    at = end + 1;
  }
  return out;
}

}  // namespace

void refuse_other_schema(Connection& db, std::int64_t actual, OpenOptions const& options) {
  using Accept = OpenOptions::Accept;
  std::int64_t const expected = options.schema->version();
  if (actual == expected) return;
  if (actual == kUnfinishedSchema && !stored_info(db, kCopyMark).empty()) {
    if (options.accept == Accept::unfinished) return;
    throw base::Error(base::errors::store_unfinished, {{"path", base::shown_store(options.path)}});
  }
  if (options.accept == Accept::any) return;
  throw base::Error(actual < expected ? base::errors::store_old : base::errors::store_new,
                    {{"actual", std::to_string(actual)}, {"expected", std::to_string(expected)}});
}

std::string sqlite_dialect(std::string_view sql) {
  // Exactly "INTEGER PRIMARY KEY" makes a column SQLite's own row key, without another index. STRICT: the engine would
  // otherwise store any type in any column. A keyed table lies in its primary key, which is all it is found by.
  static constexpr std::array<Word, 6> kWords = {{{"BIGINT NOT NULL PRIMARY KEY", "INTEGER PRIMARY KEY"},
                                                  {" BIGINT", " INTEGER"},
                                                  {" JSON", " TEXT"},
                                                  {" BYTES", " BLOB"},
                                                  {"/*strict*/", " STRICT"},
                                                  {"/*keyed*/", " STRICT, WITHOUT ROWID"}}};
  return squeezed(translated_words(sql, kWords));
}

std::string postgres_dialect(std::string_view sql) {
  // Texts are compared byte by byte, as the other engine does. A JSON text must come back as it was written.
  static constexpr std::array<Word, 6> kWords = {{{" JSON", " TEXT"},
                                                  {" TEXT", " TEXT COLLATE \"C\""},
                                                  {" BYTES", " BYTEA"},
                                                  {"/*cascade*/", " CASCADE"},
                                                  {"/*strict*/", ""},
                                                  {"/*keyed*/", ""}}};
  return translated_words(sql, kWords);
}

void record_migration(Connection& db, MigrationStep const& step, base::TimePoint now) {
  // The hash of the common text, not of its translation: a copy in another engine keeps this row as it is.
  insert_hashed(db, kMigrations, {step.version, step.name, now, base::sha256(step.sql)});
}

namespace {

/// The first of them, and what goes with it.
std::vector<AppliedMigration> apply_first(Store& store, std::span<MigrationStep const> rest, base::TimePoint now) {
  MigrationStep const& step = rest.front();
  WriteTx tx(store);
  tx.take_turn();
  // Asked again under the lock: another process may have done this step meanwhile.
  if (store.schema_version() >= step.version) return {};
  std::size_t taken = 1;
  if (step.convert) {
    taken = step.convert(tx, rest, now);
  } else {
    tx.connection().run_step(step.sql);
    record_migration(tx.connection(), step, now);
  }
  store.set_schema_version(rest[taken - 1].version);
  tx.commit();
  std::vector<AppliedMigration> applied;
  for (auto const& done : rest.first(taken)) applied.push_back({done.version, std::string(done.name), now});
  return applied;
}

}  // namespace

std::vector<AppliedMigration> apply_steps(Store& store, std::span<MigrationStep const> steps, base::TimePoint now,
                                          std::function<void(MigrationStep const&)> const& before_first) {
  std::int64_t const before = store.schema_version();
  std::int64_t const newest = steps.back().version;
  if (before > newest) {
    throw base::Error(base::errors::store_new,
                      {{"actual", std::to_string(before)}, {"expected", std::to_string(newest)}});
  }
  std::vector<AppliedMigration> applied;
  std::int64_t reached = before;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].version <= reached) continue;
    if (reached == before && before_first) before_first(steps[i]);
    auto const done = apply_first(store, steps.subspan(i), now);
    applied.insert(applied.end(), done.begin(), done.end());
    reached = done.empty() ? steps[i].version : done.back().version;
  }
  return applied;
}

}  // namespace umsops::store
