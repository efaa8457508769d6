// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <random>

#include "tree.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"

using namespace umsops::query;
using umsops::base::Error;

namespace {

constexpr std::uint32_t kSeed = 4711;
constexpr int kRounds = 20'000;

class Random {
 public:
  std::size_t below(std::size_t n) { return engine_() % n; }
  template <class T, std::size_t N>
  T const& one_of(T const (&all)[N]) {
    return all[below(N)];
  }

 private:
  std::mt19937 engine_{kSeed};
};

/// Accepted, or refused as a filter with valid text in its message; nothing else may happen.
bool accepted(std::string const& text) {
  try {
    parse_filter(text, ticket_context());
    return true;
  } catch (Error const& error) {
    if (&error.code() != &umsops::base::errors::filter_syntax) FAIL(text << ": " << error.what());
    if (umsops::base::check_text(error.message(), umsops::base::TextShape::block)) FAIL(text << ": " << error.what());
    if (error.message().size() > 1000) FAIL(text << ": " << error.message().size());
    return false;
  }
}

/// A filter in words that must parse, with the tree that it must give.
struct Written {
  std::string text, tree;
};

Written written_condition(Random& random) {
  static Written const kAtoms[] = {{"status=open", R"(status="OPEN")"},
                                   {"priority >= high", R"(priority>="HIGH")"},
                                   {"rev!=1,none", "rev!=1,null"},
                                   {"title~\"登录 失败\"", R"(title~"登录 失败")"},
                                   {"attributes.host:'x'", R"(attributes.host="x")"},
                                   {"created>=-7d", R"(created_at>="2026-11-16T09:30:00Z")"},
                                   {"密码", R"(any(title~"密码" description~"密码"))"}};
  return random.one_of(kAtoms);
}

Written written_filter(Random& random, int depth) {
  if (depth == 0 || random.below(4) == 0) return written_condition(random);
  if (random.below(4) == 0) {
    Written const inner = written_filter(random, depth - 1);
    static char const* const kNots[] = {"not ", "! ", "!", "NOT\t"};
    return {random.one_of(kNots) + ("(" + inner.text + ")"), "not(" + inner.tree + ")"};
  }
  bool const any = random.below(2) == 0;
  Written out{"", any ? "any(" : "all("};
  std::size_t const parts = 2 + random.below(3);
  for (std::size_t i = 0; i < parts; ++i) {
    static char const* const kAnds[] = {" ", " and ", "\nAND ", "　"};
    Written const part = written_filter(random, depth - 1);
    if (i > 0) out.text += any ? " or " : random.one_of(kAnds);
    out.text += "(" + part.text + ")";
    out.tree += (i > 0 ? " " : "") + part.tree;
  }
  return {out.text, out.tree + ")"};
}

}  // namespace

TEST_CASE("no text of tokens crashes or hangs the parser") {
  static char const* const kPieces[] = {"status", "=",    "OPEN", "(",       ")",   " ",  "and", "or",           "not",  "!",
                                        "~",      "登录", "\"",   "'",       ",",   ":",  "<",   ">=",           "none", "created",
                                        "-7d",    "\\",   "attributes.x",    "\xff", "!=", "rev", "today",       "　",   "\xe7\x99",
                                        "3",      "!~",   "&&",   "\n",      "changes", ".", "99999999999999999999w", "@1", "\xcc\x81"};
  Random random;
  int good = 0;
  for (int round = 0; round < kRounds; ++round) {
    std::string text;
    for (std::size_t n = random.below(14); n > 0; --n) text += random.one_of(kPieces);
    good += accepted(text);
  }
  CHECK(good > 1000);
}

TEST_CASE("no bytes crash or hang the parser") {
  Random random;
  for (int round = 0; round < kRounds; ++round) {
    std::string text;
    for (std::size_t n = random.below(300); n > 0; --n) text += static_cast<char>(random.below(256));
    accepted(text);
  }
  for (char const c : {'(', '!', '\'', '\\', '\x80', '\xff', ',', '=', 'x', '\0'}) {
    for (std::size_t const size : {1u, 2u, 63u, 64u, 65u, 4095u, 4096u, 4097u, 100'000u}) accepted(std::string(size, c));
  }
}

TEST_CASE("what is written is what is read") {
  Random random;
  int read = 0;
  for (int round = 0; round < 3000; ++round) {
    Written const filter = written_filter(random, 4);
    if (filter.text.size() > 4096) continue;
    ++read;
    std::string const tree = show(parse_filter(filter.text, ticket_context()));
    if (tree != filter.tree) FAIL(filter.text << "\n" << tree << "\n" << filter.tree);
  }
  CHECK(read > 2000);
}
