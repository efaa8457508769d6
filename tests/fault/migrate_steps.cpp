// SPDX-License-Identifier: Apache-2.0
// migrate_steps STORE: brings a store to a schema with two more steps than the program knows, as a later release will.
#include <chrono>
#include <cstdio>
#include <exception>

#include "store/migration.hpp"
#include "umsops/base/error.hpp"

namespace {

constexpr int kUsage = 2, kUnavailable = 7, kUnknown = 11;

}  // namespace

int main(int argc, char** argv) {
  using namespace umsops;
  if (argc != 2) return kUsage;
  try {
    auto steps = store::desk_schema().steps;
    auto const newest = steps.back().version;
    steps.push_back({newest + 1, "notes", "CREATE TABLE notes(n BIGINT NOT NULL PRIMARY KEY, note TEXT)/*strict*/;"});
    steps.push_back({newest + 2, "mood",
                     "ALTER TABLE support_tickets ADD COLUMN mood TEXT;"
                     "CREATE INDEX support_tickets_mood ON support_tickets(mood, n) WHERE mood IS NOT NULL;"});
    auto const now = std::chrono::floor<base::Milliseconds>(std::chrono::system_clock::now());
    for (auto const& applied : store::migrate_with(argv[1], steps, now, base::Milliseconds{5000})) {
      std::printf("%s\n", applied.name.c_str());
    }
    return 0;
  } catch (base::Error const& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return error.kind() == base::ErrorKind::outcome_unknown ? kUnknown : kUnavailable;
  } catch (std::exception const& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
