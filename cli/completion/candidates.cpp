// SPDX-License-Identifier: Apache-2.0
#include "cli/completion/candidates.hpp"

#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

/// What a shell puts on its command line must be a word there, whatever a file from elsewhere calls its records:
/// nothing that a shell reads as more than itself, or that people cannot see.
bool is_word(std::string_view value) {
  constexpr std::string_view kSigns = "-_./#:=@,+%";
  for (char const c : value) {
    bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       static_cast<unsigned char>(c) >= 0x80;
    if (!plain && kSigns.find(c) == std::string_view::npos) return false;
  }
  return base::terminal_text(value, base::TextShape::line) == value;
}

}  // namespace

void Candidates::add(std::string_view value, std::string_view meaning) {
  if (value.starts_with(typed_)) write(std::string(value), meaning);
}

void Candidates::add_item(std::string_view value, std::string_view meaning) {
  if (std::string const whole = before_ + std::string(value); whole.starts_with(typed_)) write(whole, meaning);
}

void Candidates::ask_for(std::string_view what) { env_.out().write(":" + std::string(what) + "\n"); }

void Candidates::write(std::string const& value, std::string_view meaning) {
  // A record that is called like a flag is no flag.
  if (!is_word(value) || (value.starts_with("-") && !typed_.starts_with("-"))) return;
  std::string line = value;
  if (!meaning.empty()) line += "\t" + base::terminal_text(meaning, base::TextShape::line);
  env_.out().write(line + "\n");
}

}  // namespace umsops::cli
