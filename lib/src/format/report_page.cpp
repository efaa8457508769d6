// SPDX-License-Identifier: Apache-2.0
// Reports as one page of HTML.
#include <fmt/format.h>

#include "base/embedded.hpp"
#include "format/report_chart.hpp"
#include "format/report_text.hpp"
#include "umsops/base/base64.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/html.hpp"
#include "umsops/format/report_output.hpp"

namespace umsops::format {
namespace {

using base::FieldType;
using base::html_text;
using base::Language;
using report::Function;
using report::Result;
using report::Table;

/// More rows make no page that anybody reads.
constexpr std::size_t kMostShown = 500;
constexpr std::size_t kMostCards = 6;

/// The words of the page.
struct Words {
  std::string_view lang, made, as_of, records, skip, nothing, more, meaning, left_out, total, contents, none, compared;
};
constexpr Words kEnglish{"en",
                         "made",
                         "as it stood at",
                         "records",
                         "Skip to the figures",
                         "Nothing to show.",
                         "The first {} of {} rows; -o csv has all.",
                         "What the columns mean",
                         "Values behind the figures, and what was left out",
                         "All",
                         "Contents",
                         "none",
                         "compared with"};
constexpr Words kChinese{"zh-CN",
                         "生成时间",
                         "数据时点",
                         "条记录",
                         "跳到数据",
                         "没有数据。",
                         "仅显示前 {} 行，共 {} 行；全部数据见 -o csv。",
                         "各列含义",
                         "样本数与未计入的记录",
                         "合计",
                         "目录",
                         "无",
                         "对比时段"};

std::string_view style_sheet() { return embedded::report_assets().front().bytes; }

bool is_numeric(FieldType type) { return type == FieldType::integer || type == FieldType::decimal; }

Words const& words_of(Language language) { return language == Language::zh ? kChinese : kEnglish; }

/// The page up to its title and what is said under it, which is HTML.
std::string page_head(Words const& words, std::string_view title, std::string const& facts) {
  auto const css = style_sheet();
  // Nothing but these styles may be used: whatever a text of the page might be taken for, it does nothing.
  auto const hash = base::base64_encode(base::sha256(css));
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
      "http-equiv=\"Content-Security-Policy\" "
      "content=\"default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'\">\n<meta "
      "name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" "
      "content=\"no-referrer\">\n<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n<a class=\"skip\" "
      "href=\"#main\">{}</a>\n<header>\n<h1>{}</h1>\n<p>{}</p>\n",
      words.lang, hash, html_text(title), css, words.skip, html_text(title), facts);
}

/// A table that is wider than the page moves in a region of its own, which a keyboard reaches, too.
std::string with_scrolling_tables(std::string_view body, Language language) {
  constexpr std::string_view kBegin = "<table>", kEnd = "</table>";
  std::string out;
  int count = 0;
  for (;;) {
    auto const begin = body.find(kBegin), end = body.find(kEnd, begin);
    if (end == std::string_view::npos) return out.append(body);
    out.append(body.substr(0, begin));
    out += fmt::format("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{} {}\">",
                       language == Language::zh ? "表" : "Table", ++count);
    out.append(body.substr(begin, end + kEnd.size() - begin)).append("</div>");
    body.remove_prefix(end + kEnd.size());
  }
}

class PageWriter {
 public:
  PageWriter(Sink& sink, Result const& result, Language language, base::TimeZone const& zone)
      : sink_(sink), result_(result), language_(language), zone_(zone), words_(words_of(language)) {}

  void write() {
    write_head();
    for (std::size_t i = 0; i < result_.tables.size(); ++i) write_section(result_.tables[i], fmt::format("s{}", i + 1));
    sink_.write("</main>\n</body>\n</html>\n");
  }

 private:
  std::string const& said(report::BothTexts const& texts) const { return in_language(texts, language_); }

  void write_head() {
    sink_.write(page_head(words_, said(result_.title), facts()));
    if (result_.tables.size() > 2) write_contents();
    sink_.write("</header>\n<main id=\"main\">\n");
  }

  /// Period, when it was made, and of when it tells.
  std::string facts() const {
    std::string line;
    auto const add = [&](std::string const& text) { line += (line.empty() ? "" : " · ") + html_text(text); };
    if (!result_.composed) {
      auto const& table = result_.tables.front();
      if (auto const period = period_text(table, language_, zone_); !period.empty()) add(period);
      if (table.previous_since && table.previous_until)
        add(fmt::format("{} {} – {}", words_.compared, zone_.format(*table.previous_since),
                        zone_.format(*table.previous_until)));
    }
    if (result_.as_of) add(fmt::format("{} {}", words_.as_of, zone_.format(*result_.as_of)));
    add(fmt::format("{} {} ({})", words_.made, zone_.format(result_.now), zone_.name()));
    return line;
  }

  void write_contents() {
    std::string out = fmt::format("<nav aria-label=\"{}\"><ul>", words_.contents);
    for (std::size_t i = 0; i < result_.tables.size(); ++i)
      out += fmt::format("<li><a href=\"#s{}\">{}</a> <span>{}</span></li>", i + 1,
                         html_text(said(result_.tables[i].title)), result_.tables[i].rows.size());
    sink_.write(out + "</ul></nav>\n");
  }

  void write_section(Table const& table, std::string const& id) {
    sink_.write(fmt::format("<section id=\"{}\" aria-labelledby=\"{}-h\">\n<h2 id=\"{}-h\">{}</h2>\n", id, id, id,
                            html_text(said(table.title))));
    std::string line;
    if (result_.composed) line = period_text(table, language_, zone_);
    if (!table.is_list()) line += fmt::format("{}{} {}", line.empty() ? "" : " · ", table.counted, words_.records);
    if (!line.empty()) sink_.write("<p class=\"facts\">" + html_text(line) + "</p>\n");
    if (table.rows.empty()) {
      sink_.write(fmt::format("<p class=\"nothing\">{}</p>\n</section>\n", words_.nothing));
      return;
    }
    write_cards(table);
    sink_.write(chart_of(table, id, language_));
    write_table(table, id);
    write_left_out(table);
    write_meaning(table);
    sink_.write("</section>\n");
  }

  std::string text(Table const& table, std::size_t column, base::Value const& value) const {
    if (value.is_null()) return {};
    return html_text(value_text(table, column, value, language_, zone_));
  }

  void write_cards(Table const& table) {
    if (table.is_list() || table.previous_since) return;
    std::string out;
    std::size_t count = 0;
    for (auto const column : shown_columns(table)) {
      bool const shown =
          column >= table.groups && is_numeric(table.columns[column].type) && !table.totals[column].is_null();
      if (!shown || count++ >= kMostCards) continue;
      auto const unit = table.units[column] == "minutes" ? (language_ == Language::zh ? " 分钟" : " min") : "";
      out += fmt::format("<div><dt>{}</dt><dd>{}<span>{}</span></dd></div>",
                         html_text(column_title(table, column, language_)), text(table, column, table.totals[column]),
                         unit);
    }
    if (!out.empty()) sink_.write("<dl class=\"cards\">" + out + "</dl>\n");
  }

  std::string cell(Table const& table, std::size_t column, base::Value const& value, bool heads_row) const {
    auto const shown = text(table, column, value);
    auto const kind = is_numeric(table.columns[column].type) && column >= table.groups ? " class=\"number\"" : "";
    if (heads_row) return fmt::format("<th scope=\"row\">{}</th>", shown.empty() ? std::string(words_.none) : shown);
    return fmt::format("<td{}>{}</td>", kind, shown.empty() ? "–" : shown);
  }

  void write_table(Table const& table, std::string const& id) {
    auto const columns = shown_columns(table);
    std::string out = fmt::format(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"{}-c\">\n<table>\n"
        "<caption id=\"{}-c\">{}</caption>\n<thead><tr>",
        id, id, html_text(std::string(language_ == Language::zh ? "数据：" : "Data: ") + said(table.title)));
    for (auto const column : columns) {
      bool const number = is_numeric(table.columns[column].type) && column >= table.groups;
      out += fmt::format("<th scope=\"col\"{}>{}</th>", number ? " class=\"number\"" : "",
                         html_text(column_title(table, column, language_)));
    }
    out += "</tr></thead>\n<tbody>\n";
    for (std::size_t i = 0; i < std::min(table.rows.size(), kMostShown); ++i) {
      out += "<tr>";
      for (auto const column : columns) out += cell(table, column, table.rows[i][column], column == columns.front());
      out += "</tr>\n";
    }
    out += "</tbody>\n";
    if (!table.is_list() && table.groups > 0 && table.rows.size() > 1) out += total_row(table, columns);
    sink_.write(out + "</table>\n</div>\n");
    if (table.rows.size() > kMostShown)
      sink_.write("<p class=\"facts\">" + fmt::format(fmt::runtime(words_.more), kMostShown, table.rows.size()) +
                  "</p>\n");
  }

  std::string total_row(Table const& table, std::vector<std::size_t> const& columns) const {
    std::string out = "<tfoot><tr>";
    for (auto const column : columns) {
      if (column == columns.front())
        out += fmt::format("<th scope=\"row\">{}</th>", words_.total);
      else if (column < table.groups)
        out += "<td></td>";
      else
        out += cell(table, column, table.totals[column], false);
    }
    return out + "</tr></tfoot>\n";
  }

  void write_left_out(Table const& table) {
    std::string out;
    for (std::size_t i = table.groups; i < table.columns.size() && !table.is_list(); ++i) {
      if (table.functions[i] < Function::count || table.totals[i].is_null()) continue;
      auto const name = language_ == Language::zh ? table.columns[i].label_zh : table.columns[i].name;
      out += fmt::format("<li><span>{}</span> {}</li>", html_text(name), text(table, i, table.totals[i]));
    }
    if (!out.empty())
      sink_.write(fmt::format("<details><summary>{}</summary><ul class=\"left-out\">{}</ul></details>\n",
                              words_.left_out, out));
  }

  void write_meaning(Table const& table) {
    std::string out;
    for (auto const column : shown_columns(table)) {
      auto const& field = table.columns[column];
      out += fmt::format("<dt>{}</dt><dd>{}</dd>", html_text(column_title(table, column, language_)),
                         html_text(language_ == Language::zh ? field.doc_zh : field.doc));
    }
    sink_.write(
        fmt::format("<details><summary>{}</summary><dl class=\"meaning\">{}</dl></details>\n", words_.meaning, out));
  }

  Sink& sink_;
  Result const& result_;
  Language language_;
  base::TimeZone const& zone_;
  Words const& words_;
};

}  // namespace

void write_text_page(Sink& sink, std::string_view title, std::string_view facts, std::string_view body,
                     Language language) {
  sink.write(page_head(words_of(language), title, html_text(facts)));
  sink.write("</header>\n<main id=\"main\">\n");
  sink.write(with_scrolling_tables(body, language));
  sink.write("</main>\n</body>\n</html>\n");
}

void write_report_page(Sink& sink, Result const& result, Language language, base::TimeZone const& zone) {
  PageWriter(sink, result, language, zone).write();
}

}  // namespace umsops::format
