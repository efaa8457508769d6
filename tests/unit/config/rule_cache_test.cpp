// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "config/rule_files.hpp"
#include "umsops/config/rule_files.hpp"
#include "unit/config/scratch.hpp"
#include "unit/rules/probe.hpp"

using namespace umsops;

namespace {

constexpr std::string_view kPrinter = "rules:\n  - {id: a, when: {keywords: [printer]}, set: {category: hardware}}\n";
constexpr std::string_view kScanner = "rules:\n  - {id: a, when: {keywords: [scanner]}, set: {category: hardware}}\n";
static_assert(kPrinter.size() == kScanner.size());

/// Loads with a counter on every read. Patience 0: what is written is at once old enough, unless a test says more.
struct Loader {
  tests::Scratch scratch;
  std::string cache = scratch.path("deep/cache/umsops");
  std::string file = scratch.write("r.yaml", kPrinter);
  int reads = 0;

  rules::RuleSet load(std::int64_t settle = 0, rules::Target const& target = rules::ticket_target()) {
    return config::load_rules_with(
        {file}, cache, target,
        [this](std::string const& path, std::size_t limit) {
          ++reads;
          return config::read_file(path, limit);
        },
        settle);
  }
  bool matches(std::string const& title, std::int64_t settle = 0) {
    return !load(settle).classify({{"title", title}}).hits.empty();
  }
  std::string cached() const {
    for (auto const& entry : std::filesystem::directory_iterator(cache)) return entry.path().string();
    return "";
  }
  std::size_t cached_count() const {
    std::size_t count = 0;
    for ([[maybe_unused]] auto const& entry : std::filesystem::directory_iterator(cache)) ++count;
    return count;
  }
};

std::string bytes_of(std::string const& path) { return config::read_file(path, 16u << 20); }

}  // namespace

TEST_CASE("an unchanged file is not read again") {
  Loader loader;
  std::string const version = loader.load().version();
  CHECK(loader.reads == 1);
  CHECK(loader.load().version() == version);
  CHECK(loader.matches("printer jam"));
  CHECK_FALSE(loader.matches("scanner jam"));
  CHECK(loader.reads == 1);
  CHECK(loader.cached_count() == 1);
  struct stat status {};
  REQUIRE(::stat(loader.cache.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0700);
  REQUIRE(::stat(loader.cached().c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("changed files are read again") {
  Loader loader;
  loader.load();
  SECTION("other size") { loader.scratch.write("r.yaml", std::string(kScanner) + "# more\n"); }
  SECTION("same size, times set back") {
    struct stat before {};
    REQUIRE(::stat(loader.file.c_str(), &before) == 0);
    ::usleep(20'000);
    loader.scratch.write("r.yaml", kScanner);
    struct timespec const times[] = {before.st_atim, before.st_mtim};
    REQUIRE(::utimensat(AT_FDCWD, loader.file.c_str(), times, 0) == 0);
  }
  SECTION("another file in its place") {
    loader.scratch.write("new.yaml", kScanner);
    std::filesystem::rename(loader.scratch.path("new.yaml"), loader.file);
  }
  CHECK(loader.matches("scanner jam"));
  CHECK(loader.reads == 2);
  std::filesystem::remove(loader.file);
  CHECK_THROWS_AS(loader.load(), base::Error);
}

TEST_CASE("a file this young may change unseen: its compile is not kept") {
  Loader loader;
  loader.load(config::kSettleNanoseconds);
  CHECK(loader.cached_count() == 0);
  loader.scratch.write("r.yaml", kScanner);  // same size, perhaps the same tick of the clock
  CHECK(loader.matches("scanner jam", config::kSettleNanoseconds));
  ::usleep(2'100'000);
  loader.load(config::kSettleNanoseconds);
  CHECK(loader.cached_count() == 1);
  int const before = loader.reads;
  CHECK(loader.matches("scanner jam", config::kSettleNanoseconds));
  CHECK(loader.reads == before);
}

TEST_CASE("tables count as files of the set") {
  Loader loader;
  loader.scratch.write("d.csv", "who,category\nzhang.wei,hardware\n");
  loader.scratch.write("r.yaml", "mappings:\n  - {id: d, fact: requester_id, file: d.csv}\n");
  loader.load();
  loader.load();
  CHECK(loader.reads == 2);
  loader.scratch.write("d.csv", "who,category\nzhang.wei,software\nli.na,software\n");
  loader.load();
  CHECK(loader.reads == 4);
}

TEST_CASE("a damaged cache is passed over") {
  Loader loader;
  std::string const version = loader.load().version();
  std::string const path = loader.cached();
  std::string const sound = bytes_of(path);
  auto const put = [&](std::string const& bytes) { std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes; };

  for (std::size_t const size : {std::size_t{0}, std::size_t{5}, std::size_t{20}, sound.size() / 2, sound.size() - 1}) {
    put(sound.substr(0, size));
    CHECK(loader.load().version() == version);
  }
  for (std::size_t at = 0; at < sound.size(); at += 1 + sound.size() / 97) {
    std::string broken = sound;
    broken[at] = static_cast<char>(broken[at] ^ 0x20);
    put(broken);
    INFO("byte " << at);
    CHECK(loader.load().version() == version);
  }
  put(std::string(sound.size(), '\0'));
  int const before = loader.reads;
  CHECK(loader.load().version() == version);
  CHECK(loader.reads == before + 1);
  put(sound);
  CHECK(loader.load().version() == version);
}

TEST_CASE("a cache that others could write is not believed") {
  Loader loader;
  loader.load();
  REQUIRE(::chmod(loader.cached().c_str(), 0666) == 0);
  loader.load();
  CHECK(loader.reads == 2);
}

TEST_CASE("without a place for it, everything works without a cache") {
  Loader loader;
  loader.cache = "";
  CHECK(loader.matches("printer jam"));
  loader.cache = "/proc/nowhere/umsops";
  CHECK(loader.matches("printer jam"));
  CHECK(loader.reads == 2);
  CHECK(config::load_rules({}, "").version() == config::builtin_rules().version());
}

TEST_CASE("a file with mistakes leaves nothing behind") {
  Loader loader;
  loader.scratch.write("r.yaml", "rules: [x]\n");
  CHECK_THROWS_AS(loader.load(), base::Error);
  CHECK(loader.cached_count() == 0);
}

TEST_CASE("a compile for one kind of record is not used for another") {
  Loader loader;
  loader.load();
  CHECK(loader.load(0, rules::probe_target()).classify({{"label", "a printer"}}).hits.size() == 1);
  CHECK(loader.reads == 2);
  loader.load(0, rules::probe_target());
  CHECK(loader.reads == 2);
}
