// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/line_diff.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <vector>

using umsops::base::unified_diff;

namespace {

std::string diff(std::string_view before, std::string_view after) { return unified_diff(before, after, "a", "b"); }

/// What `patch` makes of it: the lines behind ' ' and '+', and those of the old text that no hunk shows.
std::string patched(std::string const& before, std::string const& diff) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < before.size();) {
    std::size_t const end = std::min(before.find('\n', at), before.size() - 1);
    lines.push_back(before.substr(at, end + 1 - at));
    at = end + 1;
  }
  std::string out;
  std::size_t next = 0, at = diff.find("@@");
  while (at < diff.size()) {
    std::size_t const end = diff.find('\n', at);
    std::string const line = diff.substr(at, end + 1 - at);
    at = end + 1;
    if (line.starts_with("@@")) {
      auto const count = line.find(',') < line.find('+') ? std::stoul(line.substr(line.find(',') + 1)) : 1;
      auto from = std::stoul(line.substr(4));
      if (count != 0) --from;
      while (next < from) out += lines.at(next++);
    } else if (line[0] == ' ') {
      out += lines.at(next++);
    } else if (line[0] == '-') {
      ++next;
    } else if (line[0] == '+') {
      out += line.substr(1);
    }
  }
  while (next < lines.size()) out += lines.at(next++);
  return out;
}

}  // namespace

TEST_CASE("a diff of two texts, as diff -u writes it") {
  CHECK(diff("a\nb\n", "a\nb\n").empty());
  CHECK(diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n") ==
        "--- a\n+++ b\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
  CHECK(diff("", "x\n") == "--- a\n+++ b\n@@ -0,0 +1 @@\n+x\n");
  CHECK(diff("x\n", "") == "--- a\n+++ b\n@@ -1 +0,0 @@\n-x\n");
  CHECK(diff("x", "x\n") == "--- a\n+++ b\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+x\n");
}

TEST_CASE("changes far from each other stand in hunks of their own") {
  std::string before, after;
  for (int i = 0; i < 40; ++i) {
    before += std::to_string(i) + "\n";
    after += i == 5 || i == 30 ? "x\n" : std::to_string(i) + "\n";
  }
  auto const text = diff(before, after);
  CHECK(text.find("@@ -3,7 +3,7 @@") != std::string::npos);
  CHECK(text.find("@@ -28,7 +28,7 @@") != std::string::npos);
  CHECK(patched(before, text) == after);
}

TEST_CASE("whatever differs, the diff leads from one text to the other") {
  std::mt19937 dice(5);
  for (int round = 0; round < 500; ++round) {
    std::string before, after;
    for (auto* text : {&before, &after}) {
      for (unsigned lines = dice() % 30; lines > 0; --lines) *text += std::to_string(dice() % 8) + "\n";
    }
    INFO(before << "--\n" << after);
    CHECK((before == after ? before : patched(before, diff(before, after))) == after);
  }
}

TEST_CASE("large texts are compared in step with their length") {
  std::string before, after, same;
  for (int i = 0; i < 60'000; ++i) {
    before += "old line " + std::to_string(i) + "\n";
    after += (i % 100 == 0 ? "new line " : "old line ") + std::to_string(i) + "\n";
    same += "x\n";
  }
  CHECK(patched(before, diff(before, after)) == after);
  CHECK(patched(same, diff(same, before)) == before);
}
