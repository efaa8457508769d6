// SPDX-License-Identifier: Apache-2.0
#include "cli/exit_code.hpp"

#include <catch2/catch.hpp>

using umsops::base::ErrorKind;
using umsops::cli::exit_code;

TEST_CASE("every kind of error has its exit code") {
  CHECK(exit_code(ErrorKind::internal) == 1);
  CHECK(exit_code(ErrorKind::output) == 1);
  CHECK(exit_code(ErrorKind::usage) == 2);
  CHECK(exit_code(ErrorKind::not_found) == 3);
  CHECK(exit_code(ErrorKind::conflict) == 4);
  CHECK(exit_code(ErrorKind::invalid_input) == 5);
  CHECK(exit_code(ErrorKind::partial) == 6);
  CHECK(exit_code(ErrorKind::unavailable) == 7);
  CHECK(exit_code(ErrorKind::permission) == 8);
  CHECK(exit_code(ErrorKind::configuration) == 9);
  CHECK(exit_code(ErrorKind::condition) == 10);
  CHECK(exit_code(ErrorKind::outcome_unknown) == 11);
  CHECK(exit_code(ErrorKind::damaged) == 12);
  CHECK(exit_code(ErrorKind::interrupted, 2) == 130);
  CHECK(exit_code(ErrorKind::interrupted, 15) == 143);
}

TEST_CASE("no code of the registry leaves the table") {
  for (auto const* code : umsops::base::error_codes()) {
    bool known = false;
    for (auto const& entry : umsops::cli::exit_codes()) known = known || entry.code == exit_code(code->kind);
    INFO(code->code);
    CHECK(known);
  }
}
