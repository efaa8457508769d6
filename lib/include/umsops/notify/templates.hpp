// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/base/value.hpp"

namespace umsops::notify {

/// For whom a value is escaped.
enum class Target {
  plain,     ///< mail text, JSON of our own
  slack,     ///< `&`, `<` and `>` have a meaning
  feishu,    ///< `<at ...>` calls people
  markdown,  ///< Teams
};

/// What a message says.
struct Text {
  std::string subject, body;
};

/// One text of a template: `Subject: ...`, an empty line, the body. Mustache without partials, unescaped values and
/// other delimiters; only known names. Throws `template.invalid` with file, line and column.
void check_template(std::string_view text, std::string_view file);

/// Reads templates when they are first needed: of the folder where it has one of that name, `KIND.en.mustache`, else
/// the built-in one.
class Templates {
 public:
  explicit Templates(std::string folder) : folder_(std::move(folder)) {}
  /// Throws `template.invalid`.
  Text render(std::string_view kind, base::Language language, base::Value const& facts, Target target);

 private:
  std::string const& source(std::string const& name);
  std::string folder_;
  std::map<std::string, std::string> sources_;
};

/// The names of all templates, `ticket.confirmation.en.mustache`.
std::vector<std::string> template_names();
/// Empty: there is none of that name.
std::string_view builtin_template(std::string_view name);

}  // namespace umsops::notify
