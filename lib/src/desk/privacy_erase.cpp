// SPDX-License-Identifier: Apache-2.0
#include "desk/privacy_erase.hpp"

#include <algorithm>

#include "desk/change.hpp"
#include "model/changes.hpp"
#include "store/article_index.hpp"
#include "store/articles.hpp"
#include "store/bound_rows.hpp"
#include "store/chain.hpp"
#include "store/erasure.hpp"
#include "store/event_log.hpp"
#include "store/record_index.hpp"
#include "store/record_row.hpp"
#include "store/requesters.hpp"

namespace umsops::desk {
namespace {

using base::Value;

constexpr std::int64_t kIndexedAtOnce = 10'000;

void look_for_vouching(store::WriteTx& tx, Vouching& into) {
  auto& db = tx.connection();
  for (auto const* table : db.schema().tables) {
    if (!table->bound) continue;
    store::Reading rows(db.prepare("SELECT seq, count(*) FROM " + std::string(table->name) + " GROUP BY seq"));
    while (rows->step()) into.rows[rows->integer(0)] += rows->integer(1);
  }
  into.known_to = tx.next_event() - 1;
}

class Eraser {
 public:
  Eraser(OpenDesk& desk, store::WriteTx& tx, ErasureOrder const& order, Vouching const& vouching)
      : desk_(desk), tx_(tx), db_(tx.connection()), order_(order), vouching_(vouching) {}

  Erased run(Found const& found) {
    tx_.take_turn();
    forget(found);
    for (auto const& [key, record] : found.records) {
      desk_.check_interrupted();
      erase_record(*db_.schema().find(key.first), key.second, record);
    }
    for (auto const& part : found.loose) erase_part(part, {order_.names, order_.stand_in});
    std::vector<store::ErasedValue> loose;
    for (auto const& [seq, names] : found.loose_values) add(loose, store::erase_values(tx_, seq, names));
    tell(found, loose);
    if (articles_) {  // their words lie beside their removal until both are merged
      store::SearchIndex index(db_, store::kArticleSpace);
      search::Indexer(index).tidy(true);
    }
    // What was taken out comes in again as it is now; later, and the index would lack records meanwhile.
    if (store::indexed_event(db_) > 0) {
      while (store::index_portion(tx_, kIndexedAtOnce).more) desk_.check_interrupted();
    }
    return erased_;
  }

 private:
  bool vouches(std::int64_t event) const {
    auto const stored = vouching_.rows.find(event);
    auto const gone = erased_.withdrawn.find(event);
    auto const count = [](auto const& found, auto const& all) { return found == all.end() ? 0 : found->second; };
    return event > vouching_.known_to || count(stored, vouching_.rows) > count(gone, erased_.withdrawn);
  }

  void add(std::vector<store::ErasedValue>& into, std::vector<store::ErasedValue> values) {
    erased_.values += static_cast<std::int64_t>(values.size());
    into.insert(into.end(), std::make_move_iterator(values.begin()), std::make_move_iterator(values.end()));
  }

  void forget(Found const& found) {
    for (auto const& kind : store::indexed_kinds()) {
      std::vector<std::int64_t> places;
      for (auto const& [key, record] : found.records) {
        if (key.first == kind.space.noun) places.push_back(key.second);
      }
      if (!places.empty()) store::forget_records(tx_, kind, places);
    }
  }

  store::Redaction redaction_of(FoundRecord const& record) const {
    return {record.people.empty() ? order_.names : record.people, order_.stand_in};
  }

  store::Columns without_words(store::RecordTable const& table, FoundRecord const& record,
                               store::Columns const& before) const {
    store::Columns after = store::without(redaction_of(record), table, before).value_or(before);
    auto const at = [&](std::string_view field) -> Value& { return after[table.column_of(field)]; };
    at("title") = model::kErasedText;
    at("description") = {};
    if (!at("resolution").is_null()) at("resolution") = model::kErasedText;
    at("requester_id") = base::text_or_null(order_.stand_in);
    at("key") = {};
    if (!order_.keep_statistics) at("attributes") = {};
    return after;
  }
  store::Columns nobody(store::RecordTable const& table, store::Columns const& before) const {
    store::Columns after = before;
    auto const at = [&](std::string_view field) -> Value& { return after[table.column_of(field)]; };
    at("name") = model::kErasedText;
    for (auto const* field : {"account", "mails", "phones", "manager", "attributes", "directory"}) at(field) = {};
    at("aliases") = base::to_json(Value::List{order_.nameless});
    at("state") = "LEFT";
    auto const now =
        std::max<std::int64_t>(desk_.now().time_since_epoch().count(), *at("created_at").get_if<std::int64_t>());
    if (at("left_at").is_null()) at("left_at") = now;
    if (order_.keep_statistics) return after;
    for (auto const* field : {"department", "site", "language"}) at(field) = {};
    at("vip") = std::int64_t{0};
    return after;
  }
  store::Columns after(store::RecordTable const& table, FoundRecord const& record, store::Columns const& before) const {
    if (record.whole) return without_words(table, record, before);
    if (record.entry) return nobody(table, before);
    return store::without(redaction_of(record), table, before).value_or(before);
  }

  void erase_record(store::RecordTable const& table, std::int64_t place, FoundRecord const& record) {
    auto const before = store::record_at(db_, table, place);
    if (!before) return;
    for (auto const& part : record.parts) erase_part(part, redaction_of(record));
    auto columns = after(table, record, *before);
    bool const changed = columns != *before;
    auto const rev = *(*before)[table.column_of("rev")].get_if<std::int64_t>();
    if (changed) columns[table.column_of("rev")] = rev + 1;
    auto const values = erase_history(table, place, record, changed);
    if (!changed && values.empty() && tx_.unbound().empty()) return;
    std::string const state = changed ? store::update_without_request(tx_, table, columns, rev) : std::string();
    tell_record(table, *before, columns, values, state);
    if (changed) follow(table, place, *before, columns);
  }

  /// Where the record's state is told anew, the salts of what it was before have no use any more but to somebody who
  /// would try what it may have been.
  std::vector<store::ErasedValue> erase_history(store::RecordTable const& table, std::int64_t place,
                                                FoundRecord const& record, bool changed) {
    std::vector<store::ErasedValue> gone;
    FoundValues values = record.values;
    if (changed) {
      for (auto const seq : events_of(table, place)) values.try_emplace(seq);
    }
    for (auto const& [seq, names] : values)
      add(gone, store::erase_values(tx_, seq, names, {changed, changed && !vouches(seq)}));
    return gone;
  }
  std::vector<std::int64_t> events_of(store::RecordTable const& table, std::int64_t place) {
    std::vector<std::int64_t> out;
    store::Reading rows(db_.prepare(std::string(store::kEventsOfRecord) + "SELECT seq FROM events_of"));
    store::Reading last(db_.prepare("SELECT last_event FROM " + std::string(table.name) + " WHERE n = $1"));
    last->bind(1, place);
    if (!last->step()) return out;
    rows->bind(1, last->integer(0));
    while (rows->step()) out.push_back(rows->integer(0));
    return out;
  }

  void tell_record(store::RecordTable const& table, store::Columns const& before, store::Columns const& after,
                   std::vector<store::ErasedValue> const& values, std::string const& state) {
    Told told{std::string(store::kErased), order_.reason};
    // What they were is not even written down for a moment.
    for (auto& change : model::changes_between(table.type, to_row(table, before), to_row(table, after)))
      told.further.push_back({std::move(change.field), {}, {}, true, true});
    if (!values.empty()) told.further.push_back(store::erasure_change(values));
    model::Ref const record{std::string(table.type.noun), std::string(after[table.column_of("id")].text())};
    auto event = event_of(desk_, record, *after[table.column_of("rev")].get_if<std::int64_t>(), std::move(told));
    store::append_event(tx_, event, state, desk_.ids());
  }

  void follow(store::RecordTable const& table, std::int64_t place, store::Columns const& before,
              store::Columns const& after) {
    if (&table == &store::article_table()) {
      auto const was = store::to_article(before);
      store::reindex(tx_, &was, store::to_article(after));
      articles_ = true;
    } else if (&table == &store::requester_table()) {
      store::change_names(tx_, place, store::stored_names(store::to_requester(before)),
                          store::stored_names(store::to_requester(after)));
    }
  }

  /// What the row is from then on; nullopt: it goes.
  std::optional<store::Values> after(FoundPart const& part, store::Redaction const& redaction) const {
    auto const& [table, row, event, whole] = part;
    if (table->rows_go || (whole && &table->table == &store::kMails)) return std::nullopt;
    auto out =
        whole ? store::without_words(redaction, *table, row) : store::without(redaction, *table, row).value_or(row);
    bool const key_differs =
        !std::equal(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(table->table.keys), out.begin());
    if (!key_differs) return out;
    // Who watches is told of things, and a mail is known by its id: without it neither is of use. A vote counts.
    if (&table->table == &store::kMails) return std::nullopt;
    if (&table->table != &store::kFeedback) return out;
    if (row[column_at(table->table, "kind")].text() == "WATCH") return std::nullopt;
    out[column_at(table->table, "subject")] =
        order_.nameless.empty() ? Value(model::kErasedText) : Value(order_.nameless);
    return out;
  }
  void erase_part(FoundPart const& part, store::Redaction const& redaction) {
    auto const& table = part.table->table;
    store::Values const key(part.row.begin(), part.row.begin() + static_cast<std::ptrdiff_t>(table.keys));
    auto now = after(part, redaction);
    if (!table.bound) return erase_hashed(table, key);
    if (now && *now == part.row) return;
    ++erased_.withdrawn[part.event];
    bool const same_key = now && std::equal(key.begin(), key.end(), now->begin());
    if (same_key) {
      store::replace_bound(tx_, table, *std::move(now));
    } else if (store::erase_bound(tx_, table, key) && now) {
      store::insert_bound(tx_, table, *std::move(now));
    }
  }
  void erase_hashed(store::Table const& table, store::Values const& key) {
    std::string sql = "DELETE FROM " + std::string(table.name);
    for (std::size_t i = 0; i < key.size(); ++i)
      sql.append(i == 0 ? " WHERE " : " AND ")
          .append(table.columns[i].name)
          .append(" = $")
          .append(std::to_string(i + 1));
    store::Reading erase(db_.prepare(sql));
    for (std::size_t i = 0; i < key.size(); ++i)
      store::bind_at(*erase, static_cast<int>(i) + 1, table.columns[i], key[i]);
    erase->step();
  }

  /// The one entry that tells of all: whom by number alone, and how much.
  void tell(Found const& found, std::vector<store::ErasedValue> const& loose) {
    model::Event event = event_of(desk_, {"store", {}}, 0, {std::string(store::kErased), order_.reason});
    if (!order_.people.empty())
      event.changes.push_back({"people", {}, Value::List(order_.people.begin(), order_.people.end())});
    Value::Object counts;
    for (auto const& [place, count] : places_of(found)) counts.emplace_back(place, count);
    event.changes.push_back({"places", {}, std::move(counts)});
    event.changes.push_back({"kept_statistics", {}, order_.keep_statistics});
    if (!loose.empty()) event.changes.push_back(store::erasure_change(loose));
    store::append_event(tx_, event, {}, desk_.ids());
    erased_.event = event.seq;
  }

  OpenDesk& desk_;
  store::WriteTx& tx_;
  store::Connection& db_;
  ErasureOrder const& order_;
  bool articles_ = false;
  Vouching const& vouching_;
  Erased erased_;
};

}  // namespace

Erased erase_found(OpenDesk& desk, store::WriteTx& tx, Found const& found, ErasureOrder const& order,
                   Vouching& vouching) {
  tx.take_turn();
  if (!vouching.is_known()) look_for_vouching(tx, vouching);
  return Eraser(desk, tx, order, vouching).run(found);
}

}  // namespace umsops::desk
