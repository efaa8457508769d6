// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "umsops/base/error.hpp"
#include "umsops/desk/record_desk.hpp"

namespace umsops::desk {

/// A record that is filed once more under its key.
struct FiledAgain {
  std::string const& key;
  std::string const& number;  ///< of the one that is stored
  bool is_open = true;
  base::ErrorCode const& exists;  ///< what is thrown where that must not be
};
/// What is done to the stored record: nothing but giving it back, if what is said is the same; or one of the others.
enum class KeyAct { give_back, comment, reopen, nothing };
/// Throws `exists` where the caller wants that.
KeyAct act_on_known_key(OnDuplicate wanted, FiledAgain const& filed);
/// What was said this time, as a comment: its text alone where both would be too long.
std::string comment_text(std::string const& title, std::string const& description);

}  // namespace umsops::desk
