// SPDX-License-Identifier: Apache-2.0
#include "desk/known_key.hpp"

#include "umsops/base/text.hpp"
#include "umsops/model/limits.hpp"

namespace umsops::desk {

KeyAct act_on_known_key(OnDuplicate wanted, FiledAgain const& filed) {
  switch (wanted) {
    case OnDuplicate::fail:
      throw base::Error(filed.exists, {{"key", filed.key}, {"id", filed.number}});
    case OnDuplicate::reopen:
      return filed.is_open ? KeyAct::nothing : KeyAct::reopen;
    case OnDuplicate::comment:
      return KeyAct::comment;
    case OnDuplicate::give_back:
      break;
  }
  return KeyAct::give_back;
}

std::string comment_text(std::string const& title, std::string const& description) {
  std::string text = description.empty() ? title : title + "\n\n" + description;
  return base::code_points(text) > model::kLongestText ? description : text;
}

}  // namespace umsops::desk
