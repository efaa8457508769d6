// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/search_speed.hpp"

#include <sqlite3.h>
#include <sys/resource.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <random>
#include <string>

#include "base/utf8.hpp"
#include "tests/support/memory_index.hpp"

namespace umsops::bench {

namespace {

constexpr char const* kQuestions[] = {
    "恢复",
    "登录失败",
    "数据",
    "登",
    "LDAP认证",
    "TiDB 集群",
    "備份 恢復",
    "timeout",
    "packet loss",
    "ERR_CERT_DATE_INVALID",
    "802.1x",
    "INC0054321",
    "BR 恢复的数据为什么无法同步到 TiCDC 的上游集群",
    "Pod is crash looping. Pod is in waiting state (reason: CrashLoopBackOff) on cluster"};

/// Of the processor: the index is in memory, and the machine may be busy.
double milliseconds(std::function<void()> const& act) {
  auto const begin = std::clock();
  act();
  return static_cast<double>(std::clock() - begin) * 1000 / CLOCKS_PER_SEC;
}

double best_of(int times, std::function<void()> const& act) {
  double best = 1e9;
  for (int i = 0; i < times; ++i) best = std::min(best, milliseconds(act));
  return best;
}

long peak_kilobytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

std::vector<std::string> sentences(std::vector<search::FoundText> const& texts) {
  std::vector<std::string> out;
  for (auto const& text : texts) {
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.body.size(); ++at) {
      bool const end = text.body[at] == '\n' || std::string_view(text.body).substr(at).starts_with("。");
      if (!end) continue;
      at += text.body[at] == '\n' ? 0 : 2;
      if (at > begin + 8) out.push_back(text.body.substr(begin, at + 1 - begin));
      begin = at + 1;
    }
  }
  return out;
}

struct Corpus {
  std::vector<search::FoundText> texts;
  double megabytes = 0;
};

Corpus recombined(std::vector<std::string> const& pieces, std::size_t count) {
  std::mt19937 dice(1);
  Corpus corpus;
  for (std::size_t i = 0; i < count; ++i) {
    search::FoundText text;
    text.document = static_cast<std::uint32_t>(i + 1);
    text.title = "article " + std::to_string(i);
    std::size_t const size = 400 + dice() % 1800;
    while (text.body.size() < size) text.body += pieces[dice() % pieces.size()];
    if (i == count / 2) text.body += " INC0054321";
    corpus.megabytes += static_cast<double>(text.title.size() + text.body.size()) / 1e6;
    corpus.texts.push_back(std::move(text));
  }
  return corpus;
}

/// Texts by number, without a copy of the corpus.
class CorpusTexts : public search::Texts {
 public:
  explicit CorpusTexts(Corpus const& corpus) : corpus_(corpus) {}
  std::vector<search::FoundText> texts(std::span<std::uint32_t const> documents) override {
    std::vector<search::FoundText> found;
    for (auto const document : documents) {
      if (document <= corpus_.texts.size()) found.push_back(corpus_.texts[document - 1]);
    }
    return found;
  }

 private:
  Corpus const& corpus_;
};

struct Gathered : search::TokenSink {
  void token(search::Token const& token) override {
    ++count;
    if (text == nullptr) return;
    text->append(token.term) += ' ';
  }
  std::size_t count = 0;
  std::string* text = nullptr;
};

void sql(sqlite3* db, std::string const& text) {
  if (sqlite3_exec(db, text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    std::fprintf(stderr, "%s: %s\n", text.substr(0, 200).c_str(), sqlite3_errmsg(db));
    std::exit(1);
  }
}

/// FTS5 over the same terms, in a file of its own.
class Fts5 {
 public:
  explicit Fts5(Corpus const& corpus) {
    std::remove(kFile);
    sqlite3_open(kFile, &db_);
    sql(db_, "PRAGMA journal_mode=off");
    sql(db_,
        "CREATE VIRTUAL TABLE f USING fts5(t, content='', tokenize=\"unicode61 remove_diacritics 0 tokenchars '='\")");
    spent = milliseconds([&] {
      sql(db_, "BEGIN");
      sqlite3_stmt* insert = nullptr;
      sqlite3_prepare_v2(db_, "INSERT INTO f(rowid, t) VALUES (?, ?)", -1, &insert, nullptr);
      search::Tokeniser tokeniser;
      for (auto const& text : corpus.texts) {
        std::string terms;
        Gathered gathered;
        gathered.text = &terms;
        tokeniser.tokenise(text.title, gathered);
        tokeniser.tokenise(text.body, gathered);
        sqlite3_bind_int64(insert, 1, text.document);
        sqlite3_bind_text(insert, 2, terms.data(), static_cast<int>(terms.size()), SQLITE_STATIC);
        sqlite3_step(insert);
        sqlite3_reset(insert);
      }
      sqlite3_finalize(insert);
      sql(db_, "COMMIT");
    });
    sql(db_, "INSERT INTO f(f) VALUES ('optimize')");
    sqlite3_stmt* size = nullptr;
    sqlite3_prepare_v2(db_,
                       "SELECT (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size)",
                       -1, &size, nullptr);
    sqlite3_step(size);
    megabytes = static_cast<double>(sqlite3_column_int64(size, 0)) / 1e6;
    sqlite3_finalize(size);
  }
  ~Fts5() {
    sqlite3_close(db_);
    std::remove(kFile);
  }
  Fts5(Fts5 const&) = delete;

  void ask(search::Query const& query, char const* join) {
    std::string match;
    for (auto const& term : query.terms) {
      if (term.reranked || term.kind == search::TokenKind::compound) continue;
      match += (match.empty() ? "" : join) + ("\"" + term.term + "\"") + (term.prefix ? "*" : "");
    }
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(db_, "SELECT rowid FROM f WHERE f MATCH ? ORDER BY rank LIMIT 10", -1, &statement, nullptr);
    sqlite3_bind_text(statement, 1, match.c_str(), -1, SQLITE_STATIC);
    while (sqlite3_step(statement) == SQLITE_ROW) {
    }
    sqlite3_finalize(statement);
  }

  double spent = 0, megabytes = 0;

 private:
  static constexpr char const* kFile = "fts5.db";
  sqlite3* db_ = nullptr;
};

/// Strings cut out of the texts at the bounds of characters, and of words where they are in words.
std::string random_part(std::string const& body, std::mt19937& dice) {
  std::size_t at = dice() % body.size();
  auto const is_cut = [&](std::size_t i) {
    if (i == 0 || i >= body.size()) return true;
    auto const c = static_cast<unsigned char>(body[i]), before = static_cast<unsigned char>(body[i - 1]);
    if ((c & 0xC0) == 0x80) return false;
    return c >= 0x80 || before >= 0x80 || c == ' ' || before == ' ';
  };
  while (!is_cut(at)) ++at;
  std::size_t end = at;
  for (std::size_t characters = 2 + dice() % 5; characters != 0 && end < body.size(); --characters) {
    ++end;
    while (!is_cut(end)) ++end;
  }
  return body.substr(at, end - at);
}

/// As a reader sees it: without the targets of Markdown links.
std::string without_targets(std::string const& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    out += text[at];
    if (!std::string_view(text).substr(at).starts_with("](")) continue;
    std::size_t const close = std::min(text.find(')', at + 2), text.size());
    if (close < std::min(text.find('\n', at + 2), text.size()) && close - at <= 2000) at = close;
  }
  return out;
}

/// Part of a word that is written with letters: what stands beside it belongs to the word.
bool is_letter(char c) {
  auto const byte = static_cast<unsigned char>(c);
  return (byte < 0x80 && std::isalnum(byte) != 0) || (byte >= 0xC3 && byte <= 0xDF) || byte == 0xE1;
}

bool has_words(std::string const& text, std::string const& part) {
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    std::size_t const end = at + part.size();
    bool const cut_before = at > 0 && is_letter(part.front()) && is_letter(text[at - 1]);
    bool const cut_behind = end < text.size() && is_letter(part.back()) && is_letter(text[end]);
    if (!cut_before && !cut_behind) return true;
  }
  return false;
}

void recall(Corpus const& corpus, search::IndexTables& index) {
  CorpusTexts texts(corpus);
  std::mt19937 dice(9);
  std::size_t const scanned = std::min<std::size_t>(corpus.texts.size(), 1000);
  std::vector<std::string> shown;
  for (std::size_t i = 0; i < scanned; ++i) shown.push_back(without_targets(corpus.texts[i].body));
  std::size_t asked = 0, complete = 0, exact = 0;
  while (asked < 2000) {
    std::string const part = random_part(shown[dice() % scanned], dice);
    if (part.empty() || part.find_first_of("\"[]()\n") != std::string::npos || part.find("“") != std::string::npos)
      continue;
    // A bound of a word in other letters than ASCII's is more than is looked for here.
    if (std::any_of(part.begin(), part.end(),
                    [](char c) { return is_letter(c) && static_cast<unsigned char>(c) >= 0x80; }))
      continue;
    auto const query = search::parse_query(part);
    if (query.groups.empty()) continue;
    ++asked;
    search::SearchOptions options;
    std::size_t expected = 0;
    for (auto const& text : shown) expected += has_words(text, part);
    options.limit = 1;
    auto const found = search::search(index, texts, query, options).full_matches;
    complete += found >= expected;
    exact += found == expected;
    if (found < expected) std::printf("  short: \"%s\": %zu of %zu\n", part.c_str(), std::size_t(found), expected);
  }
  std::printf("recall: %zu of %zu strings found wherever a scan of %zu articles finds them, %zu with the same count\n",
              complete, asked, scanned, exact);
}

}  // namespace

void search_speed(std::vector<search::FoundText> const& texts, std::size_t count) {
  auto const pieces = sentences(texts);
  Corpus const corpus = recombined(pieces, count);
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  std::printf("%zu articles of %zu sentences, %.1f MB\n", count, pieces.size(), corpus.megabytes);

  search::Tokeniser tokeniser;
  Gathered gathered;
  double const cutting = milliseconds([&] {
    for (auto const& text : corpus.texts) tokeniser.tokenise(text.body, gathered);
  });
  std::printf("tokens: %.0f MB/s, %.0f an article\n", corpus.megabytes * 1000 / cutting,
              static_cast<double>(gathered.count) / static_cast<double>(count));

  search::IndexMeta pivots;
  pivots.title_pivot = 2;
  pivots.body_pivot = static_cast<std::uint32_t>(gathered.count / count);
  test::MemoryIndex index;
  long const before = peak_kilobytes();
  double const building = milliseconds([&] {
    search::IndexBuilder builder(index, pivots);
    for (auto const& text : corpus.texts) builder.add({text.title, text.body, {"kind=article"}});
    builder.finish();
  });
  auto const size = static_cast<double>(index.bytes()) / 1e6;
  std::printf("build: %.1f MB/s, index %.1f MB, %.2f of the text, %zu segments, %.0f MB more memory beside the index\n",
              corpus.megabytes * 1000 / building, size, size / corpus.megabytes, index.state().segments.size(),
              static_cast<double>(peak_kilobytes() - before) / 1000 - size);

  CorpusTexts found(corpus);
  Fts5 fts5(corpus);
  std::printf("fts5: %.1f MB/s, index %.1f MB, %.2f of the text\n", corpus.megabytes * 1000 / fts5.spent,
              fts5.megabytes, fts5.megabytes / corpus.megabytes);
  std::printf("%-50s %8s %8s %8s %9s %8s\n", "query, best of 5, ms", "full", "own", "own 20", "fts5 AND", "fts5 OR");
  for (auto const* question : kQuestions) {
    auto const query = search::parse_query(question);
    search::SearchOptions options, twenty;
    twenty.candidates = 20;
    std::uint64_t full = 0;
    double const own = best_of(5, [&] { full = search::search(index, found, query, options).full_matches; });
    double const less = best_of(5, [&] { search::search(index, found, query, twenty); });
    std::printf("%-50.50s %8llu %8.2f %8.2f %9.2f %8.2f\n", question, static_cast<unsigned long long>(full), own, less,
                best_of(3, [&] { fts5.ask(query, " AND "); }), best_of(3, [&] { fts5.ask(query, " OR "); }));
  }
  recall(recombined(pieces, std::min<std::size_t>(count, 1000)), [&]() -> search::IndexTables& {
    static test::MemoryIndex small;
    search::IndexBuilder builder(small, pivots);
    for (auto const& text : recombined(pieces, std::min<std::size_t>(count, 1000)).texts) {
      builder.add({text.title, text.body, {}});
    }
    builder.finish();
    return small;
  }());

  search::Indexer indexer(index);
  double adding = 0, folding = 0;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < search::kPendingRows; ++i) {
    auto const& old = corpus.texts[i * 7 % count];
    search::Document const document{old.title, old.body, {"kind=article"}};
    adding += milliseconds([&] {
      if (i % 2 == 0) indexer.add(document);
      if (i % 2 != 0) indexer.remove(old.document, document);
    });
  }
  for (auto const& row : index.pending()) bytes += row.data.size();
  auto const query = search::parse_query("登录失败");
  double const with_pending = best_of(5, [&] { search::search(index, found, query); });
  folding = milliseconds([&] { indexer.tidy(); });
  std::printf("update: %.2f ms and %zu bytes a row; asked with %zu rows pending %.2f ms; folded in %.1f ms\n",
              adding / search::kPendingRows, bytes / search::kPendingRows, search::kPendingRows, with_pending, folding);
  std::printf("all segments into one: %.0f ms\n", milliseconds([&] { indexer.tidy(true); }));
}

}  // namespace umsops::bench
