// SPDX-License-Identifier: Apache-2.0
#include "store/migration.hpp"

#include <array>
#include <span>
#include <utility>

#include "base/embedded.hpp"
#include "store/row_hash.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/number.hpp"

namespace umsops::store {
namespace {

constexpr std::size_t kVersionDigits = 4;

MigrationStep step_of(embedded::File const& file) {
  std::string_view stem = file.name.substr(0, file.name.rfind('.'));
  std::size_t const digits = stem.find_first_not_of('0');
  auto const version = base::parse_integer(stem.substr(digits, kVersionDigits - digits), 1, 9999);
  if (!version) throw base::Error(base::errors::internal, {{"problem", "migration without a number"}});
  return {*version, stem.substr(kVersionDigits + 1), file.bytes};
}

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

std::vector<MigrationStep> migration_steps() {
  std::vector<MigrationStep> steps;
  for (embedded::File const& file : embedded::migrations()) steps.push_back(step_of(file));
  return steps;
}

std::int64_t newest_schema() { return step_of(embedded::migrations().back()).version; }

void refuse_other_schema(std::int64_t actual) {
  std::int64_t const expected = newest_schema();
  if (actual == expected) return;
  throw base::Error(actual < expected ? base::errors::store_old : base::errors::store_new,
                    {{"actual", std::to_string(actual)}, {"expected", std::to_string(expected)}});
}

std::string sqlite_dialect(std::string_view sql) {
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
  insert_hashed(db, kMigrations,
                {step.version, step.name, std::int64_t{now.time_since_epoch().count()}, base::sha256_hex(step.sql)});
}

}  // namespace umsops::store
