// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <fstream>
#include <string>

#include "umsops/search/token.hpp"

using namespace umsops::search;

TEST_CASE("stems are those of Debian's libstemmer 2.2.0") {
  std::ifstream in(UMSOPS_SOURCE_DIR "/tests/fixtures/search/stems.csv");
  std::string line;
  std::getline(in, line);
  int count = 0;
  while (std::getline(in, line)) {
    auto const comma = line.find(',');
    CHECK(stem(line.substr(0, comma)) == line.substr(comma + 1));
    ++count;
  }
  CHECK(count > 700);
}

TEST_CASE("what is no word of small letters has no stem but itself") {
  CHECK(stem("") == "");
  CHECK(stem("as") == "as");
  CHECK(stem("Servers") == "Servers");
  CHECK(stem("x509s") == "x509s");
  CHECK(stem(std::string(65, 'e')) == std::string(65, 'e'));
  CHECK(stem(std::string(60, 'b') + "ated").size() <= 66);
}
