// SPDX-License-Identifier: Apache-2.0
// Keyword rules out of what people corrected: words that the records of one value have, and others have not.
#include <algorithm>
#include <set>
#include <unordered_map>

#include "desk/open_desk.hpp"
#include "desk/record_search.hpp"
#include "model/ticket_changes.hpp"
#include "store/tickets.hpp"
#include "umsops/desk/replay_desk.hpp"
#include "umsops/desk/rule_desk.hpp"
#include "umsops/learn/features.hpp"

namespace umsops::desk {
namespace {

constexpr std::string_view kProposed[] = {"category", "subcategory", "priority"};
constexpr std::size_t kMostWords = 8, kMostExamples = 5;
constexpr std::uint64_t kFewestCorrected = 2;
constexpr std::size_t kShortestWord = 3;  ///< bytes; shorter ones mean too much

/// The words of a text that may stand in a rule, each once.
class Words : public learn::Observer {
 public:
  void occurs(std::uint64_t key, std::string_view shown) override {
    using learn::Kind;
    Kind const kind = learn::kind_of(key);
    bool const fits = kind == Kind::word || kind == Kind::word_pair || kind == Kind::han_pair ||
                      kind == Kind::han_triple || kind == Kind::join;
    bool const letters = std::any_of(shown.begin(), shown.end(), [](char c) { return c < '0' || c > '9'; });
    if (fits && letters && shown.size() >= kShortestWord && shown.size() <= 60) found.emplace(shown);
  }
  std::set<std::string> found;
};

struct Sample {
  std::string number, value, by_rules;
  std::vector<std::uint32_t> words;  ///< sorted
};

/// What people said of one field, with the words of the texts.
struct Samples {
  std::string field;
  std::vector<Sample> all;
};

class Collector {
 public:
  explicit Collector(rules::RuleSet const& rules) : rules_(rules) {
    for (auto const field : kProposed) samples_.push_back({std::string(field), {}});
  }
  void add(model::Ticket const& ticket) {
    std::vector<std::uint32_t> words;
    rules::Verdict verdict;
    for (auto& samples : samples_) {
      auto const value = model::carried_value(ticket, samples.field);
      auto const* const decision = ticket.classification.find(samples.field);
      // Where nobody is known to have decided, it is no correction.
      if (value.empty() || !decision || !is_by_person(ticket.classification, samples.field)) continue;
      if (words.empty()) {
        words = words_in(ticket);
        verdict = rules_.classify(first_facts_of(ticket));
      }
      std::string by_rules;
      for (auto const& outcome : verdict.outcomes) {
        if (outcome.field == samples.field) by_rules = outcome.value;
      }
      samples.all.push_back({ticket.ticket_number, value, by_rules, words});
    }
  }
  std::vector<Samples> const& samples() const { return samples_; }
  std::string const& word(std::uint32_t number) const { return *names_[number]; }
  std::size_t words() const { return names_.size(); }

 private:
  std::vector<std::uint32_t> words_in(model::Ticket const& ticket) {
    Words words;
    extractor_.extract({ticket.title, ticket.description}, &words);
    std::vector<std::uint32_t> out;
    for (auto const& word : words.found) {
      auto const [at, is_new] = numbers_.try_emplace(word, static_cast<std::uint32_t>(names_.size()));
      if (is_new) names_.push_back(&at->first);
      out.push_back(at->second);
    }
    std::sort(out.begin(), out.end());
    return out;
  }

  rules::RuleSet const& rules_;
  std::vector<Samples> samples_;
  learn::Extractor extractor_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<std::string const*> names_;
};

/// How a word fares for one value.
struct Tally {
  std::uint64_t right = 0, corrected = 0;
};

/// Adds words to a rule while each brings records of its own.
ProposedRule rule_of(Samples const& samples, std::string const& value, std::vector<std::uint32_t> const& words,
                     Collector const& collector) {
  ProposedRule rule;
  rule.field = samples.field;
  rule.value = value;
  std::vector<std::uint32_t> taken;
  std::vector<bool> covered(samples.all.size());
  for (auto const word : words) {
    if (rule.words.size() == kMostWords) break;
    std::uint64_t fresh = 0;
    for (std::size_t i = 0; i < samples.all.size(); ++i) {
      auto const& sample = samples.all[i];
      if (covered[i] || !std::binary_search(sample.words.begin(), sample.words.end(), word)) continue;
      covered[i] = true;
      ++rule.support;
      rule.right += sample.value == value;
      bool const correction = sample.value == value && sample.by_rules != value;
      rule.corrected += correction;
      fresh += correction;
      if (correction && rule.examples.size() < kMostExamples) rule.examples.push_back(sample.number);
    }
    if (fresh > 0) rule.words.push_back(collector.word(word));
  }
  return rule;
}

std::vector<ProposedRule> rules_for(Samples const& samples, Collector const& collector, double precision,
                                    std::uint64_t support) {
  std::vector<std::uint64_t> texts(collector.words());
  std::map<std::string, std::unordered_map<std::uint32_t, Tally>> by_value;
  for (auto const& sample : samples.all) {
    auto& tallies = by_value[sample.value];
    for (auto const word : sample.words) {
      ++texts[word];
      auto& tally = tallies[word];
      ++tally.right;
      tally.corrected += sample.by_rules != sample.value;
    }
  }
  std::vector<ProposedRule> out;
  for (auto const& [value, tallies] : by_value) {
    std::vector<std::pair<Tally, std::uint32_t>> good;
    for (auto const& [word, tally] : tallies) {
      bool const precise = static_cast<double>(tally.right) >= precision * static_cast<double>(texts[word]);
      if (precise && tally.right >= support && tally.corrected >= kFewestCorrected) good.emplace_back(tally, word);
    }
    // The most corrections first; of words that always come together the longest says most.
    std::sort(good.begin(), good.end(), [&](auto const& a, auto const& b) {
      if (a.first.corrected != b.first.corrected) return a.first.corrected > b.first.corrected;
      auto const& x = collector.word(a.second);
      auto const& y = collector.word(b.second);
      return x.size() != y.size() ? x.size() > y.size() : x < y;
    });
    std::vector<std::uint32_t> words;
    for (auto const& one : good) words.push_back(one.second);
    auto rule = rule_of(samples, value, words, collector);
    if (!rule.words.empty()) out.push_back(std::move(rule));
  }
  std::stable_sort(out.begin(), out.end(), [](auto const& a, auto const& b) { return a.corrected > b.corrected; });
  return out;
}

}  // namespace

std::vector<ProposedRule> ReplayDesk::propose(rules::RuleSet const& rules, query::Filter const& filter,
                                              double precision, std::uint64_t support) {
  auto* const store = desk_.reading();
  if (!store) return {};
  query::Query query;
  query.filter = with_found(store->connection(), model::ticket_type(), filter);
  query.sort = {{model::ticket_type().require("created_at"), false}};
  Collector collector(rules);
  std::int64_t seen = 0;
  store::list_tickets(store->connection(), query, [&](model::Ticket& ticket) {
    collector.add(ticket);
    if (++seen % 1024 == 0) desk_.check_interrupted();
    return true;
  });
  std::vector<ProposedRule> out;
  for (auto const& samples : collector.samples()) {
    auto rules_of_field = rules_for(samples, collector, precision, support);
    std::move(rules_of_field.begin(), rules_of_field.end(), std::back_inserter(out));
  }
  return out;
}

}  // namespace umsops::desk
