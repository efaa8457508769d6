// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/problems.hpp"
#include "umsops/config/service_files.hpp"

namespace umsops::config {

inline constexpr YamlLimits kServiceLimits{500'000, 16 << 20};

/// A name, title or alias of a service, at its place.
struct ServiceName {
  std::size_t service;  ///< its place in the file
  std::string name;
  base::SourceSpot spot;
};

/// One service file. Names are resolved when all files are read.
struct ServiceFile {
  std::vector<service::Service> services;
  std::vector<ServiceName> names;
  std::vector<base::SourceSpot> owners;  ///< where each service names its owner
};

ServiceFile read_service_text(std::string_view text, std::string const& file, Checks checks, Problems& problems);

/// Joins the files, resolves every name and looks for cycles.
service::Catalogue join_services(std::vector<ServiceFile> files, people::Roster const* roster, Problems& problems);

service::PriorityMatrix read_matrix_text(std::string_view text, std::string const& file, Problems& problems);

}  // namespace umsops::config
