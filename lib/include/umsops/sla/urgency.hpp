// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/sla/policy.hpp"

/// Urgency: which ticket comes next, and why. A polynomial like Taskwarrior's urgency: each term is a coefficient times
/// a share between 0 and 1.
namespace umsops::sla {

/// The terms, in the order they are shown.   due        how much of the target of the earliest clock is used, in
/// working time; 1 when it is past   priority   LOW 0, MEDIUM 1/3, HIGH 2/3, CRITICAL 1   blocking   1 when an
/// unfinished ticket waits for it   escalated  a third for each level   active     1 for IN_PROGRESS   age        days
/// since it was filed, 365 at most, of 365   waiting    1 for PENDING   blocked    1 when it waits for an unfinished
/// ticket
inline constexpr std::array<std::string_view, 8> kUrgencyTerms{"due",    "priority", "blocking", "escalated",
                                                               "active", "age",      "waiting",  "blocked"};
/// Coefficients by term. The defaults for due, blocking, active, age, waiting and blocked are Taskwarrior's.
struct UrgencyWeights {
  std::array<double, 8> of{12.0, 6.0, 8.0, 5.0, 4.0, 2.0, -3.0, -5.0};
};
/// `due=12 priority=6 ...`; terms not named keep their default. Throws `config.invalid` for an unknown term or no
/// number.
UrgencyWeights parse_urgency(std::string_view text);

struct UrgencyTerm {
  std::string_view name;
  double coefficient = 0, share = 0;
};
/// The terms of a ticket. The caller passes `blocking` and `blocked`.
std::vector<UrgencyTerm> urgency(Book const& book, model::Ticket const& ticket, bool blocking, bool blocked,
                                 UrgencyWeights const& weights, TimePoint now);

}  // namespace umsops::sla
