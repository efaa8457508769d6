// SPDX-License-Identifier: Apache-2.0
#include "desk/silences.hpp"

#include <algorithm>

#include "desk/batch.hpp"
#include "desk/change.hpp"
#include "desk/incident_links.hpp"
#include "desk/incident_muting.hpp"
#include "store/event_log.hpp"
#include "store/keys.hpp"
#include "store/silences.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using base::Value;
using mute::Silence;
using mute::SilenceState;

constexpr std::size_t kLongestKey = 200;

[[noreturn]] void refuse_unknown_silence(std::string const& id) {
  throw Error(base::errors::silence_not_found, {{"id", base::shortened(id, 80)}});
}

[[noreturn]] void refuse(std::string field, std::string problem) {
  throw Error(base::errors::record_invalid, {{"field", std::move(field)}, {"problem", std::move(problem)}});
}

/// A silence is no record with a history of its own: its event says which one it is about among its changes.
void tell(OpenDesk& desk, store::WriteTx& tx, std::string kind, std::string const& reason,
          std::vector<model::Change> changes) {
  model::Event event =
      event_of(desk, {std::string(mute::silence_type().noun), {}}, 0, {std::move(kind), reason, std::move(changes)});
  store::append_event(tx, event, {}, desk.ids());
}

Value end_value(Silence const& silence) { return silence.ends_at ? Value(*silence.ends_at) : Value(); }

void tell_created(OpenDesk& desk, store::WriteTx& tx, Silence const& silence) {
  std::vector<model::Change> changes{{"silence", {}, silence.id},
                                     {"matchers", {}, mute::text_of(silence.matchers)},
                                     {"starts_at", {}, silence.starts_at}};
  if (silence.ends_at) changes.push_back({"ends_at", {}, *silence.ends_at});
  if (!silence.incident.empty()) changes.push_back({"incident", {}, silence.incident});
  if (!silence.intervals.empty()) changes.push_back({"intervals", {}, mute::to_value(silence.intervals)});
  tell(desk, tx, "created", silence.comment, std::move(changes));
}

void end_now(OpenDesk& desk, store::WriteTx& tx, Silence& silence, std::string const& reason) {
  Value const before = end_value(silence);
  auto const now = desk.now();
  silence.starts_at = std::min(silence.starts_at, now);
  silence.ends_at = now;
  store::replace_silence(tx, silence);
  tell(desk, tx, "expired", reason, {{"silence", silence.id, {}}, {"ends_at", before, now}});
}

/// What the key stands for. Times are left out: those of a retry are later ones.
std::string content_of(NewSilence const& wanted) {
  return base::to_json(
      Value::Object{{"matchers", mute::to_value(wanted.matchers)},
                    {"comment", wanted.comment},
                    {"incident", wanted.incident},
                    {"intervals", mute::to_value(wanted.intervals)},
                    {"duration", wanted.duration ? Value(std::int64_t{wanted.duration->count()}) : Value()}});
}

/// As the incident itself is called, however it was typed: it is found by that when it is resolved. What goes on in
/// another one ends with that.
std::string unfinished_incident(OpenDesk& desk, store::Connection& db, std::string const& typed) {
  auto const incident = behind_merges(db, find_incident(desk, db, typed));
  if (!model::is_open(incident.status))
    refuse("until-resolved", incident.incident_number + " is " + std::string(to_string(incident.status)) + " already");
  return incident.incident_number;
}

Silence silence_of(OpenDesk& desk, store::Connection& db, NewSilence const& wanted) {
  auto const now = desk.now();
  Silence out;
  out.matchers = wanted.matchers;
  out.starts_at = std::max(wanted.starts_at.value_or(now), now);
  if (!wanted.incident.empty()) out.incident = unfinished_incident(desk, db, wanted.incident);
  out.intervals = wanted.intervals;
  out.comment = wanted.comment;
  out.created_at = now;
  out.created_by = desk.options().actor.name;
  bool const by_hand = !wanted.incident.empty() || (!wanted.intervals.empty() && !wanted.duration);
  if (wanted.ends_at) {
    out.ends_at = wanted.ends_at;
  } else if (!by_hand) {
    out.ends_at = out.starts_at + wanted.duration.value_or(kUsualSilence);
  }
  mute::refuse_unsound(out);
  return out;
}

/// The silence that was made with the key, if there is one.
std::optional<Silence> made_before(store::Connection& db, std::string const& key, std::string const& content) {
  auto const known = store::find_key(db, mute::silence_type().noun, key);
  if (!known) return std::nullopt;
  auto silence = store::find_silence(db, known->record);
  if (!silence) throw Error(base::errors::store_damaged, {{"problem", "the key " + key + " belongs to no silence"}});
  if (known->content_hash != content)
    throw Error(base::errors::silence_key_content, {{"key", key}, {"id", silence->id}});
  return silence;
}

std::optional<Silence> stored(store::Connection& db, std::string const& id) {
  auto const number = mute::parse_silence_id(id);
  return number ? store::find_silence(db, *number) : std::nullopt;
}

}  // namespace

std::vector<Silence> end_silences_of(OpenDesk& desk, store::WriteTx& tx, std::string const& incident,
                                     std::string const& reason) {
  tx.take_turn();  // what is read here must hold until it is changed
  std::vector<Silence> ended;
  for (auto& silence : store::unended_silences(tx.connection(), desk.now())) {
    if (incident.empty() || silence.incident != incident) continue;
    end_now(desk, tx, silence, reason);
    ended.push_back(std::move(silence));
  }
  if (!ended.empty()) release_muted(desk, tx);
  return ended;
}

SilenceResult SilenceDesk::add(NewSilence const& wanted, std::string const& key, bool dry_run) {
  if (auto const fault = base::text_fault(key, base::TextShape::line, kLongestKey)) refuse("key", *fault);
  if (!wanted.incident.empty() && desk_.absent_default()) refuse_absent(incidents(), wanted.incident);
  return desk_.write([&](store::WriteTx& tx) {
    SilenceResult result;
    result.dry_run = dry_run;
    tx.take_turn();  // two requests with one key at the same time: the second finds the first
    auto const content = store::content_hash(content_of(wanted));
    if (dry_run) tx.discard();
    if (auto known = key.empty() ? std::nullopt : made_before(tx.connection(), key, content)) {
      tx.discard();
      result.silence = std::move(*known);
      result.result = Result::existing;
      return result;
    }
    result.silence = silence_of(desk_, tx.connection(), wanted);
    store::insert_silence(tx, result.silence);
    if (!key.empty()) store::insert_silence_key(tx, key, result.silence, content);
    tell_created(desk_, tx, result.silence);
    return result;
  });
}

std::vector<Outcome<SilenceResult>> SilenceDesk::expire(std::vector<std::string> const& ids,
                                                        ChangeOptions const& options, Batch how) {
  if (desk_.absent_default() && !ids.empty()) refuse_unknown_silence(ids.front());
  return run_batch<SilenceResult>(desk_, ids, options, how, [&](store::WriteTx& tx, std::string const& id) {
    tx.take_turn();  // what is read here must hold until it is changed
    auto silence = stored(tx.connection(), id);
    if (!silence) refuse_unknown_silence(id);
    bool const ended = silence->state(desk_.now()) == SilenceState::expired;
    if (!ended) {
      end_now(desk_, tx, *silence, options.reason);
      release_muted(desk_, tx);
    }
    return SilenceResult{std::move(*silence), ended ? Result::unchanged : Result::updated};
  });
}

Silence SilenceDesk::find(std::string const& id) {
  auto* const store = desk_.reading();
  auto silence = store ? stored(store->connection(), id) : std::nullopt;
  if (!silence) refuse_unknown_silence(id);
  return std::move(*silence);
}

ListEnd SilenceDesk::list(query::Query const& query, std::function<bool(Silence const&)> const& visit) {
  ListEnd end;
  auto* const store = desk_.reading();
  if (!store) return end;
  auto const rest = store::list_silences(store->connection(), query, [&](Silence const& silence) {
    ++end.count;
    return visit(silence);
  });
  end.truncated = rest.truncated;
  end.next = rest.next;
  return end;
}

std::int64_t SilenceDesk::count(query::Filter const& filter) {
  auto* const store = desk_.reading();
  return store ? store::count_silences(store->connection(), filter) : 0;
}

std::vector<Silence> SilenceDesk::active(base::TimePoint now) {
  auto* const store = desk_.reading();
  return store ? store::unended_silences(store->connection(), now) : std::vector<Silence>{};
}

}  // namespace umsops::desk
