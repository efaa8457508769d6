// SPDX-License-Identifier: Apache-2.0
#include "format/table_layout.hpp"

#include <algorithm>

#include "format/record_block.hpp"
#include "umsops/base/cells.hpp"

namespace umsops::format {
namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kReadable = 24, kTight = 16, kNarrowest = 12, kTorn = 4;  ///< cells of a text that gives way
constexpr std::size_t kKept = 2;                                                ///< columns that never go
constexpr std::size_t kWideWord = 4;  ///< cells of a heading without blanks, which may be broken anywhere

/// A heading by its words: an underscore is a place to break it at.
std::string in_words(std::string heading) {
  std::replace(heading.begin(), heading.end(), '_', ' ');
  return heading;
}

/// The fewest cells that a heading needs on several lines.
std::size_t narrowest(std::string const& heading, int ambiguous) {
  std::string const words = in_words(heading);
  std::size_t most = 0;
  for (std::size_t at = 0; at <= words.size();) {
    std::size_t const end = std::min(words.find(' ', at), words.size());
    auto const word = words.substr(at, end - at);
    auto const cells = base::cell_width(word, ambiguous);
    most = std::max(most, cells < word.size() ? std::min(cells, kWideWord) : cells);
    at = end + 1;
  }
  return most;
}

class Fitting {
 public:
  Fitting(std::vector<TableColumn> const& columns, std::size_t limit, int ambiguous)
      : columns_(columns), limit_(limit), ambiguous_(ambiguous) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      shown_.push_back(i);
      widths_.push_back(std::max(columns[i].needed, base::cell_width(columns[i].heading, ambiguous)));
    }
  }

  void fit(bool all) {
    if (!all && excess() > 0) drop_empty();
    narrow_text(kReadable);
    narrow_headings();
    while (!all && excess() > what_text_yields(kTight) && drop_one()) {
    }
    for (auto const floor : {kTight, kNarrowest, kTorn}) narrow_text(floor);
    widen_text();
  }

  TableLayout finish() {
    TableLayout out;
    out.fits = excess() == 0;
    out.shown = shown_;
    out.widths = widths_;
    out.left_out = left_out_;
    std::size_t lines = 1;
    for (std::size_t i = 0; i < shown_.size(); ++i) {
      auto const& heading = columns_[shown_[i]].heading;
      bool const whole = base::cell_width(heading, ambiguous_) <= widths_[i];
      out.headings.push_back(whole ? std::vector{heading} : wrap_cells(in_words(heading), widths_[i], ambiguous_));
      lines = std::max(lines, out.headings.back().size());
    }
    for (auto& heading : out.headings) heading.insert(heading.begin(), lines - heading.size(), std::string());
    return out;
  }

 private:
  TableColumn const& column(std::size_t place) const { return columns_[shown_[place]]; }

  std::size_t total() const {
    std::size_t cells = shown_.empty() ? 0 : kGap * (shown_.size() - 1);
    for (std::size_t const width : widths_) cells += width;
    return cells;
  }
  std::size_t excess() const { return total() > limit_ ? total() - limit_ : 0; }

  void take_out(std::size_t place) {
    shown_.erase(shown_.begin() + static_cast<std::ptrdiff_t>(place));
    widths_.erase(widths_.begin() + static_cast<std::ptrdiff_t>(place));
  }

  void drop_empty() {
    for (std::size_t place = shown_.size(); place-- > 1;) {
      if (column(place).needed == 0) take_out(place);
    }
  }

  /// The last one of the lowest rank. False: none may go.
  bool drop_one() {
    std::size_t least = shown_.size();
    for (std::size_t place = shown_.size(); place-- > kKept;) {
      if (least == shown_.size() || column(place).rank < column(least).rank) least = place;
    }
    if (least == shown_.size()) return false;
    left_out_.insert(std::upper_bound(left_out_.begin(), left_out_.end(), shown_[least]), shown_[least]);
    take_out(least);
    return true;
  }

  void narrow_headings() {
    for (std::size_t place = 0; place < shown_.size(); ++place) {
      auto const& one = column(place);
      auto const values = one.may_be_cut ? std::min(one.needed, kReadable) : one.needed;
      auto const least = std::max(values, narrowest(one.heading, ambiguous_));
      if (widths_[place] > least) widths_[place] -= std::min(excess(), widths_[place] - least);
    }
  }

  std::size_t what_text_yields(std::size_t floor) const {
    std::size_t cells = 0;
    for (std::size_t place = 0; place < shown_.size(); ++place) {
      if (column(place).may_be_cut && widths_[place] > floor) cells += widths_[place] - floor;
    }
    return cells;
  }

  /// The widest text shrinks to the next widest, and so on, none below `floor`.
  void narrow_text(std::size_t floor) {
    while (std::size_t const much = excess()) {
      std::size_t widest = widths_.size(), second = floor;
      for (std::size_t i = 0; i < widths_.size(); ++i) {
        if (!column(i).may_be_cut || widths_[i] <= floor) continue;
        if (widest == widths_.size() || widths_[i] > widths_[widest]) {
          if (widest < widths_.size()) second = std::max(second, widths_[widest]);
          widest = i;
        } else {
          second = std::max(second, widths_[i]);
        }
      }
      if (widest == widths_.size()) return;
      std::size_t const step = std::max<std::size_t>(widths_[widest] - second, 1);
      widths_[widest] -= std::min(much, step);
    }
  }

  /// What is left of the line goes to texts that were cut, from left to right.
  void widen_text() {
    for (std::size_t i = 0; i < widths_.size() && total() < limit_; ++i)
      widths_[i] += std::min(limit_ - total(), column(i).needed - std::min(widths_[i], column(i).needed));
  }

  std::vector<TableColumn> const& columns_;
  std::size_t limit_;
  int ambiguous_;
  std::vector<std::size_t> shown_, widths_, left_out_;
};

}  // namespace

TableLayout lay_out(std::vector<TableColumn> const& columns, std::size_t limit, bool all, int ambiguous) {
  Fitting fitting(columns, limit, ambiguous);
  fitting.fit(all);
  return fitting.finish();
}

TableLayout lay_out_whole(std::vector<TableColumn> const& columns, int ambiguous) {
  return Fitting(columns, std::string::npos, ambiguous).finish();
}

}  // namespace umsops::format
