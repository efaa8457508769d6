// SPDX-License-Identifier: Apache-2.0
#include "cli/files.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstring>
#include <filesystem>

#include "cli/output.hpp"
#include "umsops/base/error.hpp"

using namespace umsops;
using namespace umsops::cli;

namespace {

/// A folder that goes away with the test.
struct Folder {
  std::string path = (std::filesystem::temp_directory_path() / "umsops-cli-test-XXXXXX").string();
  Folder() { REQUIRE(mkdtemp(path.data()) != nullptr); }
  ~Folder() { std::filesystem::remove_all(path); }
  std::size_t count() const {
    auto const all = std::filesystem::directory_iterator(path);
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
  }
};

format::ByteSource bytes(std::string text, std::size_t step) {
  return [text = std::move(text), step, at = std::size_t{0}](char* into, std::size_t most) mutable {
    auto const n = std::min({step, most, text.size() - at});
    std::memcpy(into, text.data() + at, n);
    at += n;
    return n;
  };
}

}  // namespace

TEST_CASE("a file appears whole or not at all") {
  Folder folder;
  std::string const path = folder.path + "/out";
  {
    FileOutput file(path);
    file.write("half");
    file.flush();
  }
  CHECK(folder.count() == 0);
  FileOutput file(path);
  file.write("whole");
  file.commit();
  CHECK(folder.count() == 1);
  CHECK(read_whole(path, 100) == "whole");
}

TEST_CASE("a file that cannot be made or written is an error") {
  CHECK_THROWS_AS(FileOutput("/nowhere/at/all"), base::Error);
  FileOutput full("/dev/full");
  full.write("x");
  try {
    full.commit();
    FAIL("no error");
  } catch (base::Error const& error) {
    CHECK(&error.code() == &base::errors::output_failed);
  }
}

TEST_CASE("reading stops at the limit") {
  try {
    read_whole("/dev/zero", 1000);
    FAIL("no error");
  } catch (base::Error const& error) {
    CHECK(&error.code() == &base::errors::input_too_large);
  }
  CHECK_THROWS_AS(read_whole("/", 1000), base::Error);
  CHECK_THROWS_AS(read_whole("/nowhere", 1000), base::Error);
}

TEST_CASE("ids come one a line, or as records") {
  std::string const text = "T-1\r\n\n{\"ticket_number\":\"T-2\",\"title\":\"x\"}\n{\"id\":\"abc\"}\nT-4";
  for (std::size_t const step : {1u, 7u, 1000u})
    CHECK(read_ids(bytes(text, step), "ticket_number") == std::vector<std::string>{"T-1", "T-2", "abc", "T-4"});
  CHECK(read_ids(bytes("", 10), "ticket_number").empty());
  CHECK_THROWS_AS(read_ids(bytes("{\"title\":\"x\"}\n", 10), "ticket_number"), base::Error);
  CHECK_THROWS_AS(read_ids(bytes("{broken\n", 10), "ticket_number"), base::Error);
  CHECK_THROWS_AS(read_ids(bytes(std::string(2 << 20, 'x'), 4096), "ticket_number"), base::Error);
}

TEST_CASE("output that is thrown away was never written") {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  Output out(ends[1], "a pipe");
  out.write("half of a document");
  out.discard();
  out.write("whole");
  out.flush();
  close(ends[1]);
  std::string got(100, '\0');
  got.resize(static_cast<std::size_t>(read(ends[0], got.data(), got.size())));
  CHECK(got == "whole");
  close(ends[0]);
}

TEST_CASE("ids that never end are refused") {
  auto const endless = [](char* into, std::size_t most) {
    std::memset(into, '\n', most);
    return most;
  };
  try {
    read_ids(endless, "ticket_number");
    FAIL("no error");
  } catch (base::Error const& error) {
    CHECK(error.message() == "standard input is over the limit of 1000000 ids");
  }
}
