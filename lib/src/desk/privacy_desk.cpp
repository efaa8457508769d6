// SPDX-License-Identifier: Apache-2.0
#include "umsops/desk/privacy_desk.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "desk/open_desk.hpp"
#include "desk/privacy_erase.hpp"
#include "desk/privacy_export.hpp"
#include "desk/report_columns.hpp"
#include "desk/requester_steps.hpp"
#include "store/requesters.hpp"
#include "store/tickets.hpp"
#include "umsops/base/error.hpp"
#include "umsops/learn/features.hpp"

namespace umsops::desk {
namespace {

constexpr std::size_t kMostNumbers = 5;
constexpr std::size_t kStandInLetters = 10;

/// Who it is, with the places of their entries in the directory.
struct Known {
  Person person;
  std::set<std::int64_t> entries;
};

bool is_left_out(WhichPerson const& which, std::string const& name) {
  return std::any_of(which.leave.begin(), which.leave.end(), [&](std::string const& left) {
    return left == name || model::lookup_name(left) == model::lookup_name(name);
  });
}

void add_names(model::Requester const& requester, std::vector<std::string>& names) {
  names.insert(names.end(), {requester.account, requester.name});
  for (auto const* list : {&requester.mails, &requester.phones, &requester.aliases})
    names.insert(names.end(), list->begin(), list->end());
}

/// They, and those who were merged into them.
std::vector<model::Requester> entries_of(store::Connection& db, model::Requester const& requester) {
  std::vector<model::Requester> out{requester};
  query::Query query;
  query.filter =
      query::condition_on(model::requester_type().require("merged_into"), query::Op::eq, {requester.requester_number});
  store::list_requesters(db, query, [&](model::Requester const& merged) {
    out.push_back(merged);
    return true;
  });
  return out;
}

Known know(OpenDesk& desk, store::Connection& db, WhichPerson const& which) {
  Known known;
  std::vector<std::string> names;
  bool by_number = false;
  try {
    auto const found = find_requester(desk, db, which.said);
    by_number =
        desk.requester_numbers().normalise(which.said) || which.said.starts_with('@') || which.said.starts_with('#');
    for (auto const& entry : entries_of(db, found)) {
      known.person.numbers.push_back(entry.requester_number);
      known.entries.insert(store::find_place(db, store::requester_table(), entry.id).n);
      add_names(entry, names);
    }
  } catch (base::Error const& error) {
    if (error.kind() != base::ErrorKind::not_found) throw;
  }
  if (!by_number) names.push_back(which.said);
  names.insert(names.end(), which.also.begin(), which.also.end());
  std::erase_if(names, [&](std::string const& name) { return is_left_out(which, name); });
  known.person.names = model::PersonNames(names);
  return known;
}

/// An open ticket of nobody could not be answered, and one that nobody works on would lie there.
std::optional<base::Error> refusal_of(Found const& found, WhichPerson const& which) {
  auto const count = found.open.size();
  if (count == 0) return std::nullopt;
  std::string ids;
  for (std::size_t i = 0; i < std::min(count, kMostNumbers); ++i) ids.append(i == 0 ? "" : ", ").append(found.open[i]);
  if (count > kMostNumbers) ids += ", …";
  return base::Error(base::errors::privacy_open,
                     {{"count", std::to_string(count)}, {"ids", ids}, {"person", which.said}});
}

std::vector<NameCount> names_of(Person const& person, Found const& found) {
  std::vector<NameCount> out;
  for (std::size_t i = 0; i < person.names.said().size() && i < found.by_name.size(); ++i)
    out.push_back({person.names.said()[i], static_cast<std::int64_t>(found.by_name[i])});
  return out;
}

/// Copies of the store that lie beside it, as a migration or a restore leaves them.
std::vector<BeyondReach> copies_beside(std::string const& store) {
  std::vector<BeyondReach> out;
  std::filesystem::path const path(store);
  std::error_code problem;
  auto const folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  for (std::filesystem::directory_iterator file(folder, problem), end; !problem && file != end;
       file.increment(problem)) {
    auto const name = file->path().filename().string();
    bool const beside = name != path.filename() && name.starts_with(path.filename().string());
    if (!beside || !file->is_regular_file(problem)) continue;
    char head[15] = {};
    std::ifstream(file->path(), std::ios::binary).read(head, sizeof head);
    if (std::string_view(head, sizeof head) == "SQLite format 3")
      out.push_back({Beyond::backups, 0, file->path().string()});
  }
  std::sort(out.begin(), out.end(), [](auto const& a, auto const& b) { return a.path < b.path; });
  return out;
}

void note_tickets(store::Connection& db, Found const& found, Erasure& out) {
  for (auto const& [key, record] : found.records) {
    auto const ticket = record.whole ? store::ticket_at(db, key.second) : std::nullopt;
    if (!ticket) continue;
    out.tickets.push_back(ticket->ticket_number);
    out.digests.push_back(learn::text_digest({ticket->title, ticket->description}));
  }
}

void add_counted(std::vector<BeyondReach>& out, Beyond what, std::int64_t count) {
  if (count > 0) out.push_back({what, count, {}});
}

}  // namespace

std::string_view to_string(Beyond what) {
  switch (what) {
    case Beyond::open_history:
      return "open-history";
    case Beyond::runbook_text:
      return "runbook-text";
    case Beyond::server_owner:
      return "server-owner";
    case Beyond::server_copies:
      return "server-copies";
    case Beyond::backups:
      return "backup";
    case Beyond::copies:
      return "copies";
    case Beyond::recipients:
      return "recipients";
  }
  return "";
}

Person PrivacyDesk::find(WhichPerson const& which) {
  auto* const store = desk_.reading();
  if (!store) {
    Person person;
    person.names = model::PersonNames({which.said});
    return person;
  }
  store::ReadTx const view(*store);
  return know(desk_, store->connection(), which).person;
}

PersonalData PrivacyDesk::gather(WhichPerson const& which) {
  auto* const store = desk_.reading();
  if (!store) throw base::Error(base::errors::privacy_nothing, {{"person", which.said}});
  store::ReadTx const view(*store);
  auto known = know(desk_, store->connection(), which);
  auto const found = find_person(desk_, store->connection(), known.person, known.entries);
  if (found.empty()) throw base::Error(base::errors::privacy_nothing, {{"person", which.said}});
  auto document = personal_data(desk_, store->connection(), known.person, found);
  return {std::move(known.person), places_of(found), std::move(document)};
}

Erasure PrivacyDesk::erase(WhichPerson const& which, ErasureOptions const& options,
                           std::function<void(std::int64_t event)> const& stored) {
  Erasure out;
  auto* const reading = desk_.reading();
  if (!reading) {
    out.person = find(which);
    return out;
  }
  auto const look = [&](store::Connection& db) {
    auto known = know(desk_, db, which);
    auto found = find_person(desk_, db, known.person, known.entries);
    out.person = std::move(known.person);
    out.places = places_of(found);
    out.names = names_of(out.person, found);
    out.event = out.erased_values = 0;
    out.stand_in.clear();
    out.beyond.clear();
    out.tickets.clear();
    out.digests.clear();
    note_tickets(db, found, out);
    out.refused = refusal_of(found, which);
    add_counted(out.beyond, Beyond::open_history, found.open_history);
    add_counted(out.beyond, Beyond::runbook_text, found.runbook_texts);
    return found;
  };
  if (options.dry_run) {
    store::ReadTx const view(*reading);
    look(reading->connection());
    return out;
  }
  desk_.write([&](store::WriteTx& tx) {
    tx.take_turn();  // nobody may name them while they are looked for
    auto const found = look(tx.connection());
    if (found.empty()) {
      tx.discard();
      return 0;
    }
    if (out.refused) throw *out.refused;
    auto const id = desk_.ids().next_id(desk_.now());
    std::string const nameless = "erased-" + id.substr(id.size() - kStandInLetters);
    out.stand_in = options.keep_statistics ? nameless : std::string();
    Vouching vouching;
    auto const done = erase_found(
        desk_, tx, found,
        {out.person.names, out.person.numbers, options.keep_statistics, out.stand_in, nameless, options.reason},
        vouching);
    out.erased_values = done.values;
    out.event = done.event;
    return 0;
  });
  if (out.event > 0 && stored) stored(out.event);
  for (auto& more : clear_remains()) out.beyond.push_back(std::move(more));
  return out;
}

std::vector<BeyondReach> PrivacyDesk::clear_remains() {
  std::vector<BeyondReach> out;
  auto* const reading = desk_.reading();
  if (!reading) return out;
  drop_columns(desk_);
  auto& store = desk_.writing();
  bool const cleared = store.clear_remains();
  if (!cleared) out.push_back({Beyond::server_owner, 0, {}});
  if (store.engine() == "sqlite") {
    for (auto& copy : copies_beside(store.path())) out.push_back(std::move(copy));
  } else {
    out.push_back({Beyond::server_copies, 0, {}});
  }
  out.push_back({Beyond::copies, 0, {}});
  out.push_back({Beyond::recipients, 0, {}});
  return out;
}

}  // namespace umsops::desk
