// SPDX-License-Identifier: Apache-2.0
#include "cli/completion/candidates.hpp"

#include "umsops/base/text.hpp"

namespace umsops::cli {

void Candidates::add(std::string_view value, std::string_view meaning) {
  if (value.starts_with(typed_)) write(std::string(value), meaning);
}

void Candidates::add_item(std::string_view value, std::string_view meaning) {
  if (std::string const whole = before_ + std::string(value); whole.starts_with(typed_)) write(whole, meaning);
}

void Candidates::ask_for(std::string_view what) { env_.out().write(":" + std::string(what) + "\n"); }

void Candidates::write(std::string const& value, std::string_view meaning) {
  std::string line = value;
  if (!meaning.empty()) line += "\t" + base::terminal_text(meaning, base::TextShape::line);
  env_.out().write(line + "\n");
}

}  // namespace umsops::cli
