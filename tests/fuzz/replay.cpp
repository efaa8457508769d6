// SPDX-License-Identifier: Apache-2.0
// replay ROUNDS FILE...: a target without a fuzzer, for every build: each file as it is, then ROUNDS damaged copies of
// them. SEED=N repeats a run. What a crash was about is left in crash-TARGET.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "tests/fuzz/fuzz.hpp"

namespace {

using Random = std::mt19937;

/// What is likely to mean something to a parser; the end of the text, a NUL, among them.
constexpr char kMarks[] = "\"'\\,:;[]{}()&*!|>%@`#-=<>~\t\n\r";

std::size_t below(Random& random, std::size_t limit) { return limit == 0 ? 0 : random() % limit; }

/// Cuts, repeats, flips, or joins with a part of another one.
void damage(std::string& bytes, std::string const& other, Random& random) {
  std::size_t const at = below(random, bytes.size() + 1);
  std::size_t const length = below(random, 1 + std::min<std::size_t>(bytes.size() - at, 64));
  switch (random() % 6) {
    case 0:
      bytes.erase(at, length);
      break;
    case 1:
      bytes.insert(at, bytes.substr(at, length));
      break;
    case 2:
      bytes.insert(at, 1, static_cast<char>(random()));
      break;
    case 3:
      if (at < bytes.size()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
      break;
    case 4:
      bytes.insert(at, other.substr(below(random, other.size()), 1 + random() % 64));
      break;
    default:
      bytes.insert(at, 1, kMarks[random() % sizeof kMarks]);
  }
}

std::vector<std::string> read_all(char** begin, char** end) {
  std::vector<std::string> seeds;
  for (; begin != end; ++begin) {
    std::ifstream in(*begin, std::ios::binary);
    seeds.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return seeds;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  char const* const given = std::getenv("SEED");
  unsigned const seed = given ? static_cast<unsigned>(std::strtoul(given, nullptr, 10)) : std::random_device{}();
  std::string const crash = "crash-" + std::filesystem::path(argv[0]).filename().string();
  std::printf("SEED=%u; the input of a crash is in %s\n", seed, crash.c_str());
  std::fflush(stdout);
  Random random(seed);
  auto const seeds = read_all(argv + 2, argv + argc);
  auto const run = [&](std::string const& bytes) {
    std::ofstream(crash, std::ios::binary | std::ios::trunc) << bytes;
    umsops::fuzz::one_input(bytes);
  };
  for (auto const& bytes : seeds) run(bytes);
  long const rounds = std::strtol(argv[1], nullptr, 10);
  for (long i = 0; i < rounds; ++i) {
    std::string bytes = seeds[below(random, seeds.size())].substr(0, 4096);
    for (unsigned times = 1 + random() % 8; times > 0; --times)
      damage(bytes, seeds[below(random, seeds.size())], random);
    run(bytes);
  }
  std::filesystem::remove(crash);
  std::printf("%zu files and %ld damaged copies\n", seeds.size(), rounds);
}
