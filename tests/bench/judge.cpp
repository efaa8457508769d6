// SPDX-License-Identifier: Apache-2.0
// judge MODEL FILE: what it takes to judge a text. Each line of the file is one; prints the median, the 99th percentile
// and the slowest of all, in microseconds, after one round that warms the caches up.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "umsops/desk/model_file.hpp"
#include "umsops/learn/model.hpp"

int main(int count, char** words) {
  if (count != 3) return std::fprintf(stderr, "usage: judge MODEL FILE\n"), 2;
  auto const model = umsops::desk::ModelFile(words[1], nullptr).open();
  std::vector<std::string> texts;
  std::ifstream file(words[2]);
  for (std::string line; std::getline(file, line);) texts.push_back(line);
  if (!model || texts.empty()) return std::fprintf(stderr, "no model, or no texts\n"), 1;
  umsops::learn::Judge judge(model);
  std::vector<double> times;
  for (int round = 0; round < 2; ++round) {
    times.clear();
    for (auto const& text : texts) {
      auto const begun = std::chrono::steady_clock::now();
      judge.judge({"", text});
      times.push_back(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begun).count());
    }
  }
  std::sort(times.begin(), times.end());
  std::printf("%zu texts: median %.1f us, 99th percentile %.1f us, slowest %.1f us\n", times.size(),
              times[times.size() / 2], times[times.size() * 99 / 100], times.back());
}
