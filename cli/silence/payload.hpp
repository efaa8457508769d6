// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "umsops/alert/reader.hpp"
#include "umsops/base/value.hpp"
#include "umsops/mute/matcher.hpp"

namespace umsops::cli::silence {

/// One alert of a payload.
struct Alert {
  std::string name;  ///< its fingerprint, else `#` and its place
  /// As matchers see the incident that it would open: a set for each service that it touches, one at least.
  std::vector<mute::Labels> sets;
  bool firing = true;
};

/// What any sender file makes of the payload, an Alertmanager webhook alert by alert; where none knows it, sets of
/// labels alone: an object of labels, or one that has them as `labels`, or a list of these. Throws `record.invalid`
/// with the place.
std::vector<Alert> alerts_of(base::Value const& payload, alert::Reader const& reader, base::TimePoint now);

/// Throws `record.invalid` for a label without name, and for unsound texts.
void add_label(mute::Labels& labels, std::string const& place, std::string const& name, std::string const& value);

}  // namespace umsops::cli::silence
