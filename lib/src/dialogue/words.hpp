// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "umsops/base/error.hpp"

namespace umsops::dialogue {

/// Texts of the desk besides those of the flow.
enum class Word {
  help_chat,
  help_phone,
  first_question,
  choose,
  did_it_help,
  yes_or_no,
  yes,
  no,
  solved,
  handing_over,
  goodbye,
  unreadable,
  too_long,
  too_many_turns,
  too_many_wrong,
  which_number,
  which_time,
  bad_time,
  bad_number,
  bad_line,
  bad_answer,
  empty_answer,
  too_many_characters,
};
std::string_view phrase(Word word, base::Language language);

/// Control words, valid at every question.
enum class Steer { help, back, human, quit };
/// The whole line is such a word: `help`, `人工`, `Bye!`. `keys`: 0, * and # of a phone count too.
std::optional<Steer> steering(std::string_view line, bool keys);

/// Yes or no, by the first word; nothing: neither.
std::optional<bool> yes_or_no(std::string_view line);
/// An answer that says there is none: empty, `skip`, 跳过, the # of a phone.
bool is_skip(std::string_view line);

/// Folded, without blanks and marks at its ends: equal for answers that people call equal.
std::string bare(std::string_view line);

/// A line in Chinese, in English, or in neither (a number, a name).
std::optional<base::Language> language_in(std::string_view line);

}  // namespace umsops::dialogue
