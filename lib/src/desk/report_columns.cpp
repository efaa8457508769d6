// SPDX-License-Identifier: Apache-2.0
#include "desk/report_columns.hpp"

#include <algorithm>
#include <filesystem>
#include <numeric>

#include "desk/column_folder.hpp"
#include "desk/report_rows.hpp"
#include "desk/ticket_sla_column.hpp"
#include "store/event_log.hpp"
#include "store/report_walk.hpp"
#include "store/ticket_days.hpp"
#include "umsops/base/json.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::desk {
namespace {

using base::Field;
using base::FieldType;
using report::kBatchRows;
using report::kNone;

constexpr std::string_view kSource = "tickets";
/// More changes than this are rather taken in first, or read from the store altogether.
constexpr std::size_t kMostChanges = 200'000;

/// A column of the folder, and the field of the source that it has.
struct Kept {
  ColumnSpec spec;
  std::size_t field = 0;
};

bool is_kept(Field const& field) {
  // When tick looks at it changes without anybody's word; no report goes by that.
  static constexpr std::string_view kNames[] = {"id", "ticket_number", "key", "next_action_at"};
  if (std::find(std::begin(kNames), std::end(kNames), field.name) != std::end(kNames)) return false;
  if (field.name == "ended_at") return true;
  // What may have to be erased lies in one place only.
  if (field.column.empty() || (field.traits & base::kPersonal) != 0) return false;
  return field.type == FieldType::integer || field.type == FieldType::time || field.type == FieldType::choice ||
         field.type == FieldType::text;
}

int width_of(FieldType type) { return type == FieldType::choice ? 1 : type == FieldType::time ? 8 : 4; }

std::vector<Kept> kept_columns() {
  std::vector<Kept> kept;
  auto const& type = report::require_source(kSource).type();
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    auto const& field = type.fields[i];
    if (is_kept(field))
      kept.push_back({{std::string(field.name), width_of(field.type), field.type == FieldType::text}, i});
  }
  return kept;
}

std::vector<ColumnSpec> specs_of(std::vector<Kept> const& kept) {
  std::vector<ColumnSpec> specs;
  for (auto const& one : kept) specs.push_back(one.spec);
  return specs;
}

/// Beside the store's file; empty: it is none.
std::string folder_of(store::Store& store) {
  return store.engine() == "sqlite" ? store.path() + "-columns" : std::string();
}

/// By what due times are made (desk/tick/refresh.cpp), and how often they were made anew: they change without events.
std::string made_by(store::Connection& db) {
  auto text = store::stored_info(db, "due_times_of");
  auto const unseen = " " + store::unseen_changes(db);
  if (!text.starts_with('{')) return text + unseen;
  auto const noted = base::parse_json(text, "due_times_of", store::kStoredJson);
  auto const* const version = noted.find("version");
  auto const* const mixed = noted.find("mixed");
  return std::string(version ? version->text() : "") + (mixed && *mixed == base::Value(true) ? " mixed" : "") + unseen;
}

/// Stands for the column that `SlaColumn` makes.
constexpr auto kSlaStates = SIZE_MAX;

/// Columns in the order of the plan's inputs; nullopt: one is not kept.
std::optional<std::vector<std::size_t>> columns_for(report::Plan const& plan, std::vector<Kept> const& kept) {
  std::vector<std::size_t> columns;
  for (auto const& input : plan.inputs) {
    if (plan.type().fields[input.field].name == SlaColumn::kName) {
      columns.push_back(kSlaStates);
      continue;
    }
    auto const found =
        std::find_if(kept.begin(), kept.end(), [&](Kept const& one) { return one.field == input.field; });
    if (!input.member.empty() || found == kept.end()) return std::nullopt;
    columns.push_back(static_cast<std::size_t>(found - kept.begin()));
  }
  return columns;
}

std::size_t column_named(std::vector<Kept> const& kept, std::string_view name) {
  auto const found = std::find_if(kept.begin(), kept.end(), [&](Kept const& one) { return one.spec.name == name; });
  return static_cast<std::size_t>(found - kept.begin());
}

/// One walk over the columns.
class Walk {
 public:
  Walk(ColumnReader const& reader, report::Aggregator& into, std::vector<std::size_t> columns,
       std::vector<Kept> const& kept, std::vector<std::uint8_t> const& newer)
      : reader_(reader),
        into_(into),
        plan_(into.plan()),
        columns_(std::move(columns)),
        created_(column_named(kept, "created_at")),
        newer_(newer),
        values_(columns_.size(), std::vector<std::int64_t>(kBatchRows)),
        there_(kBatchRows),
        sla_(into.plan().context.now, [&](std::string_view name) { return column_named(kept, name); }) {
    if (plan_.is_list()) places_.resize(kBatchRows);
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (plan_.inputs[i].kind != report::Kind::text) continue;
      for (auto const& word : reader.words(columns_[i])) into.words()[i].code(word);
    }
  }

  void run() {
    for (std::int64_t first = 0; first < reader_.meta().rows; first += static_cast<std::int64_t>(kBatchRows)) {
      auto const count = static_cast<std::size_t>(
          std::min<std::int64_t>(static_cast<std::int64_t>(kBatchRows), reader_.meta().rows - first));
      if (may_matter(first)) give(first, count);
    }
  }

 private:
  /// Where all figures go by one time, most blocks of a long history have none of the period: nothing of them is read.
  bool may_matter(std::int64_t first) const {
    if (plan_.views.size() != 1 || !plan_.views[0].time || plan_.series.empty()) return true;
    for (auto const& series : plan_.series) {
      if (series.balance) return true;
    }
    auto const since = plan_.context.since ? plan_.context.since->time_since_epoch().count() : INT64_MIN;
    auto const until = plan_.context.until ? plan_.context.until->time_since_epoch().count() : INT64_MAX;
    auto const [least, greatest] = reader_.ends(columns_[*plan_.views[0].time], first);
    return least < until && greatest >= since;
  }

  void give(std::int64_t first, std::size_t count) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i] == kSlaStates)
        sla_.read(reader_, first, count, values_[i].data());
      else
        reader_.read(columns_[i], first, count, values_[i].data());
    }
    std::iota(places_.begin(), places_.end(), first + 1);
    reader_.read(created_, first, count, there_.data());
    auto const begin = newer_.begin() + static_cast<std::ptrdiff_t>(first),
               end = begin + static_cast<std::ptrdiff_t>(count);
    bool const whole = std::find(begin, end, 1) == end &&
                       std::find(there_.begin(), there_.begin() + static_cast<std::ptrdiff_t>(count), kNone) ==
                           there_.begin() + static_cast<std::ptrdiff_t>(count);
    std::size_t const kept = whole ? count : leave_out(first, count);
    if (kept == 0) return;
    report::Batch batch{kept, {}};
    for (auto const& column : values_) batch.columns.push_back(column.data());
    if (!places_.empty()) batch.places = places_.data();
    into_.add(batch);
  }

  /// Places without a ticket, and tickets that changed since.
  std::size_t leave_out(std::int64_t first, std::size_t count) {
    std::size_t kept = 0;
    for (std::size_t row = 0; row < count; ++row) {
      if (there_[row] == kNone || newer_[static_cast<std::size_t>(first) + row] != 0) continue;
      for (auto& column : values_) column[kept] = column[row];
      if (!places_.empty()) places_[kept] = places_[row];
      ++kept;
    }
    return kept;
  }

  ColumnReader const& reader_;
  report::Aggregator& into_;
  report::Plan const& plan_;
  std::vector<std::size_t> columns_;
  std::size_t created_;
  std::vector<std::uint8_t> const& newer_;
  std::vector<std::vector<std::int64_t>> values_;
  std::vector<std::int64_t> there_, places_;
  SlaColumn sla_;
};

std::vector<store::Wanted> wanted_columns(std::vector<Kept> const& kept) {
  std::vector<store::Wanted> wanted;
  for (auto const& one : kept) wanted.push_back({one.field, {}});
  return wanted;
}

void write_row(base::RecordType const& type, std::vector<Kept> const& kept, std::int64_t n, store::Statement const& row,
               ColumnWriter& writer) {
  for (std::size_t i = 0; i < kept.size(); ++i) {
    int const column = static_cast<int>(i) + 1;
    auto const& field = type.fields[kept[i].field];
    if (row.is_null(column)) {
      writer.put(n - 1, i, kNone);
    } else if (kept[i].spec.is_text) {
      writer.put_text(n - 1, i, row.text(column));
    } else if (field.type == FieldType::choice) {
      auto const found = std::find(field.choices.begin(), field.choices.end(), row.text(column));
      writer.put(n - 1, i, found == field.choices.end() ? kNone : found - field.choices.begin());
    } else {
      writer.put(n - 1, i, row.integer(column));
    }
  }
}

/// Of these records, from the store.
void read_places(store::Connection& db, report::Aggregator& into, std::vector<std::int64_t> const& places) {
  auto const& plan = into.plan();
  BatchBuilder batch(into);
  store::walk_places(db, plan.type(), wanted_of(plan), places, plan.context.now,
                     [&](std::int64_t n, store::Statement const& row) {
                       batch.put_place(n);
                       batch.put_row(row, 1);
                     });
  batch.flush();
}

}  // namespace

bool read_columns(OpenDesk& desk, report::Aggregator& into) {
  auto* const store = desk.reading();
  auto const& plan = into.plan();
  if (!store || plan.source->name != kSource) return false;
  auto const kept = kept_columns();
  auto const columns = columns_for(plan, kept);
  auto const folder = folder_of(*store);
  if (!columns || folder.empty()) return false;
  auto const reader = ColumnReader::open(folder, specs_of(kept));
  store::ReadTx const snapshot(*store);
  auto& db = store->connection();
  if (!reader || reader->meta().store != store->store_id() || reader->meta().made_by != made_by(db)) return false;
  auto places = store::places_changed(db, plan.type().noun, reader->meta().seq);
  if (places.size() > kMostChanges) return false;
  std::vector<std::uint8_t> newer(static_cast<std::size_t>(reader->meta().rows));
  for (auto const place : places) {
    if (place >= 1 && place <= reader->meta().rows) newer[static_cast<std::size_t>(place - 1)] = 1;
  }
  Walk(*reader, into, *columns, kept, newer).run();
  read_places(db, into, places);
  return reader->unchanged();
}

std::optional<report::Table> list_by_columns(OpenDesk& desk, report::Definition const& definition,
                                             report::Context const& context) {
  if (definition.from != kSource || !definition.limit || !definition.having.empty()) return std::nullopt;
  report::Aggregator list(report::make_plan(definition, context, report::Where::here));
  auto ranking = definition;
  ranking.fields.clear();
  for (auto const& by : list.plan().sort) ranking.fields.push_back(definition.fields[by.column]);
  if (ranking.fields.empty()) ranking.fields.emplace_back(list.plan().source->time);
  report::Aggregator first(report::make_plan(ranking, context, report::Where::here));
  if (!read_columns(desk, first)) return std::nullopt;
  read_places(desk.reading()->connection(), list, first.first_places());
  list.count_as(first.counted());
  return list.finish();
}

bool has_columns(OpenDesk& desk) {
  auto* const store = desk.reading();
  std::error_code ignored;
  return store && !folder_of(*store).empty() && std::filesystem::exists(folder_of(*store), ignored);
}

void drop_columns(OpenDesk& desk) {
  if (!has_columns(desk)) return;
  auto const folder = folder_of(*desk.reading());
  std::error_code problem;
  std::filesystem::remove_all(folder, problem);
  if (problem) throw base::Error(base::errors::output_failed, {{"where", folder}, {"problem", problem.message()}});
}

std::optional<ReportColumns> refresh_columns(OpenDesk& desk) {
  auto* const store = desk.reading();
  if (!store || folder_of(*store).empty()) return std::nullopt;
  auto const kept = kept_columns();
  auto const& type = report::require_source(kSource).type();
  auto const now = desk.now();
  store::ReadTx const snapshot(*store);
  auto& db = store->connection();
  ReportColumns state{folder_of(*store), 0, 0, false};
  auto writer = ColumnWriter::open(state.folder, specs_of(kept), store->store_id(), made_by(db));
  if (!writer) {
    state.busy = true;
    return state;
  }
  auto const before = writer->meta();
  auto const seq = store::chain_head(db).seq;
  auto last = before.rows;
  auto const write = [&](std::int64_t n, store::Statement const& row) {
    write_row(type, kept, n, row, *writer);
    last = std::max(last, n);
    if (++state.renewed % 4096 == 0) desk.check_interrupted();
  };
  if (before.rows > 0) {
    auto places = store::places_changed(db, type.noun, before.seq);
    std::erase_if(places, [&](std::int64_t place) { return place > before.rows; });
    store::walk_places(db, type, wanted_columns(kept), places, now, write);
  }
  store::walk_numbered(db, type, wanted_columns(kept), before.rows, write);
  if (state.renewed > 0 || seq != before.seq) writer->commit(seq, last, now);
  state.rows = last;
  return state;
}

}  // namespace umsops::desk
