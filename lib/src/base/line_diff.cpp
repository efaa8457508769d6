// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/line_diff.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace umsops::base {
namespace {

constexpr std::size_t kContext = 3;
/// Blocks of at most so many pairs of lines are compared each with each; larger ones are divided at lines that occur
/// once on both sides.
constexpr std::size_t kMostPairs = 250'000;

using Lines = std::vector<std::string_view>;
using Range = std::pair<std::size_t, std::size_t>;  ///< [first, second)

Lines lines_of(std::string_view text) {
  Lines lines;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t const end = std::min(text.find('\n', at), text.size() - 1);
    lines.push_back(text.substr(at, end + 1 - at));
    at = end + 1;
  }
  return lines;
}

/// Finds which lines stay; the others of each side were removed, or added.
class Matcher {
 public:
  Matcher(Lines const& before, Lines const& after) : before_(before), after_(after) {}

  /// Pairs of equal lines, in order.
  std::vector<Range> run() {
    match({0, before_.size()}, {0, after_.size()});
    return std::move(pairs_);
  }

 private:
  void match(Range a, Range b) {
    while (a.first < a.second && b.first < b.second && before_[a.first] == after_[b.first])
      pairs_.emplace_back(a.first++, b.first++);
    std::size_t same = 0;
    while (a.first < a.second && b.first < b.second && before_[a.second - 1] == after_[b.second - 1]) {
      --a.second, --b.second;
      ++same;
    }
    std::size_t const rows = a.second - a.first, columns = b.second - b.first;
    if (rows > 0 && columns > 0) {
      rows <= kMostPairs / columns ? match_all(a, b) : match_between_unique(a, b);
    }
    for (std::size_t i = 0; i < same; ++i) pairs_.emplace_back(a.second + i, b.second + i);
  }

  /// The longest common sequence, by a table of the lengths from each place on.
  void match_all(Range a, Range b) {
    std::size_t const rows = a.second - a.first, columns = b.second - b.first;
    std::vector<std::uint32_t> length((rows + 1) * (columns + 1));
    auto const at = [&](std::size_t i, std::size_t j) -> std::uint32_t& { return length[i * (columns + 1) + j]; };
    for (std::size_t i = rows; i-- > 0;) {
      for (std::size_t j = columns; j-- > 0;) {
        bool const equal = before_[a.first + i] == after_[b.first + j];
        at(i, j) = equal ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
      }
    }
    for (std::size_t i = 0, j = 0; i < rows && j < columns;) {
      if (before_[a.first + i] == after_[b.first + j]) {
        pairs_.emplace_back(a.first + i++, b.first + j++);
      } else {
        at(i + 1, j) >= at(i, j + 1) ? ++i : ++j;
      }
    }
  }

  /// Lines that occur once on both sides, in the longest order that holds on both, divide the rest.
  void match_between_unique(Range a, Range b) {
    auto const anchors = in_order(unique_pairs(a, b));
    if (anchors.empty()) return;  // nothing to hold on to: all of one side is replaced by the other
    for (auto const& [i, j] : anchors) {
      match({a.first, i}, {b.first, j});
      pairs_.emplace_back(i, j);
      a.first = i + 1;
      b.first = j + 1;
    }
    match(a, b);
  }

  std::vector<Range> unique_pairs(Range a, Range b) const {
    struct Count {
      std::size_t before = 0, after = 0, place = 0;
    };
    std::unordered_map<std::string_view, Count> counts;
    for (std::size_t j = b.first; j < b.second; ++j) {
      auto& count = counts[after_[j]];
      ++count.after;
      count.place = j;
    }
    for (std::size_t i = a.first; i < a.second; ++i) {
      if (auto const found = counts.find(before_[i]); found != counts.end()) ++found->second.before;
    }
    std::vector<Range> pairs;
    for (std::size_t i = a.first; i < a.second; ++i) {
      auto const found = counts.find(before_[i]);
      if (found != counts.end() && found->second.before == 1 && found->second.after == 1)
        pairs.emplace_back(i, found->second.place);
    }
    return pairs;
  }

  /// The longest part whose second places grow as the first ones do.
  static std::vector<Range> in_order(std::vector<Range> const& pairs) {
    std::vector<std::size_t> ends, previous(pairs.size(), pairs.size());
    for (std::size_t k = 0; k < pairs.size(); ++k) {
      auto const place = std::lower_bound(ends.begin(), ends.end(), pairs[k].second,
                                          [&](std::size_t end, std::size_t j) { return pairs[end].second < j; });
      if (place != ends.begin()) previous[k] = *(place - 1);
      if (place == ends.end()) {
        ends.push_back(k);
      } else {
        *place = k;
      }
    }
    std::vector<Range> order;
    for (std::size_t k = ends.empty() ? pairs.size() : ends.back(); k < pairs.size(); k = previous[k])
      order.push_back(pairs[k]);
    std::reverse(order.begin(), order.end());
    return order;
  }

  Lines const &before_, &after_;
  std::vector<Range> pairs_;
};

/// One change: these lines of the one text by those of the other.
struct Change {
  Range before, after;
};

std::vector<Change> changes_of(Lines const& before, Lines const& after) {
  auto pairs = Matcher(before, after).run();
  pairs.emplace_back(before.size(), after.size());
  std::vector<Change> changes;
  std::size_t i = 0, j = 0;
  for (auto const& [next_i, next_j] : pairs) {
    if (i < next_i || j < next_j) changes.push_back({{i, next_i}, {j, next_j}});
    i = next_i + 1;
    j = next_j + 1;
  }
  return changes;
}

void add_line(std::string& out, char sign, std::string_view line) {
  out.append(1, sign).append(line);
  if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

/// `12,3`; the place of nothing is the line before it.
std::string range_text(std::size_t first, std::size_t count) {
  return std::to_string(count == 0 ? first : first + 1) + (count == 1 ? "" : "," + std::to_string(count));
}

void add_hunk(std::string& out, Lines const& before, Lines const& after, std::span<Change const> changes) {
  std::size_t const lead = std::min(kContext, changes.front().before.first);
  std::size_t const from = changes.front().before.first - lead, after_from = changes.front().after.first - lead;
  std::size_t const to = std::min(changes.back().before.second + kContext, before.size());
  std::size_t const after_to = changes.back().after.second + (to - changes.back().before.second);
  out.append("@@ -").append(range_text(from, to - from)).append(" +");
  out.append(range_text(after_from, after_to - after_from)).append(" @@\n");
  std::size_t at = from;
  for (auto const& change : changes) {
    for (; at < change.before.first; ++at) add_line(out, ' ', before[at]);
    for (; at < change.before.second; ++at) add_line(out, '-', before[at]);
    for (std::size_t j = change.after.first; j < change.after.second; ++j) add_line(out, '+', after[j]);
  }
  for (; at < to; ++at) add_line(out, ' ', before[at]);
}

}  // namespace

std::string unified_diff(std::string_view before, std::string_view after, std::string_view before_name,
                         std::string_view after_name) {
  if (before == after) return {};
  auto const old_lines = lines_of(before), new_lines = lines_of(after);
  auto const changes = changes_of(old_lines, new_lines);
  std::string out = "--- ";
  out.append(before_name).append("\n+++ ").append(after_name).append("\n");
  for (std::size_t first = 0; first < changes.size();) {
    std::size_t last = first + 1;
    while (last < changes.size() && changes[last].before.first - changes[last - 1].before.second <= 2 * kContext)
      ++last;
    add_hunk(out, old_lines, new_lines, std::span(changes).subspan(first, last - first));
    first = last;
  }
  return out;
}

}  // namespace umsops::base
