// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "umsops/service/catalogue.hpp"

namespace umsops::service {

/// A service in a word.
inline Service make(std::string name, int tier, std::vector<std::string> const& needs = {}, std::string failover = "") {
  Service out;
  out.name = std::move(name);
  out.tier = tier;
  out.failover = std::move(failover);
  for (auto const& need : needs) out.depends_on.push_back({need, {}});
  return out;
}

/// portal → sso → directory → database, sso → database, and mail on its own.
inline Catalogue platform() {
  auto sso = make("sso", 1, {"directory", "database"}, "sso-failover");
  sso.title = "统一身份认证";
  sso.aliases = {"单点登录", "CAS"};
  return Catalogue(
      {make("portal", 2, {"sso"}), sso, make("directory", 1, {"database"}), make("database", 3), make("mail", 4)});
}

}  // namespace umsops::service
