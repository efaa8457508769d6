// SPDX-License-Identifier: Apache-2.0
#include "umsops/mail/rating.hpp"

#include <catch2/catch.hpp>

using namespace umsops;
using mail::rating_in;

TEST_CASE("a number by itself is a rating, with what people write around it", "[mail]") {
  for (auto const* text : {"5", " 5 \n", "5/5", "5 / 5", "5 out of 5", "5 stars", "5!", "5.", "Rating: 5", "rating 5",
                           "５", "评分：5", "评分 5", "满意度：５分", "5分", "5星", "我打5分", "★★★★★", "\n\n5\n"})
    CHECK((rating_in(text) && rating_in(text)->stars == 5));
  CHECK(rating_in("★★☆☆☆")->stars == 2);
  CHECK(rating_in("1")->stars == 1);
}

TEST_CASE("what stands below it is the comment", "[mail]") {
  CHECK(rating_in("4\n\nquick, thanks\nZ.\n")->comment == "quick, thanks\nZ.");
  CHECK(rating_in("4")->comment.empty());
}

TEST_CASE("anything else is no rating", "[mail]") {
  for (auto const* text : {"",
                           "0",
                           "6",
                           "55",
                           "5 of us cannot sign in",
                           "2 more questions",
                           "1. restart the laptop",
                           "5 days ago",
                           "-1",
                           "the 5",
                           "3,5",
                           "4.5",
                           "5%",
                           "T-5",
                           "☆☆☆",
                           "★☆★",
                           "★★★★★★",
                           "评分",
                           "1)",
                           "3x",
                           "还是不行 5",
                           "1 2 3"})
    CHECK_FALSE(rating_in(text));
}
