// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "desk/open_desk.hpp"
#include "umsops/base/error.hpp"
#include "umsops/desk/record_desk.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::desk {

/// The errors that each kind of record has of its own.
struct NounErrors {
  base::ErrorCode const& not_found;
  base::ErrorCode const& ambiguous;
  base::ErrorCode const& stale;
};

/// How the records of one kind are found, as data.
template <class Record>
struct Subject {
  std::string_view noun;
  NounErrors errors;
  NumberFormat const& (OpenDesk::*numbers)();
  std::optional<Record> (*by_id)(store::Connection& db, std::string_view id);
  std::optional<Record> (*by_number)(store::Connection& db, std::string_view number);
  std::vector<Record> (*by_prefix)(store::Connection& db, std::string_view prefix, std::size_t most);
  std::string Record::*number;
};
extern Subject<model::Ticket> const kTickets;

[[noreturn]] void refuse_absent(NounErrors const& errors, std::string const& typed);
[[noreturn]] void refuse_ambiguous(NounErrors const& errors, std::string const& typed,
                                   std::vector<std::string> const& candidates);
/// Throws the noun's `stale` when a change wants another revision than this one.
void refuse_stale(NounErrors const& errors, std::string const& number, std::int64_t rev, ChangeOptions const& options);

/// The id of the record that this actor changed last, among those of that noun.
std::optional<std::string> last_changed(OpenDesk& desk, store::Connection& db, std::string_view noun);

/// Ways in which a typed word may name a record, in the order in which they are tried.
struct Typed {
  bool last = false;                  ///< `@last`
  std::optional<std::string> number;  ///< as it is stored, where it can be one
  std::string id;                     ///< internal ids are lower case
  bool may_begin_number = false;      ///< only with its leading zeros: T-12 means ticket 12 and never 123
  bool may_begin_id = false;
};
Typed read_typed(NumberFormat const& numbers, std::string const& word);

template <class Record>
Record find_by_prefix(store::Connection& db, Subject<Record> const& subject, std::string const& typed,
                      std::string const& prefix) {
  constexpr std::size_t kMostNamed = 6;  // one more than is told
  auto found = subject.by_prefix(db, prefix, kMostNamed);
  if (found.empty()) refuse_absent(subject.errors, typed);
  if (found.size() == 1) return std::move(found.front());
  std::vector<std::string> candidates;
  for (auto const& record : found) candidates.push_back(record.*subject.number);
  refuse_ambiguous(subject.errors, typed, candidates);
}

/// The record that was typed: number, internal id, unique beginning of one of them, or `@last` (the one this actor
/// changed last). Throws the noun's `not_found` or `ambiguous`.
template <class Record>
Record find_record(OpenDesk& desk, store::Connection& db, Subject<Record> const& subject, std::string const& word) {
  Typed const typed = read_typed((desk.*subject.numbers)(), word);
  std::optional<Record> found;
  if (typed.last) {
    auto const id = last_changed(desk, db, subject.noun);
    if (id) found = subject.by_id(db, *id);
  } else if (typed.number) {
    found = subject.by_number(db, *typed.number);
    if (!found && typed.may_begin_number) return find_by_prefix(db, subject, word, word);
  } else if (!typed.id.empty()) {
    found = subject.by_number(db, word);
    if (!found) found = subject.by_id(db, typed.id);
    if (!found && typed.may_begin_id) return find_by_prefix(db, subject, word, typed.id);
  }
  if (!found) refuse_absent(subject.errors, word);
  return *std::move(found);
}

inline model::Ticket find_ticket(OpenDesk& desk, store::Connection& db, std::string const& typed) {
  return find_record(desk, db, kTickets, typed);
}

}  // namespace umsops::desk
