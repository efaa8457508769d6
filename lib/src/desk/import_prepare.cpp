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
  // Lists of numbers are fed to commands: `-n` would be a dry run there.
  bool const is_flag = !text.empty() && std::string_view("-_./").find(text.front()) != std::string_view::npos;
  if (sound && !is_flag) return;
  throw base::Error(base::errors::record_invalid,
                    {{"field", std::string(field)},
                     {"problem", sound ? "it begins with a letter, a digit or #" : "letters, digits and -_./# only"}});
}

std::string content_key_of(base::Value const& object) { return "row:" + base::sha256_hex(base::to_json(object)); }

}  // namespace umsops::desk
