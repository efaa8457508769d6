// SPDX-License-Identifier: Apache-2.0
// Texts that programs write in place of what somebody wrote.
#pragma once

#include <string_view>

namespace umsops::mail_helper {

/// Whether a text names pictures and links alone, `[cid:logo.png]`, as a plain part beside a page may.
bool shows_only_pictures(std::string_view plain);

/// Whether it is a short word about HTML: `Your program does not show HTML`.
bool is_about_html(std::string_view plain);

/// `This is a multi-part message in MIME format.`
bool says_only_mime(std::string_view text);

/// Whether a comment, a script or a style of the page never ends, so that all that follows is hidden.
bool hides_its_end(std::string_view html);

}  // namespace umsops::mail_helper
