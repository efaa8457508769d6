// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "report/day_parts.hpp"
#include "report/mask.hpp"
#include "report/plan.hpp"
#include "report/sample.hpp"
#include "umsops/report/table.hpp"

namespace umsops::report {

/// What was gathered of one series in one group.
struct Gathered {
  std::int64_t records = 0;  ///< that the group and the mask let in
  std::int64_t n = 0, pending = 0, not_applicable = 0, invalid = 0;
  std::int64_t sum = 0, min = 0, max = 0;
  Sample sample;

  void take(std::int64_t value, bool sampled);
  void add(Gathered const& other);
};

/// Of rows that stand for many records: how many, and by input how many of them have a value and what these add up to.
struct Weights {
  std::int64_t const* records = nullptr;
  std::vector<std::int64_t const*> counts, sums;
};

/// Groups by what they combine, in one flat table.
class GroupTable {
 public:
  /// Its place; a new one gets `next`.
  std::uint32_t at(std::uint64_t combined, std::uint32_t next) {
    auto const* const places = places_.data();
    auto const* const keys = keys_.data();
    for (auto slot = first_slot(combined);; slot = (slot + 1) & mask_) {
      if (places[slot] == kFree) return take(slot, combined, next);
      if (keys[slot] == combined) return places[slot];
    }
  }

 private:
  static constexpr std::uint32_t kFree = UINT32_MAX;
  std::size_t first_slot(std::uint64_t combined) const {
    return static_cast<std::size_t>((combined * 0x9e3779b97f4a7c15ULL) >> 32) & mask_;
  }
  std::uint32_t take(std::size_t slot, std::uint64_t combined, std::uint32_t next);

  std::size_t used_ = 0, mask_ = 63;
  std::vector<std::uint64_t> keys_ = std::vector<std::uint64_t>(64);
  std::vector<std::uint32_t> places_ = std::vector<std::uint32_t>(64, kFree);
};

/// Makes the figures of a plan from records that come in batches, in any order.
class Aggregator {
 public:
  explicit Aggregator(Plan plan);

  Plan const& plan() const { return plan_; }
  /// Of the texts in the batches' columns, one for each input.
  std::vector<Words>& words() { return words_; }
  void add(Batch const& batch);
  /// The same of rows that are counted (report/counted.hpp).
  void add_counted(Batch const& batch, Weights const& weights);
  /// Nothing can be added behind it.
  Table finish();
  /// Of a list: where the records of its first rows are, in its order. The batches told their places.
  std::vector<std::int64_t> first_places();
  std::int64_t counted() const { return counted_; }
  /// Of a list that was given its first rows only: how many records it would have.
  void count_as(std::int64_t records) { counted_ = records; }

 private:
  static constexpr std::uint32_t kOut = UINT32_MAX;  ///< of no group
  /// Different values of one group; four groups of so many still combine into 64 bits.
  static constexpr std::uint64_t kMostKeys = 1 << 16;
  static_assert(kMostGroups == 4);

  /// Keys as small numbers, in the order of their first occurrence.
  struct KeyCodes {
    std::unordered_map<std::int64_t, std::uint32_t> codes;
    std::vector<std::uint32_t> small;  ///< by key, of ranks and codes of texts; kOut: not known yet
    std::vector<std::int64_t> keys;
    std::int64_t last_key = 0;
    std::uint32_t last_code = kOut;
    std::uint32_t code(std::int64_t key);
  };
  /// A row of a list.
  struct Listed {
    std::vector<std::int64_t> values;
    std::int64_t place;  ///< of its record, or when it came
  };
  /// What each row of a batch is in, for one view.
  struct Placed {
    std::vector<std::uint32_t> group;
  };

  void place(std::size_t view, Batch const& batch);
  void add_key(std::size_t key, std::size_t view, Batch const& batch);
  std::int64_t key_of(GroupKey const& key, std::size_t place, Batch const& batch, std::size_t view, std::size_t row);
  std::uint32_t group_of(std::uint64_t combined);
  void gather(std::size_t series, Batch const& batch);
  void gather_listed(std::size_t series, Batch const& batch, std::uint8_t const* passed);
  void gather_balance(std::size_t series, Batch const& batch, std::uint8_t const* passed);
  void gather_row(Series const& series, Batch const& batch, std::size_t row, Gathered& into);
  void gather_values(std::size_t series, Batch const& batch, std::uint8_t const* passed);
  void take_list(Batch const& batch);
  bool falls_behind(Batch const& batch, std::size_t row) const;
  bool comes_before(Listed const& a, Listed const& b) const;
  std::optional<std::size_t> most_listed() const;
  void keep_first(std::size_t rows);
  void sort_listed();
  bool in_period(std::size_t view, std::int64_t at) const;
  std::vector<std::uint32_t> const& items_of(std::size_t key, std::int64_t code);

  // finish.cpp
  Gathered& at(std::size_t series, std::size_t group);
  base::Value figure(Figure const& figure, Gathered const& own, Gathered const& other) const;
  base::Value key_value(std::size_t key, std::int64_t value) const;
  void fill_periods();
  void settle_balances();
  void add_rows(Table& table);
  void add_list_rows(Table& table);
  void add_columns(Table& table) const;

  Plan plan_;
  std::vector<Words> words_;
  std::optional<Mask> where_;
  std::vector<Mask> masks_;
  std::vector<DayParts> parts_;          ///< of each key
  std::vector<KeyCodes> codes_;          ///< of each key
  std::optional<std::size_t> exploded_;  ///< the key whose values are lists: a record is in the group of each item
  std::vector<std::vector<std::uint32_t>> items_;  ///< by code of a list: the codes of its items
  Words item_words_;
  GroupTable groups_;
  std::vector<std::uint64_t> combined_;                         ///< of each group
  std::vector<std::vector<Gathered>> gathered_;                 ///< by series and group
  std::vector<Gathered> whole_;                                 ///< by series, over all groups
  std::vector<std::map<std::int64_t, std::int64_t>> balances_;  ///< by series: what each period adds
  std::vector<Placed> placed_;                                  ///< by view
  std::vector<std::vector<std::uint8_t>> passed_;               ///< by mask
  std::vector<std::uint8_t> looked_at_;                         ///< by `where`
  std::vector<std::uint64_t> combining_;
  std::vector<Listed> listed_;
  std::optional<Listed> first_left_out_;  ///< what comes behind it need not be kept, either
  Listed next_{};
  std::int64_t counted_ = 0;
};

}  // namespace umsops::report
