// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "umsops/base/value.hpp"
#include "umsops/mute/matcher.hpp"

namespace umsops::cli::silence {

/// One alert of a payload.
struct Alert {
  std::string name;  ///< its fingerprint, else `#` and its place
  mute::Labels labels;
  bool firing = true;
};

/// The alerts of an Alertmanager webhook or API list, or sets of labels alone: an object with `alerts`, an alert with
/// `labels`, an object of labels, or a list of these. Throws `record.invalid` with the place.
std::vector<Alert> alerts_of(base::Value const& payload);

/// Throws `record.invalid` for a label without name, and for unsound texts.
void add_label(mute::Labels& labels, std::string const& place, std::string const& name, std::string const& value);

}  // namespace umsops::cli::silence
