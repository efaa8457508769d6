// SPDX-License-Identifier: Apache-2.0
#include "rules/regexes.hpp"

#include <re2/re2.h>

namespace umsops::rules {
namespace {

// Time is linear in the text, but times the program's size: a counted repetition of hundreds is a program of thousands.
constexpr int kLargestProgram = 4000;
constexpr std::int64_t kMostMemory = 8 << 20;

re2::RE2::Options options() {
  re2::RE2::Options out;
  out.set_log_errors(false);
  out.set_max_mem(kMostMemory);
  return out;
}

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

std::string_view cut(std::string_view text) {
  if (text.size() <= kLongestSubject) return text;
  std::size_t end = kLongestSubject;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

}  // namespace

RegexCheck check_regex(std::string_view pattern) {
  if (pattern.empty()) return {"an empty expression matches everything", {}};
  if (pattern.size() > kLongestRegex) return {"an expression has at most 1024 bytes", {}};
  re2::RE2 const regex(piece(pattern), options());
  if (!regex.ok()) return {"regex: " + regex.error().substr(0, 160), {}};
  if (regex.ProgramSize() > kLargestProgram) return {"the expression is too costly: fewer or smaller repetitions", {}};
  RegexCheck check;
  for (auto const& [name, number] : regex.NamedCapturingGroups()) check.groups.push_back(name);
  return check;
}

Regexes::Regexes(std::uint32_t count) : count_(count), compiled_(new std::atomic<re2::RE2 const*>[count]()) {}

Regexes::~Regexes() {
  for (std::uint32_t i = 0; i < count_; ++i) delete compiled_[i].load(std::memory_order_relaxed);
}

re2::RE2 const* Regexes::compiled(std::uint32_t number, std::string_view pattern) const {
  if (auto const* ready = compiled_[number].load(std::memory_order_acquire)) return ready;
  std::lock_guard<std::mutex> const lock(compiling_);
  if (auto const* ready = compiled_[number].load(std::memory_order_relaxed)) return ready;
  auto regex = std::make_unique<re2::RE2 const>(piece(pattern), options());
  compiled_[number].store(regex.get(), std::memory_order_release);
  return regex.release();
}

bool Regexes::find(std::uint32_t number, std::string_view pattern, std::string_view text, bool with_groups,
                   RegexMatch& match) const {
  if (number >= count_ || pattern.size() > kLongestRegex) return false;
  re2::RE2 const& regex = *compiled(number, pattern);
  if (!regex.ok() || regex.ProgramSize() > kLargestProgram) return false;
  re2::StringPiece const subject = piece(cut(text));
  std::vector<re2::StringPiece> parts(with_groups ? static_cast<std::size_t>(regex.NumberOfCapturingGroups()) + 1 : 1);
  if (!regex.Match(subject, 0, subject.size(), re2::RE2::UNANCHORED, parts.data(), static_cast<int>(parts.size()))) {
    return false;
  }
  match.begin = static_cast<std::size_t>(parts[0].data() - subject.data());
  match.end = match.begin + parts[0].size();
  if (!with_groups) return true;
  for (auto const& [name, group] : regex.NamedCapturingGroups()) {
    auto const& part = parts[static_cast<std::size_t>(group)];
    if (part.data() && !part.empty()) match.groups.emplace_back(name, std::string(part.data(), part.size()));
  }
  return true;
}

}  // namespace umsops::rules
