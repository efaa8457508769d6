// SPDX-License-Identifier: Apache-2.0
#include "store/bound_digests.hpp"

#include <algorithm>
#include <cstring>

#include "store/bound_rows.hpp"
#include "store/table.hpp"

namespace umsops::store {
namespace {

std::array<char, kDigestBytes> array_of(std::string_view digest) {
  std::array<char, kDigestBytes> out{};
  std::memcpy(out.data(), digest.data(), std::min(digest.size(), out.size()));
  return out;
}

}  // namespace

bool BoundDigests::take(EventRow const& event) {
  constexpr std::size_t kEntry = 1 + kDigestBytes;
  std::string_view const bound = event.bound;
  if (bound.size() % kEntry != 0) return false;
  for (std::size_t at = 0; at < bound.size(); at += kEntry) {
    auto const digest = array_of(bound.substr(at + 1, kDigestBytes));
    if (bound[at] == static_cast<char>(Bound::made)) {
      made_.push_back({digest, event.seq});
    } else if (bound[at] == static_cast<char>(Bound::withdrawn)) {
      withdrawn_.push_back(digest);
    } else {
      return false;
    }
  }
  return true;
}

void BoundDigests::drop_withdrawn() {
  std::sort(made_.begin(), made_.end());
  std::sort(withdrawn_.begin(), withdrawn_.end());
  std::vector<Entry> live;
  live.reserve(made_.size());
  auto gone = withdrawn_.begin();
  for (Entry const& entry : made_) {
    while (gone != withdrawn_.end() && *gone < entry.digest) ++gone;
    if (gone != withdrawn_.end() && *gone == entry.digest) {
      ++gone;
    } else {
      live.push_back(entry);
    }
  }
  made_ = std::move(live);
}

void BoundDigests::verify_table(Connection& db, Table const& table, std::function<void(Flaw const&)> const& report) {
  std::string columns;
  for (Column const& column : table.columns) columns.append("t.").append(column.name).append(", ");
  Reading rows(db.prepare_walk("SELECT " + columns + "t.seq, e.salt, e.digests FROM " + std::string(table.name) +
                               " AS t LEFT JOIN events AS e ON e.seq = t.seq"));
  int const extra = static_cast<int>(table.columns.size());
  while (rows->step()) {
    Values const values = stored_row(*rows, table.columns);
    EventRow event;
    event.seq = rows->integer(extra);
    event.salt = rows->bytes(extra + 1);
    event.digests = rows->text(extra + 2);
    Entry const wanted{array_of(bound_digest(salt_of(event, kRowsSalt), row_text(table, values))), event.seq};
    auto const place = std::lower_bound(made_.begin(), made_.end(), wanted);
    if (place != made_.end() && *place == wanted) {
      found_[static_cast<std::size_t>(place - made_.begin())] = true;
    } else {
      report({"row_hash", name_of(table, values), "it is not as its event tells"});
    }
  }
}

void BoundDigests::verify(Connection& db, std::function<void(Flaw const&)> const& report) {
  drop_withdrawn();
  found_.assign(made_.size(), false);
  for (Table const* table : db.schema().tables) {
    if (table->bound) verify_table(db, *table, report);
  }
  std::vector<std::int64_t> missing;
  for (std::size_t i = 0; i < made_.size(); ++i) {
    if (!found_[i]) missing.push_back(made_[i].seq);
  }
  std::sort(missing.begin(), missing.end());
  for (std::int64_t const seq : missing) {
    report({"missing", "event " + std::to_string(seq), "a row that it vouches for is not stored, or was altered"});
  }
}

}  // namespace umsops::store
