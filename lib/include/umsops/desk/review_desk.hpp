// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "umsops/desk/record_desk.hpp"
#include "umsops/lifecycle/review_acts.hpp"
#include "umsops/model/event.hpp"
#include "umsops/model/review.hpp"
#include "umsops/query/query.hpp"
#include "umsops/review/document.hpp"
#include "umsops/review/finding.hpp"
#include "umsops/review/measurement.hpp"

namespace umsops::desk {

class OpenDesk;

struct ReviewResult {
  model::Review review;
  Result result = Result::created;
  bool dry_run = false;
  std::vector<std::string> warnings;
};
using ReviewOutcome = Outcome<ReviewResult>;

/// A review with all that its document says.
struct WholeReview {
  model::Review review;
  review::Facts facts;
  std::vector<review::ActionState> actions;
  std::vector<review::Finding> findings;
  std::vector<model::Event> history;
};

/// What a new action is.
struct NewAction {
  std::string title;    ///< empty: that of the finding
  std::string finding;  ///< code of a proposal, or its place among them, from 1; empty: somebody's own idea
  std::optional<model::ActionTarget> target;  ///< none: what the finding says, where `name` is given, or else a task
  std::string name;                           ///< path of the file, or number of the article
  std::string text_hash;  ///< SHA-256 (hex) of the file as it is now; of an article the desk knows it
  std::string assignee;   ///< of its ticket; empty: nobody yet
  std::optional<base::TimePoint> due_at;
};

/// How incidents of a type went in a span of time.
struct ReviewPeriod {
  base::TimePoint from{}, until{};
  std::vector<std::string> incidents;  ///< their numbers, the oldest first
  /// By measure: how many are RECORDED, and their median.
  struct Figure {
    review::Measure measure = review::Measure::detect;
    std::int64_t n = 0;
    std::optional<base::Milliseconds> median;
  };
  std::array<Figure, 4> figures;
};

/// Whether it came back. `before` ends with the incident itself, `after` begins when the last change took effect.
struct ReviewEffect {
  model::Review review;
  ReviewPeriod before, after;
  bool changed = false;  ///< some action took effect: without one, `after` begins with the end of the incident
};

/// The use cases of reviews: one method is one transaction, or with Batch::each one for each review. A review is named
/// by its number, or by that of its incident. Errors: `review.*`, `record.invalid`, `store.*`; an absent review is
/// `review.not_found`.
class ReviewDesk {
 public:
  explicit ReviewDesk(OpenDesk& desk) : desk_(desk) {}

  struct CreateOptions {
    Sets sets;  ///< by field index of `model::review_type()`: title, owner, due_at
    bool dry_run = false;
    std::string reason;
  };
  /// Begins the review of an incident; the one that is there is given back. Of one that goes on in another it is that
  /// one's. Throws `review.incident_active` before service is back.
  ReviewResult create(std::string const& incident, CreateOptions const& options);
  ListEnd list(query::Query const& query, std::function<bool(model::Review const&)> const& visit);
  std::int64_t count(query::Filter const& filter);
  WholeReview show(std::string const& id);
  std::vector<model::Event> history(std::string const& id);
  /// Numbers and titles that begin with `prefix`, newest first: for completion.
  std::vector<std::pair<std::string, std::string>> complete(std::string const& prefix, std::size_t most);

  using Ids = std::vector<std::string>;
  using Outcomes = std::vector<ReviewOutcome>;
  /// A section and what it is to say.
  using Section = std::pair<std::string, std::string>;
  Outcomes update(Ids const& ids, Sets const& sets, std::optional<Section> const& section, ChangeOptions const& options,
                  Batch batch);
  /// `force`: CLOSED though actions are open; needs a reason. Throws `review.actions_open`.
  Outcomes move(Ids const& ids, lifecycle::ReviewAct act, bool force, ChangeOptions const& options, Batch batch);
  /// Adds an action, with a ticket for its work. A finding that is an action already is given back. Throws
  /// `review.no_finding`, `kb.not_found`.
  ReviewResult add_action(std::string const& id, NewAction const& action, ChangeOptions const& options);
  /// What the action was to change says something else by now; `text_hash` as in NewAction. Throws `review.no_action`,
  /// and `review.unchanged` where it says the same.
  ReviewResult apply_action(std::string const& id, std::int64_t place, std::string const& text_hash,
                            ChangeOptions const& options);
  /// Incidents of its type in so many days before it ended, and as long after; the same service where it names any.
  ReviewEffect effect(std::string const& id, int days);

 private:
  OpenDesk& desk_;
};

}  // namespace umsops::desk
