// SPDX-License-Identifier: Apache-2.0
#include "cli/told.hpp"

#include "cli/signals.hpp"

namespace umsops::cli {

namespace {

constexpr std::size_t kMostNames = 20;

}  // namespace

Told::Told() { signals::note_stored(0); }

void Told::stored(std::string name, bool changed) {
  if (changed) count(stored_ + 1);
  if (untold_.size() < kMostNames && !name.empty()) untold_.push_back(std::move(name));
}

void Told::count(std::int64_t stored) {
  stored_ = stored;
  signals::note_stored(stored);
}

void Told::put_on(base::Error& error) const {
  error.stored(stored_, untold_);
  for (auto const& name : untold_) error.detail(base::Value::Object{{"stored", name}});
}

}  // namespace umsops::cli
