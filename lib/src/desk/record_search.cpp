// SPDX-License-Identifier: Apache-2.0
#include "desk/record_search.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "store/tailed_index.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"

namespace umsops::desk {
namespace {

using query::Filter;

/// More are no answer to anybody, and too long a list for an engine.
constexpr std::size_t kMostFound = 50'000;
/// Words in quotes stand together or not: so many texts are read to see that.
constexpr std::size_t kMostRead = 2000;
constexpr std::size_t kLongestBeginning = 300;  // code points of a description that tell what it is about
constexpr std::size_t kAlikeRead = 50;

[[noreturn]] void refuse_many(char const* what, std::size_t limit) {
  throw base::Error(base::errors::input_too_large, {{"what", what}, {"limit", std::to_string(limit)}});
}

class Lookup {
 public:
  Lookup(store::Connection& db, store::IndexedKind const& kind) : db_(db), index_(db, kind) {}

  Filter replace(Filter filter) {
    if (filter.kind == Filter::Kind::text) return rows_of(filter);
    for (auto& child : filter.children) child = replace(std::move(child));
    return filter;
  }
  std::int64_t unsearched() const { return index_.unsearched(); }

 private:
  Filter rows_of(Filter const& words) {
    std::vector<std::int64_t> places;
    for (auto const& value : words.condition.values) {
      auto const query = search::parse_query(value.text());
      for (auto const& found : index_.records(documents_of(query))) places.push_back(found.second);
    }
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    Filter rows;
    rows.kind = Filter::Kind::rows;
    for (auto const place : places) rows.condition.values.emplace_back(place);
    return rows;
  }

  std::vector<std::uint32_t> documents_of(search::Query const& query) {
    auto documents = search::full_matches(index_, query);
    if (documents.size() > kMostFound) refuse_many("the number of records that have these words", kMostFound);
    if (query.phrases.empty()) return documents;
    if (documents.size() > kMostRead) refuse_many("the number of records to look for words in quotes in", kMostRead);
    search::SearchOptions options;
    options.limit = options.candidates = kMostRead;
    options.snippet_columns = 0;
    store::TailedTexts texts(db_, index_);
    documents.clear();
    for (auto const& hit : search::search(index_, texts, query, options).hits) {
      if (!hit.partial) documents.push_back(hit.document);
    }
    return documents;
  }

  store::Connection& db_;
  store::TailedIndex index_;
};

bool has_words(Filter const& filter) {
  return filter.kind == Filter::Kind::text || std::any_of(filter.children.begin(), filter.children.end(),
                                                          [](auto const& child) { return has_words(child); });
}

}  // namespace

Filter with_found(store::Connection& db, base::RecordType const& type, Filter filter, std::int64_t* unsearched) {
  auto const* const kind = has_words(filter) ? store::find_indexed_kind(type.noun) : nullptr;
  if (!kind) return filter;
  Lookup lookup(db, *kind);
  if (unsearched) *unsearched = lookup.unsearched();
  return lookup.replace(std::move(filter));
}

query::Query with_found(store::Connection& db, base::RecordType const& type, query::Query query,
                        std::int64_t* unsearched) {
  query.filter = with_found(db, type, std::move(query.filter), unsearched);
  return query;
}

std::vector<AlikeRecord> alike_records(store::Connection& db, base::RecordType const& type, std::int64_t record,
                                       std::size_t most, std::int64_t* unsearched) {
  auto const* const kind = store::find_indexed_kind(type.noun);
  if (!kind) return {};
  store::TailedIndex index(db, *kind);
  if (unsearched) *unsearched = index.unsearched();
  auto const texts_of = store::record_texts(db, kind->table(), {&record, 1});
  if (texts_of.empty()) return {};
  auto const& own = texts_of.front();
  std::string words = own.title + "\n";
  words += base::first_code_points(own.body, kLongestBeginning);
  std::replace(words.begin(), words.end(), '"', ' ');  // nobody asks for words in quotes
  auto const query = search::parse_query(words);
  store::TailedTexts texts(db, index);
  search::SearchOptions options;
  options.limit = most + 1;
  options.candidates = std::max(kAlikeRead, most + 1);
  options.snippet_columns = 0;
  auto const hits = search::search(index, texts, query, options).hits;
  std::vector<std::uint32_t> documents;
  for (auto const& hit : hits) documents.push_back(hit.document);
  auto const records = index.records(documents);
  auto const own_document = index.document(record);
  double best =
      0;  // what the record is worth for its own words; one that was not read is worth no less than the others
  for (auto const& hit : hits) {
    if (hit.document == own_document || best < hit.score) best = hit.score;
    if (hit.document == own_document) break;
  }
  std::vector<AlikeRecord> found;
  for (auto const& hit : hits) {
    auto const place =
        std::find_if(records.begin(), records.end(), [&](auto const& one) { return one.first == hit.document; });
    if (hit.document == own_document || place == records.end() || found.size() == most) continue;
    found.push_back({place->second, std::min(1.0, std::round(hit.score / best * 100) / 100)});
  }
  return found;
}

}  // namespace umsops::desk
