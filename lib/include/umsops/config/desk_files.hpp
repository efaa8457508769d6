// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/model/declared_fields.hpp"

/// Files of what a desk gives its people: fields of its own (`kind: fields`) and saved lists (`kind: views`).
namespace umsops::config {

/// A saved list. What it says is checked against the noun's fields where it is used, and by `lint`.
struct View {
  std::string name;
  std::string noun = "ticket";  ///< whose list it is
  std::string doc;              ///< empty: not said
  std::string filter;           ///< in the filter language; empty: everything
  std::string sort;             ///< empty: newest first
  std::vector<std::string> fields;
  std::optional<std::int64_t> limit;
  base::SourceSpot spot;
};

/// Throw `config.invalid` for the first file that does not fit, names that stand twice included; of views a later file
/// may replace one of an earlier file.
model::DeclaredFields read_declared_fields(std::vector<std::string> const& files);
/// Whether its filter, order and columns fit the fields of its noun. Throws `config.invalid`.
void check_view(View const& view);
std::vector<View> read_views(std::vector<std::string> const& files);

}  // namespace umsops::config
