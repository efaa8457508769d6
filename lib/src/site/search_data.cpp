// SPDX-License-Identifier: Apache-2.0
#include "site/search_data.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "base/simplified.hpp"
#include "base/utf8.hpp"
#include "search/document_terms.hpp"
#include "search/query_words.hpp"
#include "site/labels.hpp"
#include "site/part.hpp"
#include "umsops/base/json.hpp"

namespace umsops::site {

namespace {

constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Postings of a term on their way: digits of five bits, a sixth one says that more follow; then the impact in six.
struct Postings {
  std::string bytes;
  std::int64_t last = -1;

  void add(std::int64_t document, std::uint8_t impact) {
    auto distance = static_cast<std::uint64_t>(document - last - 1);
    for (; distance > 31; distance >>= 5) bytes += kDigits[(distance & 31) | 32];
    bytes += kDigits[distance];
    bytes += kDigits[static_cast<std::size_t>((impact - 1) / 4)];
    last = document;
  }
};

/// The text that words of an entry are looked for in, beside its title.
std::string body_of(Entry const& entry) {
  std::string body = entry.text;
  for (auto const& words : {entry.tags, entry.required_tools}) {
    for (auto const& word : words) body += "\n" + word;
  }
  for (auto const language : {base::Language::en, base::Language::zh}) {
    body += "\n" + word_of(entry.category, language);
  }
  return body + "\n" + entry.number;
}

class Index {
 public:
  explicit Index(std::vector<Entry const*> const& entries) {
    for (auto const* entry : entries) bodies_.push_back(body_of(*entry));
    find_pivots(entries);
    for (std::size_t i = 0; i < entries.size(); ++i) add(static_cast<std::int64_t>(i), entries[i]->title, bodies_[i]);
  }

  void write(base::Value& out) const {
    std::vector<std::string const*> order;
    for (auto const& [term, postings] : terms_) order.push_back(&term);
    std::sort(order.begin(), order.end(), [](auto const* a, auto const* b) { return *a < *b; });
    std::string terms, postings;
    for (auto const* term : order) {
      if (!terms.empty()) terms += '\n', postings += '\n';
      terms += *term;
      postings += terms_.at(*term).bytes;
    }
    out.add("terms", std::move(terms));
    out.add("postings", std::move(postings));
    out.add("simplified", simplified_pairs(order));
  }

 private:
  void find_pivots(std::vector<Entry const*> const& entries) {
    std::uint64_t title = 0, body = 0;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      auto const lengths = search::measure(tokeniser_, {entries[i]->title, bodies_[i], {}});
      title += lengths.title;
      body += lengths.body;
    }
    std::uint64_t const count = std::max<std::uint64_t>(entries.size(), 1);
    meta_.title_pivot = static_cast<std::uint32_t>(std::max<std::uint64_t>(title / count, 1));
    meta_.body_pivot = static_cast<std::uint32_t>(std::max<std::uint64_t>(body / count, 1));
  }

  void add(std::int64_t document, std::string_view title, std::string_view body) {
    auto const lengths = gathered_.gather(tokeniser_, {title, body, {}});
    for (auto const& term : gathered_.terms()) {
      terms_[std::string(gathered_.text(term))].add(document, gathered_.impact(ranking_, meta_, term, lengths));
    }
  }

  /// Traditional characters and their simplified forms, as far as these occur: all that a query can need.
  static std::string simplified_pairs(std::vector<std::string const*> const& terms) {
    std::set<char32_t> known;
    for (auto const* term : terms) {
      if (auto const first = base::decode_utf8(*term, 0); first.valid) known.insert(first.code_point);
    }
    std::string pairs;
    for (char32_t c = 0x3400; c <= 0x9FFF; ++c) {
      char32_t const form = base::simplified(c);
      if (form == c || !known.contains(form)) continue;
      base::append_utf8(pairs, c);
      base::append_utf8(pairs, form);
    }
    return pairs;
  }

  search::Ranking ranking_;
  search::IndexMeta meta_;
  search::Tokeniser tokeniser_;
  search::DocumentTerms gathered_;
  std::vector<std::string> bodies_;
  std::unordered_map<std::string, Postings> terms_;
};

base::Value document_value(Entry const& entry) {
  base::Value out;
  out.add("path", "entries/" + page_name(entry.number));
  out.add("number", entry.number);
  out.add("title", entry.title);
  out.add("kind", kind_word(entry.kind));
  out.add("language", labels_of(is_chinese(entry) ? base::Language::zh : base::Language::en).language);
  out.add("lead", lead(entry.text));
  return out;
}

}  // namespace

bool is_chinese(Entry const& entry) {
  if (!entry.language.empty()) return entry.language.starts_with("zh");
  for (std::size_t at = 0; at < entry.title.size();) {
    auto const decoded = base::decode_utf8(entry.title, at);
    if (decoded.valid && decoded.code_point >= 0x3400 && decoded.code_point <= 0x9FFF) return true;
    at += decoded.size;
  }
  return false;
}

SearchData search_data(std::vector<Entry const*> const& entries) {
  search::Ranking const ranking;
  base::Value index;
  Index(entries).write(index);
  index.add("stops", search::stop_words());
  index.add("questions", search::question_words());
  index.add("stopWeight", ranking.stop_weight);
  index.add("idfPower", ranking.idf_power);
  base::Value::List documents, texts;
  for (auto const* entry : entries) {
    documents.push_back(document_value(*entry));
    texts.emplace_back(entry->text);
  }
  index.add("documents", std::move(documents));
  return {"umsopsSearch.index(" + base::to_json(index) + ");\n",
          "umsopsSearch.texts(" + base::to_json(base::Value(std::move(texts))) + ");\n"};
}

}  // namespace umsops::site
