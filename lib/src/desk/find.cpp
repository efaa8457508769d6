// SPDX-License-Identifier: Apache-2.0
#include "desk/find.hpp"

#include <algorithm>
#include <optional>

#include "desk/teams.hpp"
#include "store/event_log.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/base/text.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using store::By;
using store::Columns;

constexpr std::size_t kShortestPrefix = 6, kLongest = 64, kMostTold = 5;

[[noreturn]] void refuse_ambiguous(Subject const& subject, std::string const& typed,
                                   std::vector<Columns> const& candidates) {
  std::size_t const number = subject.table.column_of(subject.table.type.number_field);
  std::string names;
  base::Value::List numbers;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    numbers.emplace_back(candidates[i][number].text());
    if (i < kMostTold) names.append(i ? ", " : "").append(candidates[i][number].text());
  }
  if (candidates.size() > kMostTold) names += ", ...";
  throw Error(subject.ambiguous, {{"id", typed}, {"candidates", names}})
      .detail(base::Value::Object{{"candidates", std::move(numbers)}});
}

Columns by_prefix(store::Connection& db, Subject const& subject, std::string const& typed, std::string const& prefix) {
  auto found = store::find_by_prefix(db, subject.table, prefix, kMostTold + 1);
  if (found.empty()) refuse_absent(subject, typed);
  if (found.size() > 1) refuse_ambiguous(subject, typed, found);
  return std::move(found.front());
}

std::optional<Columns> last_changed(OpenDesk& desk, store::Connection& db, Subject const& subject) {
  auto const n = store::last_record_of(db, subject.table.type.noun, desk.options().actor.name);
  return n != 0 ? store::record_at(db, subject.table, n) : std::nullopt;
}

/// T-12 means ticket 12 and never 123: only a number with its leading zeros may be a beginning.
bool may_begin(NumberFormat const& numbers, std::string const& number, std::string const& typed) {
  return numbers.counter(number) && number.size() > typed.size() && typed.find('0') != std::string::npos;
}

/// The record of that number, as today's format, the record itself or people write it. A number that was given while
/// another format held is still its record's.
std::optional<Columns> by_number(store::Connection& db, Subject const& subject, NumberFormat const& numbers,
                                 std::string const& typed) {
  auto const& table = subject.table;
  // As it was typed first: an imported T-0000001 is another record than T-000001.
  std::string const written = numbers.normalise(typed).value_or(typed), upper = base::ascii_upper(typed);
  if (auto found = store::find_record(db, table, By::number, typed)) return found;
  if (written != typed) {
    if (auto found = store::find_record(db, table, By::number, written)) return found;
  }
  if (upper != typed && upper != written) {
    if (auto found = store::find_record(db, table, By::number, upper)) return found;
  }
  std::int64_t const place = store::place_in_number(typed);
  auto found = place > 0 ? store::record_at(db, table, place) : std::nullopt;
  if (!found) return std::nullopt;
  std::string_view const stored = (*found)[table.column_of(table.type.number_field)].text();
  // Digits alone are what a number ends in: 12 is T-000012.
  bool const digits = typed.find_first_not_of("0123456789") == std::string::npos;
  bool const same = digits ? store::place_in_number(stored) == place : model::same_number(stored, typed);
  return same ? found : std::nullopt;
}

/// The record of that number in one of the further forms: `iam-3` is IAM-003.
std::optional<Columns> by_other_number(OpenDesk& desk, store::Connection& db, Subject const& subject,
                                       std::string const& typed) {
  bool const may_be = subject.other_numbers && typed.find_first_of("0123456789") != std::string::npos;
  if (!may_be) return std::nullopt;
  for (auto const& form : subject.other_numbers(desk)) {
    auto const written = form.normalise(typed);
    if (!written) continue;
    if (auto found = store::find_record(db, subject.table, By::number, *written)) return found;
  }
  return std::nullopt;
}

}  // namespace

Subject const& tickets() {
  static Subject const kTickets{store::ticket_table(), base::errors::ticket_ambiguous, base::errors::ticket_stale,
                                &OpenDesk::numbers, numbers_of_teams};
  return kTickets;
}

void refuse_absent(Subject const& subject, std::string const& typed) {
  std::string const id = typed.substr(0, 80);
  throw Error(subject.table.not_found, {{"id", id}}).detail(base::Value::Object{{"id", id}});
}

void refuse_stale(Subject const& subject, std::string const& number, std::int64_t rev, ChangeOptions const& options) {
  if (!options.if_rev || *options.if_rev == rev) return;
  throw Error(subject.stale,
              {{"id", number}, {"actual", std::to_string(rev)}, {"expected", std::to_string(*options.if_rev)}});
}

Columns find_record(OpenDesk& desk, store::Connection& db, Subject const& subject, std::string const& said) {
  if (said.empty() || said.size() > kLongest) refuse_absent(subject, said);
  std::string const typed = base::narrow(said);
  if (typed == "@last") {
    if (auto found = last_changed(desk, db, subject)) return *std::move(found);
    refuse_absent(subject, typed);
  }
  if (typed.size() > 1 && typed[0] == '#') return find_record(desk, db, subject, typed.substr(1));
  NumberFormat const& numbers = (desk.*subject.numbers)();
  if (auto found = by_number(db, subject, numbers, typed)) return *std::move(found);
  std::string const id = base::ascii_lower(typed);  // as internal ids are
  if (auto found = store::find_record(db, subject.table, By::id, id)) return *std::move(found);
  // Behind what the store alone can answer: for this the roster is read.
  if (auto found = by_other_number(desk, db, subject, typed)) return *std::move(found);
  if (auto const number = numbers.normalise(typed)) {
    if (!may_begin(numbers, *number, typed)) refuse_absent(subject, typed);
    return by_prefix(db, subject, typed, typed);
  }
  if (id.size() < kShortestPrefix) refuse_absent(subject, typed);
  return by_prefix(db, subject, typed, id);
}

}  // namespace umsops::desk
