// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "fixture.hpp"

namespace umsops::store {

using Texts = std::vector<std::string>;

inline Texts texts_of(Connection& db, std::string const& sql) {
  Texts texts;
  Reading rows(db.prepare(sql));
  while (rows->step()) texts.push_back(rows->text(0));
  return texts;
}

/// Another value of that column, as SQL: a wild one, or one that is hardly another.
inline std::string other_value(std::string const& column, std::string const& type, bool wild) {
  if (type == "INTEGER") return wild ? "987654" : "coalesce(" + column + ", 0) + 1000";
  if (type == "BLOB") return wild ? "x'00'" : "zeroblob(32)";
  return wild ? "'x'" : "coalesce(" + column + ", '') || ' '";
}

/// Edits every column of the first and of the last row of every table, each in a new copy of the store `good`, an
/// SQLite file; `db` is one of the same content. Gives how many edits there were.
inline int each_edit(Connection& db, std::string const& good,
                     std::function<void(std::string const& copy, std::string const& sql)> const& judge) {
  Folder folder;
  std::string const copy = folder.file("copy.db");
  int edits = 0;
  auto const edit = [&](std::string const& sql) {
    std::filesystem::copy_file(good, copy, std::filesystem::copy_options::overwrite_existing);
    std::filesystem::permissions(copy, std::filesystem::perms(0600));
    edit_store(copy, sql);
    judge(copy, sql);
    for (char const* ending : {"-wal", "-shm"}) std::filesystem::remove(copy + ending);
    ++edits;
  };
  for (auto const& table : texts_of(db, "SELECT name FROM sqlite_schema WHERE type = 'table'")) {
    if (db.number("SELECT count(*) FROM " + table) == 0) continue;
    std::string const info = " FROM pragma_table_info('" + table + "')";
    std::string const key = texts_of(db, "SELECT group_concat(name)" + info + " WHERE pk > 0")[0];
    Texts const columns = texts_of(db, "SELECT name" + info), types = texts_of(db, "SELECT type" + info);
    for (bool const first : {true, false}) {
      std::string row = " WHERE (" + key + ") = (SELECT " + key + " FROM " + table + " LIMIT 1";
      if (!first) row += " OFFSET (SELECT count(*) - 1 FROM " + table + ")";
      for (std::size_t i = 0; i < columns.size(); ++i) {
        edit("UPDATE " + table + " SET " + columns[i] + " = " + other_value(columns[i], types[i], first) + row + ")");
      }
    }
  }
  return edits;
}

}  // namespace umsops::store
