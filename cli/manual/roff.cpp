// SPDX-License-Identifier: Apache-2.0
#include "cli/manual/manual.hpp"

#include <algorithm>

#include "umsops/base/ascii.hpp"

namespace umsops::cli {

namespace {

constexpr std::string_view kDate = "2026-11-23";

/// Inside a line: backslash, and the hyphens that shall be copied as such.
std::string escaped(std::string_view text) {
  std::string out;
  for (char const c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else if (c == '\'') {
      out += "\\(aq";
    } else if (c == '`') {
      out += "\\(ga";
    } else if (c == '~') {
      out += "\\(ti";
    } else if (c == '^') {
      out += "\\(ha";
    } else {
      out += c;
      // A long list without a place to break keeps troff from ever ending.
      if (out.ends_with("、")) out += "\\:";
    }
  }
  return out;
}

/// A line of text never begins like a request.
std::string line_of(std::string_view text) {
  std::string line = escaped(text);
  if (line.starts_with('.')) line = "\\&" + line;
  return line + "\n";
}

/// One sentence a line, as roff wants it.
std::string lines_of(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    auto end = text.find(". ");
    end = end == std::string_view::npos ? text.size() : end + 1;
    out += line_of(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace

std::string roff_text(std::string_view text) { return escaped(text); }

Roff::Roff(std::string_view title, int section, std::string_view summary, base::Language language) {
  bool const zh = language == base::Language::zh;
  std::string upper;
  for (char const c : title) upper += base::ascii_upper(c);
  std::string const number = std::to_string(section);
  text_ = ".TH " + upper + " " + number + " " + std::string(kDate) + " \"umsops " UMSOPS_VERSION "\" \"" +
          (zh ? "umsops 手册" : "umsops manual") + "\"\n";
  if (zh) text_ += kChineseLines;
  text_ += (zh ? ".SH 名称\n" : ".SH NAME\n") + escaped(title) + " \\- " + escaped(summary) + "\n";
}

void Roff::heading(std::string_view text) {
  text_ += ".SH " + escaped(text) + "\n";
  fresh_ = true;
}

void Roff::subheading(std::string_view text) {
  text_ += ".SS " + escaped(text) + "\n";
  fresh_ = true;
}

void Roff::begin_paragraph() {
  if (!fresh_) text_ += ".PP\n";
  fresh_ = false;
}

void Roff::paragraph(std::string_view text) {
  begin_paragraph();
  text_ += lines_of(text);
}

void Roff::item(std::string_view tag, std::string_view text) {
  fresh_ = false;
  text_ += ".TP\n\\fB" + escaped(tag) + "\\fR\n" + lines_of(text);
}

void Roff::items(std::span<Item const> items) {
  for (auto const& one : items) item(one.name, one.text);
}

void Roff::verbatim(std::string_view text) {
  begin_paragraph();
  text_ += ".nf\n";
  while (!text.empty()) {
    auto const end = std::min(text.find('\n'), text.size());
    text_ += line_of(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  text_ += ".fi\n";
}

void Roff::synopsis(std::string_view bold, std::string_view plain) {
  if (!fresh_) text_ += ".br\n";
  fresh_ = false;
  text_ += "\\fB" + escaped(bold) + "\\fR" + escaped(plain) + "\n";
}

}  // namespace umsops::cli
