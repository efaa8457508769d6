// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "report/frame.hpp"
#include "umsops/base/time.hpp"

namespace umsops::desk {

/// One column: a file of numbers of one width, by place. Texts are codes; what they stand for lies beside.
struct ColumnSpec {
  std::string name;
  int width = 8;  ///< bytes: 1 for ranks, 4 for numbers and codes, 8 for times
  bool is_text = false;
};

/// What a folder of columns was made of. Whatever does not fit makes it useless, and it is made anew.
struct ColumnMeta {
  std::string store, made_by;  ///< id of the store; what derived values were made by
  std::int64_t seq = 0;        ///< all events up to this one are in it
  std::int64_t rows = 0;
  base::TimePoint at{};  ///< when
};

/// The columns of a folder, mapped. They are a copy that is thrown away at any doubt: never the truth.
class ColumnReader {
 public:
  /// nullopt: there is no sound folder of these columns.
  static std::optional<ColumnReader> open(std::string const& folder, std::vector<ColumnSpec> const& specs);
  ~ColumnReader();
  ColumnReader(ColumnReader&&) noexcept;

  ColumnMeta const& meta() const { return meta_; }
  /// The numbers of `count` rows from place `first` on; `report::kNone` for what is absent.
  void read(std::size_t column, std::int64_t first, std::size_t count, std::int64_t* into) const;
  /// The least and the greatest number of the block of `report::kBatchRows` rows that begins at place `first`. Of a
  /// column of 8 bytes; none: the least is above the greatest.
  std::pair<std::int64_t, std::int64_t> ends(std::size_t column, std::int64_t first) const;
  /// The texts of a column, by code.
  std::vector<std::string> words(std::size_t column) const;
  /// The folder is still what it was when it was opened: nobody wrote into it meanwhile.
  bool unchanged() const;

 private:
  struct Mapped;
  ColumnReader();
  std::string folder_;
  ColumnMeta meta_;
  std::string meta_text_;
  std::vector<Mapped> columns_;
  std::vector<ColumnSpec> specs_;
};

/// Writes columns. While it lives nobody else writes, and readers find no sound folder from the first change on until
/// `commit`.
class ColumnWriter {
 public:
  /// nullopt: somebody else writes. What is there and fits `store` and `made_by` is continued.
  static std::optional<ColumnWriter> open(std::string const& folder, std::vector<ColumnSpec> const& specs,
                                          std::string const& store, std::string const& made_by);
  ~ColumnWriter();
  ColumnWriter(ColumnWriter&&) noexcept;

  /// Of what is there already; 0 rows: nothing is.
  ColumnMeta const& meta() const;
  /// Places from the next one on are appended in order; earlier ones are written over.
  void put(std::int64_t place, std::size_t column, std::int64_t number);
  void put_text(std::int64_t place, std::size_t column, std::string_view text);
  void commit(std::int64_t seq, std::int64_t rows, base::TimePoint at);

 private:
  struct State;
  explicit ColumnWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace umsops::desk
