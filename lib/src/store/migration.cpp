// SPDX-License-Identifier: Apache-2.0
#include "store/migration.hpp"

#include <array>
#include <span>
#include <utility>

#include "store/row_hash.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"

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

}  // namespace

void refuse_other_schema(std::int64_t actual, Schema const& expected) {
  if (actual == expected.version()) return;
  throw base::Error(actual < expected.version() ? base::errors::store_old : base::errors::store_new,
                    {{"actual", std::to_string(actual)}, {"expected", std::to_string(expected.version())}});
}

std::string sqlite_dialect(std::string_view sql) {
  // Exactly "INTEGER PRIMARY KEY" makes a column SQLite's own row key, without another index. STRICT: the engine would
  // otherwise store any type in any column. A keyed table lies in its primary key, which is all it is found by.
  static constexpr std::array<Word, 5> kWords = {{{"BIGINT NOT NULL PRIMARY KEY", "INTEGER PRIMARY KEY"},
                                                  {" BIGINT", " INTEGER"},
                                                  {" JSON", " TEXT"},
                                                  {"/*strict*/", " STRICT"},
                                                  {"/*keyed*/", " STRICT, WITHOUT ROWID"}}};
  return translated_words(sql, kWords);
}

std::string postgres_dialect(std::string_view sql) {
  // Texts are compared byte by byte, as the other engine does. A JSON text must come back as it was written.
  static constexpr std::array<Word, 4> kWords = {
      {{" JSON", " TEXT"}, {" TEXT", " TEXT COLLATE \"C\""}, {"/*strict*/", ""}, {"/*keyed*/", ""}}};
  return translated_words(sql, kWords);
}

void record_migration(Connection& db, MigrationStep const& step, base::TimePoint now) {
  // The hash of the common text, not of its translation: a copy in another engine keeps this row as it is.
  insert_hashed(db, kMigrations, {step.version, step.name, now, base::sha256_hex(step.sql)});
}

}  // namespace umsops::store
