// SPDX-License-Identifier: Apache-2.0
#include "umsops/sla/urgency.hpp"

#include <algorithm>

#include "umsops/base/error.hpp"
#include "umsops/base/number.hpp"
#include "umsops/base/text.hpp"

namespace umsops::sla {
namespace {

[[noreturn]] void refuse(std::string problem, std::string suggestion) {
  throw base::Error(base::errors::config_invalid,
                    {{"problem", std::move(problem)}, {"suggestion", std::move(suggestion)}});
}

/// How much of the target of the clock that is due first is used by now.
double share_of_due(Book const& book, model::Ticket const& ticket, TimePoint now) {
  auto const* const policy = ticket.sla_policy.empty() ? nullptr : book.find(ticket.sla_policy);
  if (!policy || !ticket.sla_deadline) return 0;
  if (*ticket.sla_deadline <= now) return 1;
  bool const response = ticket.sla_deadline == ticket.response_due_at && !ticket.first_response_at;
  auto const target = policy->target(response ? ClockKind::response : ClockKind::resolution);
  if (!target || target->count() <= 0) return 0;
  auto const left = calendar::working_between(book.calendar(*policy, ticket.team), now, *ticket.sla_deadline);
  return std::clamp(1.0 - static_cast<double>(left.count()) / static_cast<double>(target->count()), 0.0, 1.0);
}

double share_of_age(model::Ticket const& ticket, TimePoint now) {
  constexpr double kYear = 365.0 * 24 * 3600 * 1000;
  return std::clamp(static_cast<double>((now - ticket.created_at).count()) / kYear, 0.0, 1.0);
}

}  // namespace

UrgencyWeights parse_urgency(std::string_view text) {
  UrgencyWeights weights;
  while (!text.empty()) {
    auto const end = std::min(text.find(' '), text.size());
    std::string_view const word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    auto const equals = word.find('=');
    std::string_view const name = word.substr(0, equals);
    auto const term = std::find(kUrgencyTerms.begin(), kUrgencyTerms.end(), name);
    if (term == kUrgencyTerms.end()) {
      std::string const best = base::nearest(name, kUrgencyTerms);
      refuse("urgency: no such term: " + std::string(name.substr(0, 40)),
             best.empty() ? "due=12 priority=6" : "did you mean " + best + "?");
    }
    auto const number = equals == word.npos ? std::nullopt : base::parse_decimal(word.substr(equals + 1));
    if (!number) refuse("urgency: " + std::string(name) + " has no number", std::string(name) + "=1.5");
    weights.of[static_cast<std::size_t>(term - kUrgencyTerms.begin())] = *number;
  }
  return weights;
}

std::vector<UrgencyTerm> urgency(Book const& book, model::Ticket const& ticket, bool blocking, bool blocked,
                                 UrgencyWeights const& weights, TimePoint now) {
  using S = model::TicketStatus;
  double const level = ticket.escalation_level ? 1.0 + static_cast<double>(*ticket.escalation_level) : 0.0;
  std::array<double, kUrgencyTerms.size()> const shares{
      ticket.status == S::pending ? 0.0 : share_of_due(book, ticket, now),
      static_cast<double>(ticket.priority) / 3,
      blocking ? 1.0 : 0.0,
      level / 3,
      ticket.status == S::in_progress ? 1.0 : 0.0,
      share_of_age(ticket, now),
      ticket.status == S::pending ? 1.0 : 0.0,
      blocked ? 1.0 : 0.0};
  std::vector<UrgencyTerm> terms;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    if (shares[i] != 0 && weights.of[i] != 0) terms.push_back({kUrgencyTerms[i], weights.of[i], shares[i]});
  }
  return terms;
}

}  // namespace umsops::sla
