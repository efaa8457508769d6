// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "umsops/base/time.hpp"

namespace umsops::base {

/// A dynamically typed value: a field of any record, or a JSON value. Members of an object keep their order and are
/// unique; doubles are never NaN.
class Value {
 public:
  using List = std::vector<Value>;
  using Object = std::vector<std::pair<std::string, Value>>;

  Value() = default;
  Value(bool v) : data_(v) {}
  Value(int v) : data_(std::int64_t{v}) {}
  Value(std::int64_t v) : data_(v) {}
  Value(double v) : data_(v) {}
  Value(char const* v) : data_(std::string(v)) {}
  Value(std::string_view v) : data_(std::string(v)) {}
  Value(std::string v) : data_(std::move(v)) {}
  Value(TimePoint v) : data_(v) {}
  Value(List v) : data_(std::move(v)) {}
  Value(Object v) : data_(std::move(v)) {}

  template <class T>
  T const* get_if() const {
    return std::get_if<T>(&data_);
  }
  template <class T>
  T* get_if() {
    return std::get_if<T>(&data_);
  }
  bool is_null() const { return std::holds_alternative<std::monostate>(data_); }
  /// The text; an empty view for any other type.
  std::string_view text() const;
  /// The member of that name; null when there is none or this is no object.
  Value const* find(std::string_view name) const;
  /// Adds a member; `this` must be an object or null (which becomes an object).
  Value& add(std::string_view name, Value value);

  bool operator==(Value const&) const = default;

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, TimePoint, List, Object> data_;
};

}  // namespace umsops::base
