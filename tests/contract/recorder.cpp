// SPDX-License-Identifier: Apache-2.0
// Linked into a program of its own beside the real one: appends every SQL text that SQLite runs to the file
// PROGRAM.sql, each with a zero byte behind it. See plans.py.
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <set>
#include <string>

namespace {

int record(unsigned /*event*/, void* /*context*/, void* statement, void* /*text*/) {
  static std::set<std::string> known;
  static int const file = ::open((std::filesystem::read_symlink("/proc/self/exe").string() + ".sql").c_str(),
                                 O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  char const* const sql = sqlite3_sql(static_cast<sqlite3_stmt*>(statement));
  if (sql == nullptr || !known.insert(sql).second) return 0;
  std::string const entry(sql, std::char_traits<char>::length(sql) + 1);
  // One call: several programs may write at the same time.
  return ::write(file, entry.data(), entry.size()) < 0 ? 1 : 0;
}

int watch(sqlite3* db, char** /*problem*/, void const* /*api*/) {
  return sqlite3_trace_v2(db, SQLITE_TRACE_STMT, record, nullptr);
}

/// Before main: whatever connection is opened is watched.
int const kWatched = sqlite3_auto_extension(reinterpret_cast<void (*)()>(watch));

}  // namespace
