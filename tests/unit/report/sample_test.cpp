// SPDX-License-Identifier: Apache-2.0
#include "report/sample.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

using umsops::report::Sample;

TEST_CASE("ranks are those of the sorted values") {
  std::mt19937_64 random(7);
  for (int const count : {1, 2, 3, 10, 11, 999, 40'000, 100'001}) {
    CAPTURE(count);
    std::vector<std::int64_t> values;
    Sample whole, first, second, joined;
    std::vector<Sample> parts(97);
    for (int i = 0; i < count; ++i) {
      auto const value = static_cast<std::int64_t>(random() % (count > 1000 ? 60'000 : 50));
      values.push_back(value);
      whole.add(value);
      (i % 3 == 0 ? first : second).add(value);
      parts[static_cast<std::size_t>(i) % parts.size()].add(value);
    }
    first.add(second);
    for (auto& part : parts) {
      if (part.size() > 0) (void)part.nearest_rank(90);  // of each its own ranks were asked already
      joined.add(part);
    }
    std::sort(values.begin(), values.end());
    auto const n = values.size();
    for (auto* const sample : {&whole, &first, &joined}) {
      REQUIRE(sample->size() == count);
      CHECK(sample->twice_median() == values[(n - 1) / 2] + values[n / 2]);
      CHECK(sample->nearest_rank(90) == values[(n * 90 + 99) / 100 - 1]);
      CHECK(sample->nearest_rank(95) == values[(n * 95 + 99) / 100 - 1]);
    }
  }
}
