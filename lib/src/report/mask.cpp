// SPDX-License-Identifier: Apache-2.0
#include "report/mask.hpp"

#include <algorithm>
#include <cmath>

#include "query/passing.hpp"
#include "umsops/base/error.hpp"

namespace umsops::report {
namespace {

using query::Condition;
using query::Filter;
using query::Op;

/// The value as the column's numbers have it.
std::int64_t number_of(base::Value const& value, Kind kind) {
  if (auto const* at = value.get_if<base::TimePoint>()) return at->time_since_epoch().count();
  if (auto const* truth = value.get_if<bool>()) return *truth ? 1 : 0;
  if (auto const* number = value.get_if<std::int64_t>()) return kind == Kind::decimal ? *number * kMillion : *number;
  if (auto const* number = value.get_if<double>())
    return static_cast<std::int64_t>(std::llround(*number * static_cast<double>(kMillion)));
  return kNone;
}

bool passes_number(Condition const& condition, Kind kind, std::int64_t number) {
  bool const positive = std::any_of(condition.values.begin(), condition.values.end(), [&](auto const& value) {
    if (value.is_null()) return false;
    auto const wanted = number_of(value, kind);
    return query::passes(condition.op, (number > wanted) - (number < wanted));
  });
  return positive != query::is_negative(condition.op);
}

bool passes_text(Condition const& condition, std::string const& text) {
  bool const searches = condition.op == Op::contains || condition.op == Op::lacks;
  bool const positive = std::any_of(condition.values.begin(), condition.values.end(), [&](auto const& value) {
    if (value.is_null()) return false;
    return searches ? query::contains_folded(text, value.text()) : text == value.text();
  });
  return positive != query::is_negative(condition.op);
}

/// What becomes of records without a value.
bool passes_absent(Condition const& condition) {
  return query::names_absence(condition) != query::is_negative(condition.op);
}

std::size_t input_of(std::vector<Input> const& inputs, Condition const& condition) {
  Input const wanted{condition.field, condition.member};
  auto const found = std::find(inputs.begin(), inputs.end(), wanted);
  return static_cast<std::size_t>(found - inputs.begin());
}

/// The words of a text are in the search index, which reports do not look into.
[[noreturn]] void refuse_search() {
  throw base::Error(
      base::errors::usage_bad_value,
      {{"flag", "--where"}, {"value", "text~"}, {"expected", "a filter of fields (title~, description~)"}});
}

}  // namespace

class Mask::Node {
 public:
  Node(Filter const& filter, base::RecordType const& type, std::vector<Input> const& inputs,
       std::vector<Words> const& words)
      : kind_(filter.kind) {
    if (kind_ == Filter::Kind::text || kind_ == Filter::Kind::rows) refuse_search();
    for (auto const& child : filter.children) children_.push_back(std::make_unique<Node>(child, type, inputs, words));
    if (kind_ != Filter::Kind::condition) return;
    condition_ = filter.condition;
    input_ = input_of(inputs, condition_);
    type_ = inputs[input_].kind;
    words_ = &words[input_];
    absent_ = passes_absent(condition_);
    if (type_ == Kind::choice) know_choices(type.fields[condition_.field]);
  }

  void apply(Batch const& batch, std::uint8_t* passed) {
    switch (kind_) {
      case Filter::Kind::everything:
        std::fill_n(passed, batch.rows, std::uint8_t{1});
        return;
      case Filter::Kind::condition:
        return look(batch, passed);
      case Filter::Kind::all:
      case Filter::Kind::any:
        return join(batch, passed);
      case Filter::Kind::none:
        if (children_.empty()) {
          std::fill_n(passed, batch.rows, std::uint8_t{0});
          return;
        }
        children_[0]->apply(batch, passed);
        for (std::size_t i = 0; i < batch.rows; ++i) passed[i] ^= 1;
        return;
      case Filter::Kind::text:
      case Filter::Kind::rows:
        refuse_search();
    }
  }

 private:
  void know_choices(base::Field const& field) {
    auto const passing = query::passing_choices(field, condition_);
    for (auto const choice : field.choices)
      known_.push_back(std::find(passing.begin(), passing.end(), choice) != passing.end());
  }

  void join(Batch const& batch, std::uint8_t* passed) {
    bool const all = kind_ == Filter::Kind::all;
    std::fill_n(passed, batch.rows, static_cast<std::uint8_t>(all));
    other_.resize(kBatchRows);
    auto const rows = batch.rows;
    for (auto const& child : children_) {
      auto* const other = other_.data();
      child->apply(batch, other);
      if (all) {
        for (std::size_t i = 0; i < rows; ++i) passed[i] &= other[i];
      } else {
        for (std::size_t i = 0; i < rows; ++i) passed[i] |= other[i];
      }
    }
  }

  void look(Batch const& batch, std::uint8_t* passed) {
    auto const* const column = batch.columns[input_];
    if (type_ == Kind::text) know_words();
    bool const coded = type_ == Kind::text || type_ == Kind::choice;
    if (!coded && condition_.values.size() == 1 && !condition_.values[0].is_null())
      return compare(column, number_of(condition_.values[0], type_), batch.rows, passed);
    auto const rows = batch.rows;
    auto const absent = static_cast<std::uint8_t>(absent_);
    if (!coded) {
      for (std::size_t i = 0; i < rows; ++i)
        passed[i] = column[i] == kNone ? absent : passes_number(condition_, type_, column[i]);
      return;
    }
    auto const* const known = known_.data();
    auto const count = known_.size();
    // What is absent is no code, as a number without a sign.
    for (std::size_t i = 0; i < rows; ++i) {
      auto const code = static_cast<std::uint64_t>(column[i]);
      passed[i] = code < count ? known[code] : column[i] == kNone ? absent : std::uint8_t{0};
    }
  }

  /// One number with all of a column.
  void compare(std::int64_t const* column, std::int64_t wanted, std::size_t rows, std::uint8_t* passed) const {
    auto const each = [=, absent = static_cast<std::uint8_t>(absent_)](auto const& passes) {
      for (std::size_t i = 0; i < rows; ++i)
        passed[i] = column[i] == kNone ? absent : static_cast<std::uint8_t>(passes(column[i]));
    };
    switch (condition_.op) {
      case Op::lt:
        return each([wanted](std::int64_t number) { return number < wanted; });
      case Op::le:
        return each([wanted](std::int64_t number) { return number <= wanted; });
      case Op::gt:
        return each([wanted](std::int64_t number) { return number > wanted; });
      case Op::ge:
        return each([wanted](std::int64_t number) { return number >= wanted; });
      case Op::eq:
        return each([wanted](std::int64_t number) { return number == wanted; });
      case Op::ne:
        return each([wanted](std::int64_t number) { return number != wanted; });
      case Op::contains:
        return each([](std::int64_t) { return false; });
      case Op::lacks:
        return each([](std::int64_t) { return true; });
    }
  }

  /// Each text is looked at once, however many records have it.
  void know_words() {
    while (known_.size() < words_->size())
      known_.push_back(passes_text(condition_, words_->text(static_cast<std::int64_t>(known_.size()))));
  }

  Filter::Kind kind_;
  std::vector<std::unique_ptr<Node>> children_;
  Condition condition_;
  std::size_t input_ = 0;
  Kind type_ = Kind::number;
  Words const* words_ = nullptr;
  bool absent_ = false;
  std::vector<std::uint8_t> known_;  ///< by code: whether such values pass
  std::vector<std::uint8_t> other_;
};

Mask::Mask(Filter const& filter, base::RecordType const& type, std::vector<Input> const& inputs,
           std::vector<Words> const& words)
    : root_(std::make_unique<Node>(filter, type, inputs, words)) {}
Mask::~Mask() = default;
Mask::Mask(Mask&&) noexcept = default;

void Mask::apply(Batch const& batch, std::uint8_t* passed) { root_->apply(batch, passed); }

}  // namespace umsops::report
