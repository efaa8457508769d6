// SPDX-License-Identifier: Apache-2.0
#include "desk/import_walk.hpp"

#include "desk/batch.hpp"

namespace umsops::desk {
namespace {

constexpr std::int64_t kProgressEvery = 1000;

}  // namespace

void ImportTally::read() {
  if (++summary_.read % kProgressEvery == 0 && options_.progress) options_.progress(summary_.read);
}

void ImportTally::done(Result result) {
  ++(result == Result::created ? summary_.created : result == Result::updated ? summary_.updated : summary_.unchanged);
}

void ImportTally::refused(ImportRecord const& record, base::Error error) {
  if (error.spot().line == 0) error.at({options_.source_name, record.line, 0});
  if (!options_.continue_on_error || !concerns_one_item(error)) throw error;
  ++summary_.rejected;
  if (options_.rejected) options_.rejected(record, error);
}

}  // namespace umsops::desk
