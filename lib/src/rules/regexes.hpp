// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace re2 {
class RE2;
}

namespace umsops::rules {

inline constexpr std::size_t kLongestRegex = 1024;        // bytes
inline constexpr std::size_t kLongestSubject = 64 << 10;  // bytes of a text that an expression is matched against

/// A place in a text, and what the named groups hold there.
struct RegexMatch {
  std::size_t begin = 0, end = 0;
  std::vector<std::pair<std::string, std::string>> groups;
};

/// The problem of an expression (empty: none) and its named groups.
struct RegexCheck {
  std::string problem;
  std::vector<std::string> groups;
};
RegexCheck check_regex(std::string_view pattern);

/// The expressions of one rule set, each compiled on first use. Linear time for any text.
class Regexes {
 public:
  explicit Regexes(std::uint32_t count);
  ~Regexes();
  Regexes(Regexes const&) = delete;
  Regexes& operator=(Regexes const&) = delete;

  /// Looks for the first match; false also for an expression that cannot be compiled.
  bool find(std::uint32_t number, std::string_view pattern, std::string_view text, bool with_groups,
            RegexMatch& match) const;

 private:
  re2::RE2 const* compiled(std::uint32_t number, std::string_view pattern) const;

  std::uint32_t count_;
  std::unique_ptr<std::atomic<re2::RE2 const*>[]> compiled_;
  mutable std::mutex compiling_;
};

}  // namespace umsops::rules
