// SPDX-License-Identifier: Apache-2.0
#include "cli/completion/candidates.hpp"

#include "umsops/base/ascii.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

/// What a shell puts on its command line must be a word there, whatever a file from elsewhere calls its records:
/// nothing that a shell reads as more than itself, or that people cannot see.
bool is_word(std::string_view value) {
  constexpr std::string_view kSigns = "-_./#:=@,+%~";
  if (value.starts_with("~")) return false;  // somebody's home
  for (char const c : value) {
    bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       static_cast<unsigned char>(c) >= 0x80;
    if (!plain && kSigns.find(c) == std::string_view::npos) return false;
  }
  return base::terminal_text(value, base::TextShape::line) == value;
}

/// `begin` is how `value` begins, but for the case of letters.
bool begins(std::string_view value, std::string_view begin) {
  return base::ascii_lower(value.substr(0, begin.size())) == base::ascii_lower(begin);
}

}  // namespace

Candidates::Candidates(Env& env, std::string typed) : env_(env), typed_(std::move(typed)) { keep(0); }

void Candidates::keep(std::size_t length) {
  kept_ += typed_.substr(0, length);
  typed_.erase(0, length);
  auto const comma = typed_.rfind(',');
  items_ = comma == std::string::npos ? "" : typed_.substr(0, comma + 1);
}

void Candidates::is_for(Command const* command, std::vector<std::string> words) {
  command_ = command;
  words_ = std::move(words);
}

void Candidates::add(std::string_view value, std::string_view meaning) {
  if (begins(value, typed_)) write("", value, meaning);
}

void Candidates::add_item(std::string_view value, std::string_view meaning) {
  if (begins(value, std::string_view(typed_).substr(items_.size()))) write(items_, value, meaning);
}

void Candidates::ask_for(std::string_view what) { env_.out().write(":" + std::string(what) + "\n"); }

void Candidates::write(std::string const& before, std::string_view value, std::string_view meaning) {
  // A record that is called like a flag is no flag.
  bool const first = kept_.empty() && before.empty();
  if (!is_word(value) || (first && value.starts_with("-") && !typed_.starts_with("-"))) return;
  std::string line = kept_ + before + std::string(value);
  if (!meaning.empty()) line += "\t" + base::terminal_text(meaning, base::TextShape::line);
  env_.out().write(line + "\n");
}

}  // namespace umsops::cli
