// SPDX-License-Identifier: Apache-2.0
#include "search/first_stage.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "search/document_terms.hpp"
#include "search/pages.hpp"

namespace umsops::search {

namespace {

constexpr double kUnit = 256;  // of weights; impacts are of 255
constexpr std::uint32_t kMostDocuments = 1u
                                         << 28;  // numbers given so far, five bytes each while a question is answered

}  // namespace

FirstStage::FirstStage(IndexTables& tables, Query const& query, Ranking const& ranking) : state_(tables.state()) {
  if (state_.meta.version != kTokenVersion) {
    throw base::Error(base::errors::search_version,
                      {{"found", std::to_string(state_.meta.version)}, {"known", std::to_string(kTokenVersion)}});
  }
  if (state_.meta.next_document > kMostDocuments) throw damaged("more documents than can be");
  make_keys(query);
  load(tables);
  scores_.assign(state_.meta.next_document, 0);
  passed_.assign(state_.meta.next_document, 0);
  match(query);
  weigh(query, ranking);
  find_dead();
  for (auto const passed : passed_) full_matches_ += passed == groups_ ? 1 : 0;
}

std::size_t FirstStage::key_of(std::string term, bool prefix) {
  auto const known = std::find_if(keys_.begin(), keys_.end(),
                                  [&](Key const& key) { return key.term == term && key.prefix == prefix; });
  if (known != keys_.end()) return static_cast<std::size_t>(known - keys_.begin());
  keys_.emplace_back();
  keys_.back().term = std::move(term);
  keys_.back().prefix = prefix;
  return keys_.size() - 1;
}

void FirstStage::make_keys(Query const& query) {
  for (auto const& term : query.terms) term_keys_.push_back(term.reranked ? SIZE_MAX : key_of(term.term, term.prefix));
  for (auto const& values : query.filters) {
    auto& keys = filter_keys_.emplace_back();
    for (auto const& value : values) keys.push_back(key_of(filter_term(value), false));
  }
}

void FirstStage::load(IndexTables& tables) {
  pending_ = tables.pending();
  load_pending();
  std::vector<TermRange> ranges;
  for (auto const& key : keys_) ranges.push_back({key.term, key.prefix ? key.term + '\xFF' : key.term});
  if (!state_.segments.empty()) pages_ = tables.pages(ranges);
  std::vector<std::uint64_t> wanted;
  struct Later {
    std::size_t key;
    std::uint64_t list;
    std::uint32_t documents;
    bool removed;
  };
  std::vector<Later> later;
  std::vector<std::size_t> exact, prefixes;  // keys by their terms
  for (std::size_t i = 0; i < keys_.size(); ++i) (keys_[i].prefix ? prefixes : exact).push_back(i);
  auto const before = [&](std::size_t i, std::string_view term) { return keys_[i].term < term; };
  std::sort(exact.begin(), exact.end(), [&](std::size_t a, std::size_t b) { return keys_[a].term < keys_[b].term; });
  for (auto const& page : pages_) {
    auto const segment = std::find_if(state_.segments.begin(), state_.segments.end(),
                                      [&](Segment const& each) { return each.number == page.segment; });
    if (segment == state_.segments.end()) throw damaged("a page belongs to no segment");
    auto const take = [&](std::size_t i, PageEntry const& entry) {
      Key& key = keys_[i];
      key.documents += segment->removed ? -static_cast<std::int64_t>(entry.documents) : entry.documents;
      if (entry.list != 0) {
        wanted.push_back(entry.list);
        later.push_back({i, entry.list, entry.documents, segment->removed});
      } else {
        (segment->removed ? key.removed : key.added).emplace_back(entry.postings, entry.documents);
      }
    };
    PageReader reader(page.data);
    for (PageEntry entry; reader.next(entry);) {
      auto const at = std::lower_bound(exact.begin(), exact.end(), entry.term, before);
      if (at != exact.end() && keys_[*at].term == entry.term) take(*at, entry);
      for (auto const i : prefixes) {
        if (entry.term.starts_with(keys_[i].term)) take(i, entry);
      }
    }
  }
  if (wanted.empty()) return;
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  lists_ = tables.lists(wanted);
  std::sort(lists_.begin(), lists_.end(), [](auto const& a, auto const& b) { return a.number < b.number; });
  for (auto const& each : later) {
    auto const list = std::lower_bound(lists_.begin(), lists_.end(), each.list,
                                       [](auto const& a, std::uint64_t number) { return a.number < number; });
    if (list == lists_.end() || list->number != each.list) throw damaged("a list is missing");
    (each.removed ? keys_[each.key].removed : keys_[each.key].added).emplace_back(list->data, each.documents);
  }
}

void FirstStage::load_pending() {
  std::vector<std::size_t> order(keys_.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return keys_[a].term < keys_[b].term; });
  for (auto const& row : pending_) {
    auto at = order.begin();
    for (PackedReader reader(row.data); at != order.end() && reader.next();) {
      while (at != order.end() && keys_[*at].term < reader.term() &&
             !(keys_[*at].prefix && reader.term().starts_with(keys_[*at].term))) {
        ++at;
      }
      for (auto each = at; each != order.end() && keys_[*each].term <= reader.term(); ++each) {
        Key& key = keys_[*each];
        if (key.term != reader.term() && !(key.prefix && reader.term().starts_with(key.term))) continue;
        key.documents += row.removed ? -1 : 1;
        (row.removed ? key.stale : key.fresh).push_back({row.document, reader.impact()});
      }
    }
  }
}

template <class Take>
void FirstStage::each_posting(Key const& key, Take const& take) const {
  auto const checked = [&](std::uint32_t document, std::uint8_t impact) {
    if (document >= scores_.size()) throw damaged("a posting belongs to no document");
    take(document, impact);
  };
  for (auto const& [bytes, count] : key.added) read_postings(bytes, count, checked);
  for (auto const& posting : key.fresh) checked(posting.document, posting.impact);
}

/// A document that was removed lost all its terms: whatever it has of the query is in a list of removals, too.
void FirstStage::find_dead() {
  auto const kill = [&](std::uint32_t document, std::uint8_t) {
    if (document >= scores_.size()) throw damaged("a posting belongs to no document");
    scores_[document] = 0;
    passed_[document] = 0;
  };
  for (auto const& key : keys_) {
    for (auto const& [bytes, count] : key.removed) read_postings(bytes, count, kill);
    for (auto const& posting : key.stale) kill(posting.document, 0);
  }
}

void FirstStage::weigh(Query const& query, Ranking const& ranking) {
  double const all = state_.meta.documents;
  idf_.assign(query.terms.size(), ranking.single_idf);
  for (std::size_t i = 0; i < query.terms.size(); ++i) {
    auto const& term = query.terms[i];
    double const factor = term.weight * std::pow(ranking.single_idf, ranking.idf_power);
    if (term.reranked) {
      slack_ += factor;
      continue;
    }
    Key const& key = keys_[term_keys_[i]];
    double const documents = std::clamp<double>(static_cast<double>(key.documents), 0, all);
    idf_[i] = std::log(1 + (all - documents + 0.5) / (documents + 0.5));
    double const exact = term.weight * std::pow(idf_[i], ranking.idf_power);
    auto const weight = static_cast<std::uint32_t>(std::lround(kUnit * exact));
    slack_ += (exact + 1) / 255;
    if (!term.prefix) {
      each_posting(key, [&](std::uint32_t document, std::uint8_t impact) { scores_[document] += weight * impact; });
      continue;
    }
    // Each occurrence of the character is one of these terms; together they are worth what one can be at most.
    std::vector<std::uint8_t> sums(scores_.size());
    each_posting(key, [&](std::uint32_t document, std::uint8_t impact) {
      sums[document] = static_cast<std::uint8_t>(std::min(255, sums[document] + impact));
    });
    for (std::size_t document = 0; document < sums.size(); ++document) scores_[document] += weight * sums[document];
    slack_ += exact;
  }
}

void FirstStage::match_key(Key const& key) {
  std::uint8_t const done = groups_++;
  each_posting(key, [&](std::uint32_t document, std::uint8_t) {
    if (passed_[document] == done) passed_[document] = groups_;
  });
}

std::vector<std::uint32_t> FirstStage::documents_of(std::vector<std::size_t> const& alternative) const {
  std::vector<std::uint32_t> all, next, both;
  for (std::size_t i = 0; i < alternative.size(); ++i) {
    next.clear();
    each_posting(keys_[alternative[i]], [&](std::uint32_t document, std::uint8_t) { next.push_back(document); });
    std::sort(next.begin(), next.end());
    if (i == 0) {
      all = next;
      continue;
    }
    both.clear();
    std::set_intersection(all.begin(), all.end(), next.begin(), next.end(), std::back_inserter(both));
    all.swap(both);
  }
  return all;
}

void FirstStage::match_group(std::vector<std::vector<std::size_t>> const& alternatives) {
  if (alternatives.size() == 1 && alternatives[0].size() == 1) return match_key(keys_[alternatives[0][0]]);
  std::uint8_t const done = groups_++;
  for (auto const& alternative : alternatives) {
    for (auto const document : documents_of(alternative)) {
      if (passed_[document] == done) passed_[document] = groups_;
    }
  }
}

/// A document passes filters and groups one after the other: how many it passed is all that has to be kept.
void FirstStage::match(Query const& query) {
  for (auto const& values : filter_keys_) {
    std::vector<std::vector<std::size_t>> alternatives;
    for (auto const key : values) alternatives.push_back({key});
    match_group(alternatives);
  }
  filters_ = groups_;
  for (auto const& group : query.groups) {
    std::vector<std::vector<std::size_t>> alternatives;
    for (auto const& alternative : group) {
      auto& keys = alternatives.emplace_back();
      for (auto const term : alternative) keys.push_back(term_keys_[term]);
    }
    match_group(alternatives);
  }
}

std::vector<std::uint32_t> FirstStage::full() const {
  std::vector<std::uint32_t> documents;
  documents.reserve(full_matches_);
  for (std::uint32_t document = 0; document < passed_.size(); ++document) {
    if (passed_[document] == groups_) documents.push_back(document);
  }
  return documents;
}

double FirstStage::bound(std::uint32_t score) const { return score / (kUnit * 255) + slack_; }

std::vector<Candidate> FirstStage::best(std::size_t most, bool full_first) const {
  std::vector<Candidate> all;
  for (std::uint32_t document = 0; document < scores_.size(); ++document) {
    if (scores_[document] == 0 || passed_[document] < filters_) continue;
    all.push_back({document, scores_[document], passed_[document] == groups_ && groups_ != filters_});
  }
  auto const better = [&](Candidate const& a, Candidate const& b) {
    if (full_first && a.full != b.full) return a.full;
    return a.score != b.score ? a.score > b.score : a.document < b.document;
  };
  auto const end = all.begin() + static_cast<std::ptrdiff_t>(std::min(most, all.size()));
  if (all.size() > most) std::nth_element(all.begin(), end, all.end(), better);
  std::sort(all.begin(), end, better);
  all.erase(end, all.end());
  return all;
}

}  // namespace umsops::search
