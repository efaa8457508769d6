// SPDX-License-Identifier: Apache-2.0
#include "cli/told.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>

#include "cli/output.hpp"

using namespace umsops;
using umsops::cli::Told;

namespace {

std::string hint_of(Told const& told) {
  base::Error error(base::errors::output_failed);
  told.put_on(error);
  return error.hint();
}

}  // namespace

TEST_CASE("what was not written out yet is told by name") {
  Told told;
  CHECK_FALSE(told.any());
  CHECK(hint_of(told).empty());
  told.stored("T-1");
  CHECK(hint_of(told) == "T-1 is stored");
  told.flushed();
  CHECK(hint_of(told) == "1 stored");
  told.stored("T-2");
  told.stored("T-7", false);
  CHECK(hint_of(told) == "T-2, T-7 are stored");
  base::Error error(base::errors::interrupted);
  told.put_on(error);
  CHECK(error.stored() == 2);
  CHECK(error.details().size() == 2);
  told.count(1000);
  CHECK(hint_of(told) == "1000 stored, among them T-2, T-7");
}

TEST_CASE("many names are a number") {
  Told told;
  for (int i = 0; i < 30; ++i) told.stored("T");
  base::Error error(base::errors::interrupted);
  told.put_on(error);
  CHECK(error.stored() == 30);
  CHECK(error.details().size() == 20);
}

TEST_CASE("a flush that succeeds has told them, one that fails has not") {
  cli::Output full(1, "standard output");
  full.told().stored("T-1");
  full.write("");
  full.flush();
  CHECK(hint_of(full.told()) == "1 stored");
  cli::Output closed(-1, "standard output");
  closed.told().stored("T-1");
  closed.write("T-1\n");
  try {
    closed.flush();
    FAIL("no error");
  } catch (base::Error const& error) {
    CHECK(error.message() == "cannot write standard output: it is closed");
  }
  CHECK(hint_of(closed.told()) == "T-1 is stored");
}
