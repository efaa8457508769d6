// SPDX-License-Identifier: Apache-2.0
// How a struct meets the description of its fields: a table of entries, each with the way to read and to set one
// member.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/refusal.hpp"
#include "umsops/base/field.hpp"
#include "umsops/base/text.hpp"
#include "umsops/base/time.hpp"
#include "umsops/base/value.hpp"

namespace umsops::model {

/// Reads a value given for `field`, or its text form. Empty text and null are "absent". Throw `record.invalid`.
std::string text_from(std::string_view field, base::Value const& value);
std::optional<base::TimePoint> time_from(std::string_view field, base::Value const& value);
std::optional<std::int64_t> integer_from(std::string_view field, base::Value const& value);
bool is_absent(base::Value const& value);

/// How one field of a record R is read and set. `set` is given the field's name for its errors.
template <class R>
struct Access {
  base::Value (*get)(R const& record);
  void (*set)(R& record, std::string_view name, base::Value const& value);
  std::string_view (*text)(R const& record) = nullptr;  ///< of a text field: `get` without a copy
};

template <class R>
struct Entry {
  base::Field field;
  Access<R> access;
};

template <auto Member>
struct MemberOf;
template <class R, class T, T R::*Member>
struct MemberOf<Member> {
  using Record = R;
  using Type = T;
};
template <auto Member>
using RecordOf = typename MemberOf<Member>::Record;
template <auto Member>
using TypeOf = typename MemberOf<Member>::Type;

template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;

template <class T>
base::Value or_null(std::optional<T> const& value) {
  return value ? base::Value(*value) : base::Value();
}

template <auto Member>
base::Value get_text(RecordOf<Member> const& record) {
  return base::text_or_null(record.*Member);
}
template <auto Member>
std::string_view view_text(RecordOf<Member> const& record) {
  return record.*Member;
}
template <auto Member>
void set_text(RecordOf<Member>& record, std::string_view name, base::Value const& value) {
  record.*Member = text_from(name, value);
}

template <auto Member>
void set_person(RecordOf<Member>& record, std::string_view name, base::Value const& value) {
  record.*Member = base::person_name(text_from(name, value));
}

template <auto Member>
base::Value get_time(RecordOf<Member> const& record) {
  if constexpr (kIsOptional<TypeOf<Member>>) {
    return or_null(record.*Member);
  } else {
    return record.*Member;
  }
}
template <auto Member>
void set_time(RecordOf<Member>& record, std::string_view name, base::Value const& value) {
  auto const at = time_from(name, value);
  if constexpr (kIsOptional<TypeOf<Member>>) {
    record.*Member = at;
  } else {
    if (!at) refuse(name, "cannot be empty");
    record.*Member = *at;
  }
}

template <auto Member>
base::Value get_integer(RecordOf<Member> const& record) {
  return or_null(record.*Member);
}
template <auto Member>
void set_integer(RecordOf<Member>& record, std::string_view name, base::Value const& value) {
  record.*Member = integer_from(name, value);
}

template <auto Member>
base::Value get_choice(RecordOf<Member> const& record) {
  if constexpr (kIsOptional<TypeOf<Member>>) {
    return record.*Member ? base::Value(to_string(*(record.*Member))) : base::Value();
  } else {
    return to_string(record.*Member);
  }
}
template <auto Member, auto Parse, auto Names>
void set_choice(RecordOf<Member>& record, std::string_view name, base::Value const& value) {
  if constexpr (kIsOptional<TypeOf<Member>>) {
    if (is_absent(value)) return (record.*Member).reset();
  }
  auto const parsed = Parse(value.text());
  if (!parsed) refuse_choice(name, value, Names());
  record.*Member = *parsed;
}

/// A text member; empty is absent.
template <auto Member>
inline constexpr Access<RecordOf<Member>> text{get_text<Member>, set_text<Member>, view_text<Member>};

/// The name of a person, for a field with the trait kPerson.
template <auto Member>
inline constexpr Access<RecordOf<Member>> person{get_text<Member>, set_person<Member>, view_text<Member>};

/// A time; a member that is not optional refuses an absent value.
template <auto Member>
inline constexpr Access<RecordOf<Member>> time{get_time<Member>, set_time<Member>};

/// An optional whole number.
template <auto Member>
inline constexpr Access<RecordOf<Member>> integer{get_integer<Member>, set_integer<Member>};

/// An enum, by its names; a member that is not optional refuses an absent value.
template <auto Member, auto Parse, auto Names>
inline constexpr Access<RecordOf<Member>> choice{get_choice<Member>, set_choice<Member, Parse, Names>};

/// The table of a record's fields, and what is the same for every record.
template <class R>
class Fields {
 public:
  Fields(base::RecordType type, std::span<Entry<R> const> entries) : entries_(entries), type_(type) {
    fields_.reserve(entries.size());
    for (auto const& entry : entries) fields_.push_back(entry.field);
    type_.fields = fields_;
  }
  Fields(Fields const&) = delete;

  base::RecordType const& type() const { return type_; }
  base::Value get(R const& record, std::size_t field) const { return entries_[field].access.get(record); }
  /// Empty for a field of another type.
  std::string_view text(R const& record, std::size_t field) const {
    auto const view = entries_[field].access.text;
    return view ? view(record) : std::string_view();
  }
  void set(R& record, std::size_t field, base::Value const& value) const {
    entries_[field].access.set(record, entries_[field].field.name, value);
  }
  base::Row to_row(R const& record) const {
    base::Row row;
    row.reserve(entries_.size());
    for (auto const& entry : entries_) row.push_back(entry.access.get(record));
    return row;
  }

 private:
  std::span<Entry<R> const> entries_;
  std::vector<base::Field> fields_;
  base::RecordType type_;
};

}  // namespace umsops::model
