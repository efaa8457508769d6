// SPDX-License-Identifier: Apache-2.0
// Past incidents that resemble one: by their titles, and by what they have in common.
#include <algorithm>
#include <cmath>
#include <map>

#include "desk/duplicates.hpp"
#include "desk/incident_links.hpp"
#include "desk/record_search.hpp"
#include "store/incidents.hpp"
#include "store/record_ref.hpp"
#include "umsops/base/json.hpp"

namespace umsops::desk {
namespace {

using base::Value;
using model::Incident;

/// How many incidents are looked at, the newest ones: reading them takes some tens of milliseconds.
constexpr std::int64_t kLookedAt = 10'000;
/// Of all that there are, however old: as many as come nearest by their texts.
constexpr std::size_t kFoundByText = 50;
/// What each thing in common is worth; together 1. The title says most, and an alarm of the same key says all.
constexpr double kText = 0.55, kServices = 0.2, kLabels = 0.1, kType = 0.1, kSource = 0.05;
/// Below it two incidents have no more in common than any two.
constexpr double kLeast = 0.3;

std::vector<std::string> words_in(std::string const& json) {
  std::vector<std::string> words;
  if (json.empty()) return words;
  Value const list = base::parse_json(json, "affected_services");
  if (auto const* const items = list.get_if<Value::List>()) {
    for (auto const& item : *items) words.emplace_back(item.text());
  }
  return words;
}

std::vector<std::string> labels_in(std::string const& json) {
  std::vector<std::string> labels;
  if (json.empty()) return labels;
  Value const object = base::parse_json(json, "attributes");
  if (auto const* const members = object.get_if<Value::Object>()) {
    for (auto const& [name, value] : *members) labels.push_back(name + "=" + std::string(value.text()));
  }
  return labels;
}

/// Those that stand in both, and their share of all (Jaccard).
struct Common {
  std::vector<std::string> words;
  double share = 0;
};
Common common(std::vector<std::string> const& a, std::vector<std::string> const& b) {
  Common out;
  for (auto const& word : a) {
    if (std::find(b.begin(), b.end(), word) != b.end()) out.words.push_back(word);
  }
  std::size_t const all = a.size() + b.size() - out.words.size();
  out.share = all == 0 ? 0 : static_cast<double>(out.words.size()) / static_cast<double>(all);
  return out;
}

double rounded(double share) { return std::round(share * 100) / 100; }

/// One incident as the others are held against it.
class Comparison {
 public:
  explicit Comparison(Incident const& incident) : incident_(incident), title_(incident.title) {
    for (auto const& [name, value] : incident.attributes) labels_.push_back(name + "=" + value);
  }

  /// `found`: what search makes of its text, over scripts and word forms; 0: it did not find it.
  SimilarIncident compare(store::PastIncident const& past, double found) {
    SimilarIncident out;
    out.text = std::max(rounded(title_.likeness(past.title)), found);
    out.same_alarm = !past.dedup_key.empty() && past.dedup_key == incident_.dedup_key;
    out.same_type = past.type == incident_.type && past.type != model::IncidentType::other;
    out.same_source = !past.source.empty() && past.source == incident_.source;
    auto services = common(incident_.affected_services, words_in(past.services));
    auto labels = common(labels_, labels_in(past.attributes));
    double const score = kText * out.text + kServices * services.share + kLabels * labels.share +
                         (out.same_type ? kType : 0) + (out.same_source ? kSource : 0);
    out.score = out.same_alarm ? 1 : rounded(score);
    out.services = std::move(services.words);
    out.labels = std::move(labels.words);
    if (past.resolved_at) out.minutes_to_resolve = (*past.resolved_at - past.detected_at) / base::Milliseconds{60'000};
    return out;
  }

 private:
  Incident const& incident_;
  LikeTitle title_;
  std::vector<std::string> labels_;
};

}  // namespace

SimilarIncidents IncidentDesk::similar(std::string const& id, std::size_t most) {
  auto* const store = desk_.reading();
  if (!store) refuse_absent(incidents(), id);
  store::ReadTx const view(*store);
  auto& db = store->connection();
  SimilarIncidents out;
  out.incident = find_incident(desk_, db, id);
  std::int64_t const own = store::place_of(db, model::ref_of(out.incident));
  Comparison comparison(out.incident);
  std::map<std::int64_t, double> by_text;
  for (auto const& alike : alike_records(db, model::incident_type(), own, kFoundByText)) by_text[alike.n] = alike.text;
  std::vector<std::pair<std::int64_t, SimilarIncident>> found;
  out.looked_at = store::visit_newest_incidents(db, kLookedAt, [&](store::PastIncident const& past) {
    // One that went on in another one was resolved there.
    if (past.n == own || past.merged) return;
    auto const text = by_text.find(past.n);
    auto similar = comparison.compare(past, text == by_text.end() ? 0 : text->second);
    if (similar.score >= kLeast) found.emplace_back(past.n, std::move(similar));
  });
  std::stable_sort(found.begin(), found.end(),
                   [](auto const& a, auto const& b) { return a.second.score > b.second.score; });
  if (found.size() > most) found.resize(most);
  for (auto& [n, similar] : found) {
    similar.incident = *store::incident_at(db, n);
    out.found.push_back(std::move(similar));
  }
  return out;
}

}  // namespace umsops::desk
