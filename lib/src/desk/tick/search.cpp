// SPDX-License-Identifier: Apache-2.0
// The search index follows what happened to tickets and incidents.
#include "desk/tick/job.hpp"
#include "store/event_log.hpp"
#include "store/record_index.hpp"

namespace umsops::desk::tick {
namespace {

/// Of a transaction: writers wait some hundredths of a second. And of a run: after a large import 'search index' is
/// quicker.
constexpr std::int64_t kEvents = 500;
constexpr int kMostPortions = 200;

}  // namespace

void index(Run& run) {
  auto* const store = run.options.dry_run ? nullptr : run.desk.reading();
  if (!store || store::indexed_event(store->connection()) >= store::chain_head(store->connection()).seq) return;
  for (int i = 0; i < kMostPortions; ++i) {
    run.desk.check_interrupted();
    auto const portion =
        store::write(run.desk.writing(), [](store::WriteTx& tx) { return store::index_portion(tx, kEvents); });
    if (!portion.more) return;
  }
}

}  // namespace umsops::desk::tick
