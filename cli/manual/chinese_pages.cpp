// SPDX-License-Identifier: Apache-2.0
// Section 5 in Chinese: the English pages, sentence by sentence.
#include <algorithm>
#include <map>

#include "cli/manual/manual.hpp"
#include "umsops/base/error.hpp"

namespace umsops::cli {

namespace {

using Sentences = std::map<std::string, std::string, std::less<>>;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    auto const end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

base::Error missing(std::string const& file, std::size_t line, std::string_view sentence) {
  base::Error error(base::errors::config_invalid,
                    {{"problem", "no Chinese for: " + std::string(sentence)}, {"suggestion", ""}});
  return error.at({file, static_cast<std::int64_t>(line), 0});
}

/// Sentences as roff has them, each with the Chinese one; what follows the first sentence of a known text is part of
/// that, and left out.
Sentences sentences_of(std::string_view catalogue, std::string const& file) {
  Sentences out;
  auto const lines = lines_of(catalogue);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].empty() || lines[i].starts_with('#')) continue;
    if (i + 1 == lines.size() || !lines[i + 1].starts_with('\t')) throw missing(file, i + 1, lines[i]);
    out[roff_text(lines[i])] = roff_text(lines[i + 1].substr(1));
    ++i;
  }
  for (auto const& [english, chinese] : known_texts()) {
    std::string_view rest = english;
    std::string said = roff_text(chinese);
    while (!rest.empty()) {
      auto const stop = rest.find(". ");
      auto const end = stop == std::string_view::npos ? rest.size() : stop + 1;
      auto const place = out.emplace(roff_text(rest.substr(0, end)), said);
      if (!said.empty()) place.first->second = said;
      said.clear();
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return out;
}

/// `umsops-kb(1), umsops-config(5)`
bool is_list_of_pages(std::string_view line) {
  return line.starts_with("umsops") && line.ends_with(')') && line.find(". ") == std::string_view::npos &&
         std::count(line.begin(), line.end(), ' ') == std::count(line.begin(), line.end(), ',');
}

class Translator {
 public:
  Translator(Sentences const& sentences, std::string const& file) : sentences_(sentences), file_(file) {}

  std::string page(std::string_view english) {
    std::string out;
    bool verbatim = false, name = false;
    for (auto const line : lines_of(english)) {
      verbatim = (verbatim || line == ".nf") && line != ".fi";
      if (verbatim || line == ".fi" || line.starts_with("\\fB") || is_list_of_pages(line)) {
        out.append(line).append("\n");
      } else if (line.starts_with(".TH ")) {
        auto const end = line.rfind(" \"");
        out.append(line.substr(0, end)).append(" \"umsops 手册\"\n").append(kChineseLines);
      } else if (line.starts_with(".SH ")) {
        out.append(".SH ").append(said(line.substr(4))).append("\n");
        name = line == ".SH NAME";
      } else if (line.starts_with('.')) {
        out.append(line).append("\n");
      } else if (name) {
        static constexpr std::string_view kDash = " \\- ";
        auto const at = line.find(kDash) + kDash.size();
        out.append(line.substr(0, at)).append(said(line.substr(at))).append("\n");
        name = false;
      } else if (auto const& sentence = said(line); !sentence.empty()) {
        out.append(sentence).append("\n");
      }
    }
    return out;
  }

 private:
  std::string const& said(std::string_view english) const {
    auto const found = sentences_.find(english);
    if (found == sentences_.end()) throw missing(file_, 0, english);
    return found->second;
  }

  Sentences const& sentences_;
  std::string const& file_;
};

}  // namespace

std::vector<Page> chinese_pages(std::string_view catalogue, std::string const& file) {
  auto const sentences = sentences_of(catalogue, file);
  auto pages = format_pages();
  for (auto& page : pages) page.text = Translator(sentences, file).page(page.text);
  return pages;
}

}  // namespace umsops::cli
