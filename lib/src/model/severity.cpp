// SPDX-License-Identifier: Apache-2.0
#include "umsops/model/severity.hpp"

#include <algorithm>
#include <iterator>

#include "umsops/base/ascii.hpp"

namespace umsops::model {
namespace {

constexpr std::string_view kSeverity[] = {"LOW", "MEDIUM", "HIGH", "CRITICAL"};

}  // namespace

std::span<std::string_view const> severity_names() { return kSeverity; }
std::string_view to_string(Severity v) { return kSeverity[static_cast<std::size_t>(v)]; }

std::optional<Severity> parse_severity(std::string_view text) {
  auto const found = std::find(std::begin(kSeverity), std::end(kSeverity), base::ascii_upper(text));
  if (found == std::end(kSeverity)) return std::nullopt;
  return static_cast<Severity>(found - std::begin(kSeverity));
}

}  // namespace umsops::model
