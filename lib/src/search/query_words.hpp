// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace umsops::search {

/// A word of English that says nothing of what is asked, as it is before its stem is taken.
bool is_stop_word(std::string_view word);

/// Simplified characters, and blanks in the place of Chinese question words.
std::string without_question_words(std::string_view text);

/// Both lists for those who search elsewhere, words between blanks: stems, and simplified characters.
std::string_view stop_words();
std::string_view question_words();

}  // namespace umsops::search
