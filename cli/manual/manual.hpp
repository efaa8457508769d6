// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/registry.hpp"
#include "umsops/base/error.hpp"

namespace umsops::cli {

/// One man page: `umsops-ticket.1` and its roff.
struct Page {
  std::string file, text;
};
/// Those of section 1, made from the registry.
std::vector<Page> man_pages(base::Language language);

/// A key of a file, or a word of the user, and what it means.
struct Item {
  std::string_view name, text;
};

/// Roff, written line by line; text is escaped here and nowhere else.
class Roff {
 public:
  Roff(std::string_view title, int section, std::string_view summary, base::Language language = base::Language::en);
  void heading(std::string_view text);
  void subheading(std::string_view text);
  void paragraph(std::string_view text);
  /// A tagged paragraph: the tag in bold.
  void item(std::string_view tag, std::string_view text);
  void items(std::span<Item const> items);
  void verbatim(std::string_view text);
  /// A line of its own: bold, then plain words.
  void synopsis(std::string_view bold, std::string_view plain);
  std::string const& text() const { return text_; }

 private:
  void begin_paragraph();
  std::string text_;
  bool fresh_ = false;  ///< right after a heading
};

/// The pages of the file formats, section 5, in English.
std::vector<Page> format_pages();
/// The same in Chinese: sentence by sentence as the catalogue says it, an English line and below it, behind a tab, the
/// Chinese one. What settings and fields are is known without. Throws `config.invalid` for the first sentence that is
/// missing there.
std::vector<Page> chinese_pages(std::string_view catalogue, std::string const& file);
/// What is said of each setting and of each field that an import can give, in both languages.
struct BothTexts {
  std::string english, chinese;
};
std::vector<BothTexts> known_texts();
/// Where a line of Chinese may be broken; without it troff breaks at blanks alone. mandoc knows it, and needs no word.
inline constexpr std::string_view kChineseLines = ".ad l\n.nh\n.mso zh.tmac\n";
/// Text as a line of roff has it.
std::string roff_text(std::string_view text);
Page flow_page();
Page article_page();
Page channels_page();
Page escalation_page();
Page fields_page();
Page inhibition_page();
Page reports_page();
Page templates_page();
Page recurring_page();
Page roster_page();
Page runbook_page();
Page services_page();
Page sender_page();
Page views_page();
/// What holds for every YAML file.
std::string_view yaml_rules();

}  // namespace umsops::cli
