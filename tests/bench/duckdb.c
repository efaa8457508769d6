// SPDX-License-Identifier: Apache-2.0
// duckdb LIBRARY FILE SQL...: runs statements by DuckDB's C interface and prints the rows of the last one, a line each.
// What is called is declared here, so its library alone is needed, and no header.
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>

typedef struct {
  uint64_t columns, rows, changed;
  void *names, *error, *own;
} Result;

int main(int count, char** words) {
  if (count < 4) return 2;
  void* library = dlopen(words[1], RTLD_NOW);
  if (!library) return fprintf(stderr, "%s\n", dlerror()), 1;
  int (*open)(const char*, void**) = (int (*)(const char*, void**))dlsym(library, "duckdb_open");
  int (*connect)(void*, void**) = (int (*)(void*, void**))dlsym(library, "duckdb_connect");
  int (*query)(void*, const char*, Result*) = (int (*)(void*, const char*, Result*))dlsym(library, "duckdb_query");
  uint64_t (*rows)(Result*) = (uint64_t (*)(Result*))dlsym(library, "duckdb_row_count");
  uint64_t (*columns)(Result*) = (uint64_t (*)(Result*))dlsym(library, "duckdb_column_count");
  char* (*text)(Result*, uint64_t, uint64_t) =
      (char* (*)(Result*, uint64_t, uint64_t))dlsym(library, "duckdb_value_varchar");
  const char* (*problem)(Result*) = (const char* (*)(Result*))dlsym(library, "duckdb_result_error");
  void (*disconnect)(void**) = (void (*)(void**))dlsym(library, "duckdb_disconnect");
  void (*close)(void**) = (void (*)(void**))dlsym(library, "duckdb_close");
  void *database = 0, *connection = 0;
  if (open(words[2], &database) || connect(database, &connection)) return fprintf(stderr, "cannot open\n"), 1;
  for (int i = 3; i < count; i++) {
    Result result = {0};
    if (query(connection, words[i], &result)) return fprintf(stderr, "%s\n", problem(&result)), 1;
    if (i + 1 < count) continue;
    for (uint64_t row = 0; row < rows(&result); row++) {
      for (uint64_t column = 0; column < columns(&result); column++) {
        const char* value = text(&result, column, row);
        printf("%s%s", column ? "\t" : "", value ? value : "");
      }
      putchar('\n');
    }
  }
  disconnect(&connection);
  close(&database);
  return 0;
}
