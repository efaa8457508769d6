// SPDX-License-Identifier: Apache-2.0
#include "desk/find.hpp"

#include "store/event_log.hpp"
#include "store/tickets.hpp"
#include "umsops/base/error.hpp"

namespace umsops::desk {
namespace {

using base::Error;

constexpr std::size_t kShortestPrefix = 4, kLongest = 64, kMostTold = 5;

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

}  // namespace

Subject<model::Ticket> const kTickets{
    "ticket",
    {base::errors::ticket_not_found, base::errors::ticket_ambiguous, base::errors::ticket_stale},
    &OpenDesk::numbers,
    store::find_ticket_by_id,
    store::find_ticket_by_number,
    store::find_tickets_by_prefix,
    &model::Ticket::ticket_number};

void refuse_absent(NounErrors const& errors, std::string const& typed) {
  throw Error(errors.not_found, {{"id", typed.substr(0, 80)}}).detail(base::Value::Object{{"id", typed.substr(0, 80)}});
}

void refuse_ambiguous(NounErrors const& errors, std::string const& typed, std::vector<std::string> const& candidates) {
  std::string names;
  base::Value::List numbers;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    numbers.emplace_back(candidates[i]);
    if (i < kMostTold) names += (i ? ", " : "") + candidates[i];
  }
  if (candidates.size() > kMostTold) names += ", ...";
  throw Error(errors.ambiguous, {{"id", typed}, {"candidates", names}})
      .detail(base::Value::Object{{"candidates", std::move(numbers)}});
}

void refuse_stale(NounErrors const& errors, std::string const& number, std::int64_t rev, ChangeOptions const& options) {
  if (!options.if_rev || *options.if_rev == rev) return;
  throw Error(errors.stale,
              {{"id", number}, {"actual", std::to_string(rev)}, {"expected", std::to_string(*options.if_rev)}});
}

std::optional<std::string> last_changed(OpenDesk& desk, store::Connection& db, std::string_view noun) {
  return store::last_record_of(db, noun, desk.options().actor.name);
}

Typed read_typed(NumberFormat const& numbers, std::string const& word) {
  Typed typed;
  if (word.empty() || word.size() > kLongest) return typed;
  typed.last = word == "@last";
  typed.number = numbers.normalise(word);
  if (typed.number) {
    typed.may_begin_number =
        numbers.counter(*typed.number) && typed.number->size() > word.size() && word.find('0') != std::string::npos;
  }
  typed.id = lower(word);
  typed.may_begin_id = typed.id.size() >= kShortestPrefix;
  return typed;
}

}  // namespace umsops::desk
