// SPDX-License-Identifier: Apache-2.0
#include "desk/find.hpp"

#include <optional>

#include "store/event_log.hpp"
#include "umsops/base/ascii.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using store::By;
using store::Columns;

constexpr std::size_t kShortestPrefix = 4, kLongest = 64, kMostTold = 5;

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

}  // namespace

Subject const& tickets() {
  static Subject const kTickets{store::ticket_table(), base::errors::ticket_ambiguous, base::errors::ticket_stale,
                                &OpenDesk::numbers};
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

Columns find_record(OpenDesk& desk, store::Connection& db, Subject const& subject, std::string const& typed) {
  if (typed.empty() || typed.size() > kLongest) refuse_absent(subject, typed);
  if (typed == "@last") {
    if (auto found = last_changed(desk, db, subject)) return *std::move(found);
    refuse_absent(subject, typed);
  }
  NumberFormat const& numbers = (desk.*subject.numbers)();
  if (auto const number = numbers.normalise(typed)) {
    if (auto found = store::find_record(db, subject.table, By::number, *number)) return *std::move(found);
    if (!may_begin(numbers, *number, typed)) refuse_absent(subject, typed);
    return by_prefix(db, subject, typed, typed);
  }
  if (auto found = store::find_record(db, subject.table, By::number, typed)) return *std::move(found);
  std::string const id = base::ascii_lower(typed);  // as internal ids are
  if (auto found = store::find_record(db, subject.table, By::id, id)) return *std::move(found);
  if (id.size() < kShortestPrefix) refuse_absent(subject, typed);
  return by_prefix(db, subject, typed, id);
}

}  // namespace umsops::desk
