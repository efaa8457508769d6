// SPDX-License-Identifier: Apache-2.0
#include "desk/import_prepare.hpp"

#include <algorithm>

#include "umsops/base/hash.hpp"
#include "umsops/base/json.hpp"

namespace umsops::desk {

void check_name(std::string_view field, std::string_view text) {
  bool const sound = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.' || c == '/' || c == '#';
  });
  if (sound) return;
  throw base::Error(base::errors::record_invalid,
                    {{"field", std::string(field)}, {"problem", "letters, digits and -_./# only"}});
}

std::string content_key_of(base::Value const& object) { return "row:" + base::sha256_hex(base::to_json(object)); }

}  // namespace umsops::desk
