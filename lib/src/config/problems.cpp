// SPDX-License-Identifier: Apache-2.0
#include "config/problems.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "umsops/base/text.hpp"

namespace umsops::config {
namespace {

constexpr std::size_t kMostProblems = 100;
constexpr std::size_t kMostNamed = 12;

base::Error unknown_key(Node const& key, std::vector<std::string_view> const& allowed) {
  base::Error error = invalid(key.spot, fmt::format("unknown key {}", echo(key.scalar)), suggest(key.scalar, allowed));
  base::Value detail;
  detail.add("field", key.scalar);
  if (std::string const best = base::nearest(key.scalar, allowed); !best.empty()) detail.add("suggestion", best);
  base::Value::List names;
  for (auto const name : allowed) names.emplace_back(name);
  detail.add("allowed", std::move(names));
  return error.detail(std::move(detail));
}

}  // namespace

std::string echo(std::string_view text) {
  std::string out;
  std::size_t characters = 0, end = 0;
  while (end < text.size() && characters <= 80) {
    if ((static_cast<unsigned char>(text[end]) & 0xC0) != 0x80) ++characters;
    if (characters <= 80) ++end;
  }
  out.append(1, '"').append(text.substr(0, end));
  return out + (end < text.size() ? "…\"" : "\"");
}

std::string suggest(std::string_view word, std::vector<std::string_view> const& allowed) {
  if (word.size() <= 64) {
    if (std::string const best = base::nearest(word, allowed); !best.empty()) return "did you mean " + best + "?";
  }
  if (allowed.empty() || allowed.size() > kMostNamed) return "";
  return fmt::format("one of: {}", fmt::join(allowed, ", "));
}

base::Error invalid(base::SourceSpot const& spot, std::string problem, std::string suggestion) {
  base::Error error(base::errors::config_invalid,
                    {{"problem", std::move(problem)}, {"suggestion", std::move(suggestion)}});
  return error.at(spot);
}

void Problems::add(base::Error const& error) {
  if (errors_.size() >= kMostProblems) return;
  if (&error.code() != &base::errors::config_invalid || code_ == &base::errors::config_invalid) {
    errors_.push_back(error);
    return;
  }
  base::Error ours(*code_, {{"problem", error.message()}, {"suggestion", error.hint()}});
  ours.at(error.spot());
  for (auto const& detail : error.details()) ours.detail(detail);
  errors_.push_back(std::move(ours));
}

void Problems::check_keys(Node const& map, std::vector<std::string_view> const& allowed) {
  for (auto const& [key, value] : map.members) {
    if (std::find(allowed.begin(), allowed.end(), key.scalar) == allowed.end()) add(unknown_key(key, allowed));
  }
}

void Problems::raise() const {
  if (errors_.empty()) return;
  base::Error first = errors_.front();
  for (std::size_t i = 1; i < errors_.size(); ++i) {
    base::Value also;
    also.add("message", errors_[i].message());
    also.add("file", errors_[i].spot().file);
    also.add("line", errors_[i].spot().line);
    also.add("column", errors_[i].spot().column);
    first.detail(std::move(also));
  }
  throw first;
}

void require_keys(Node const& map, std::vector<std::string_view> const& allowed) {
  Problems problems(base::errors::config_invalid);
  problems.check_keys(map, allowed);
  problems.raise();
}

}  // namespace umsops::config
