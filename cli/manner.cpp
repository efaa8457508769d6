// SPDX-License-Identifier: Apache-2.0
#include "cli/manner.hpp"

#include "cli/find_command.hpp"

namespace umsops::cli {

Manner read_manner(std::vector<std::string> const& words, Variable const& variable) {
  Manner manner{language_of(variable), false};
  std::string output = variable("UMSOPS_OUTPUT").value_or("");
  std::string errors;
  for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
    std::string const& word = words[i];
    if (word == "--json") output = "json";
    if (!is_flag(word)) continue;
    auto const equals = word.find('=');
    auto const* flag = awaits_value(word);
    std::string value = flag != nullptr && i + 1 < words.size() ? words[++i] : "";
    if (word.starts_with("--") && equals != std::string::npos) {
      flag = find_flag(nullptr, std::string_view(word).substr(2, equals - 2));
      value = word.substr(equals + 1);
    } else if (word.starts_with("-o") && word.size() > 2) {
      flag = find_flag(nullptr, 'o');
      value = word.substr(2);
    }
    if (flag == nullptr) continue;
    if (flag->name == "output") output = value;
    if (flag->name == "lang" && value != "auto") manner.language = parse_language(value);
    if (flag->name == "error-format") errors = value;
  }
  manner.json_errors = errors.empty() ? output.starts_with("json") : errors == "json";
  return manner;
}

}  // namespace umsops::cli
