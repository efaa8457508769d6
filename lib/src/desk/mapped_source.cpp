// SPDX-License-Identifier: Apache-2.0
#include "umsops/desk/mapped_source.hpp"

#include <algorithm>
#include <deque>
#include <memory>
#include <unordered_map>
#include <utility>

#include "model/event_rows.hpp"
#include "model/refusal.hpp"
#include "umsops/base/error.hpp"

namespace umsops::desk {
namespace {

using base::Error;

constexpr std::size_t kMostRows = 10'000, kMostBytes = 64 << 20;

/// The record's name, as a message may tell it.
std::string shown(std::string const& name) { return model::echo(name.substr(0, name.find('\n'))); }

/// About what a row takes, without making its text.
std::size_t size_of(base::Value const& row) {
  std::size_t size = 0;
  if (auto const* members = row.get_if<base::Value::Object>()) {
    for (auto const& [name, value] : *members) size += name.size() + size_of(value) + sizeof value;
  }
  if (auto const* items = row.get_if<base::Value::List>()) {
    for (auto const& item : *items) size += size_of(item) + sizeof item;
  }
  return size + row.text().size();
}

Error rejected(std::string problem) { return Error(base::errors::import_rejected, {{"problem", std::move(problem)}}); }

/// The rows of a log in the order of the records that they are about, which is that of their first rows. They are all
/// held: of the log itself nothing says when a record is over.
ImportSource gathered(ImportSource source, model::ImportMapping const& mapping) {
  struct Rows {
    std::vector<ImportRecord> all;
    std::vector<std::size_t> order;
    std::size_t next = 0;
    bool read = false;
  };
  constexpr std::size_t kMostHeld = std::size_t{1} << 30;
  return [source = std::move(source), mapping, rows = std::make_shared<Rows>()]() -> std::optional<ImportRecord> {
    if (!std::exchange(rows->read, true)) {
      std::unordered_map<std::string, std::size_t> records;
      std::vector<std::size_t> record_of;
      std::size_t held = 0;
      while (auto row = source()) {
        held += size_of(row->object);
        if (held > kMostHeld)
          throw Error(base::errors::input_too_large, {{"what", "a log in any order"}, {"limit", "1 GiB"}});
        std::string const name = row->unreadable ? std::string() : model::record_name(mapping, row->object);
        record_of.push_back(records.try_emplace(name, records.size()).first->second);
        rows->order.push_back(rows->order.size());
        rows->all.push_back(*std::move(row));
      }
      std::stable_sort(rows->order.begin(), rows->order.end(),
                       [&](std::size_t a, std::size_t b) { return record_of[a] < record_of[b]; });
    }
    if (rows->next == rows->order.size()) return std::nullopt;
    return std::move(rows->all[rows->order[rows->next++]]);
  };
}

/// Brings the rows of a log together, record by record.
template <class Record>
class Events {
 public:
  Events(ImportSource source, model::ImportMapping mapping, Record start)
      : source_(std::move(source)), mapping_(std::move(mapping)), start_(std::move(start)) {}

  std::optional<ImportRecord> next() {
    while (ready_.empty() && !ended_) take(source_());
    if (ready_.empty()) return std::nullopt;
    ImportRecord out = std::move(ready_.front());
    ready_.pop_front();
    return out;
  }

 private:
  void take(std::optional<ImportRecord> row) {
    if (!row) {
      ended_ = true;
      finish();
    } else if (row->unreadable) {
      take_gap(std::move(*row));
    } else if (std::string name = model::record_name(mapping_, row->object); name.empty()) {
      row->unreadable = rejected("the row names no record in " + mapping_.events->by.front());
      take_gap(std::move(*row));
    } else {
      take_event(name, std::move(*row));
    }
  }

  /// What could not be read may have been an event of the record before it or of the one behind.
  void take_gap(ImportRecord row) {
    gap_ = row.line;
    ready_.push_back(std::move(row));
  }

  void take_event(std::string const& name, ImportRecord row) {
    if (rows_.empty() || name != name_) {
      finish();
      name_ = name;
      auto const [known, fresh] = lines_.emplace(std::hash<std::string>()(name), row.line);
      if (!fresh) {
        refused_ = rejected("the rows of " + shown(name) + " do not stand together: the first one is at line " +
                            std::to_string(known->second) +
                            "; write 'order: any' in the mapping, or sort the file by " + mapping_.events->by.front());
      }
    }
    if (gap_ != 0) refuse_for_gap();
    bytes_ += size_of(row.object);
    rows_.push_back(std::move(row));
    if (rows_.size() <= kMostRows && bytes_ <= kMostBytes) return;
    refused_ = rejected("there are too many rows of " + shown(name) + ": at most 10,000, of 64 MiB");
    rows_.resize(1);
    bytes_ = 0;
  }

  void refuse_for_gap() {
    if (!refused_)
      refused_ = rejected("line " + std::to_string(gap_) + " may be about " + shown(name_) + ", and could not be read");
    gap_ = 0;
  }

  /// The record of the rows so far is complete.
  void finish() {
    if (rows_.empty()) return;
    auto const gap = gap_;
    if (gap_ != 0) refuse_for_gap();
    gap_ = gap;  // and the next record may be the one
    ImportRecord out{rows_.front().line, rows_.front().object, refused_};
    if (!refused_) build(out);
    ready_.push_back(std::move(out));
    rows_.clear();
    bytes_ = 0;
    refused_.reset();
  }

  void build(ImportRecord& out) {
    std::int64_t line = 0;
    try {
      if (mapping_.events->by_time) sort_rows(line);
      model::EventRows<Record> events(mapping_, start_);
      for (auto const& row : rows_) {
        line = row.line;
        events.add(row.object);
      }
      out.object = events.record();
    } catch (Error const& error) {
      out.line = line;
      out.unreadable = error;
    }
  }

  void sort_rows(std::int64_t& line) {
    std::vector<std::pair<base::TimePoint, std::size_t>> order;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      line = rows_[i].line;
      order.emplace_back(model::event_time(mapping_, rows_[i].object), i);
    }
    std::sort(order.begin(), order.end());
    std::vector<ImportRecord> sorted;
    for (auto const& [at, i] : order) sorted.push_back(std::move(rows_[i]));
    rows_ = std::move(sorted);
  }

  ImportSource source_;
  model::ImportMapping mapping_;
  Record start_;  ///< what a record begins with
  std::deque<ImportRecord> ready_;
  std::string name_;  ///< of the record whose rows are being collected
  std::vector<ImportRecord> rows_;
  std::size_t bytes_ = 0;
  std::optional<Error> refused_;  ///< why that record cannot be used
  std::int64_t gap_ = 0;          ///< line of what could not be read before the next row; 0: nothing
  std::unordered_map<std::size_t, std::int64_t> lines_;  ///< records by the hash of their name → their first line
  bool ended_ = false;
};

std::optional<ImportRecord> mapped_row(ImportSource const& source, model::ImportMapping const& mapping) {
  auto record = source();
  if (!record || record->unreadable) return record;
  try {
    record->object = model::apply(mapping, record->object);
  } catch (Error const& error) {
    record->unreadable = error;
  }
  return record;
}

template <class Record>
ImportSource mapped_as(ImportSource source, model::ImportMapping mapping, Record start) {
  if (!mapping.events) {
    return [source = std::move(source), mapping = std::move(mapping)] { return mapped_row(source, mapping); };
  }
  if (mapping.events->scattered) source = gathered(std::move(source), mapping);
  auto events = std::make_shared<Events<Record>>(std::move(source), std::move(mapping), std::move(start));
  return [events] { return events->next(); };
}

}  // namespace

ImportSource mapped(ImportSource source, model::ImportMapping mapping, model::Source channel) {
  model::Ticket start;
  start.source = channel;
  return mapped_as(std::move(source), std::move(mapping), std::move(start));
}

ImportSource mapped_incidents(ImportSource source, model::ImportMapping mapping) {
  return mapped_as(std::move(source), std::move(mapping), model::Incident());
}

}  // namespace umsops::desk
