// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/schema.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/value.hpp"

namespace umsops::store {

/// Limits for JSON read back from the store. It passed smaller ones at the door; an event holds the values of several
/// fields, before and after, so it may be larger than any one of them.
inline constexpr base::JsonLimits kStoredJson{.bytes = 64 << 20};

/// One prepared SQL statement. Parameters are $1, $2, ... in the SQL that both engines share; columns are named by
/// their place in the statement's own list. Text goes in and out whole (NUL never occurs: it is refused at the door).
class Statement {
 public:
  virtual ~Statement() = default;
  virtual Statement& bind(int parameter, std::int64_t value) = 0;
  virtual Statement& bind(int parameter, std::string_view value) = 0;
  /// Of a text that stays as it is until the statement has been stepped: it need not be copied.
  virtual Statement& bind_kept(int parameter, std::string const& value) { return bind(parameter, value); }
  virtual Statement& bind_bytes(int parameter, std::string_view bytes) = 0;
  virtual Statement& bind_null(int parameter) = 0;
  /// As epoch milliseconds.
  Statement& bind(int parameter, base::TimePoint value);
  /// Null, boolean (as 0 and 1), integer, text, or time (as epoch milliseconds).
  Statement& bind_value(int parameter, base::Value const& value);
  /// Empty text is stored as NULL.
  Statement& bind_optional(int parameter, std::string_view value);
  /// True: a row is there.
  virtual bool step() = 0;
  /// Lets go of rows that nobody will ask for: an unfinished statement keeps its view of the store open.
  virtual void reset() noexcept = 0;
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  /// Empty for NULL.
  virtual std::string text(int column) const = 0;
  /// A column of bytes; empty for NULL.
  virtual std::string bytes(int column) const = 0;
  /// A column of epoch milliseconds.
  base::TimePoint time_at(int column) const { return base::TimePoint{base::Milliseconds{integer(column)}}; }
};

/// `$1, $2, ...`, so many.
std::string parameter_list(std::size_t count);
/// A text behind all texts that begin so: what begins with `prefix` is >= prefix and < this.
std::string end_of_prefix(std::string_view prefix);

/// Resets a statement at the end of its use, however that comes.
class Reading {
 public:
  explicit Reading(Statement& statement) : statement_(statement) {}
  ~Reading() { statement_.reset(); }
  Reading(Reading const&) = delete;
  Statement* operator->() { return &statement_; }
  Statement& operator*() { return statement_; }

 private:
  Statement& statement_;
};

/// One connection to an engine. Everything that differs between engines sits behind this class.
class Connection {
 public:
  virtual ~Connection() = default;
  /// A statement ready to bind, its parameters null up to the last one bound. It is kept prepared and handed out again,
  /// reset, at the next call with the same text, so at most one user of one text at a time.
  virtual Statement& prepare(std::string_view sql) = 0;
  /// The same for rows that may be many: they come in portions, all of one view of the store, and other statements may
  /// run between them.
  virtual Statement& prepare_walk(std::string_view sql) { return prepare(sql); }
  /// What the store behind this connection is made of.
  Schema const& schema() const { return *schema_; }
  void set_schema(Schema const& schema) { schema_ = &schema; }
  /// The first value of the statement's first row; 0 when there is none.
  std::int64_t number(std::string_view sql);
  /// Runs a script of several statements.
  virtual void run_script(std::string const& sql) = 0;
  /// A step of the schema, in the engine's own words.
  virtual void run_step(std::string_view sql) = 0;
  /// Takes away the table's indexes, but for unique ones and the one on the column `kept` alone, and gives the SQL that
  /// makes them again. None where that would keep others waiting.
  virtual std::vector<std::string> drop_indexes(std::string_view /*table*/, std::string_view /*kept*/) { return {}; }
  /// SQL for a member, as text, of the JSON text in `column`; `parameter` ($n) is bound to the member's key.
  virtual std::string member_sql(std::string_view column, std::string_view parameter) const = 0;
  /// What to bind there for the member `name`.
  virtual std::string member_key(std::string_view name) const = 0;
  /// SQL that is true where the text in `column` has the text that `parameter` ($n) is bound to in it, whatever the
  /// case and the width of letters in either; `is_ascii` says whether that one is ASCII.
  virtual std::string contains_sql(std::string_view column, std::string_view parameter, bool is_ascii) const = 0;
  /// SQL that is true where `column` is one of the integers of the JSON list that `parameter` ($n) is bound to.
  virtual std::string among_sql(std::string_view column, std::string_view parameter) const = 0;

 private:
  Schema const* schema_ = &desk_schema();
};

}  // namespace umsops::store
