// SPDX-License-Identifier: Apache-2.0
#include "desk/history.hpp"

#include "desk/change.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"

namespace umsops::desk {

model::Event ticket_event(OpenDesk const& desk, model::Ticket const& ticket, std::string kind, std::string reason,
                          std::vector<model::Change> changes) {
  return event_of(desk, model::ref_of(ticket), ticket.rev, {std::move(kind), std::move(reason), std::move(changes)});
}

model::Event first_event(OpenDesk const& desk, model::Ticket const& ticket, std::string kind, std::string reason) {
  model::Event event = ticket_event(desk, ticket, std::move(kind), std::move(reason), {});
  event.first = true;
  event.rules_version = ticket.classification.rules_version;
  return event;
}

model::Event first_event(OpenDesk const& desk, model::Incident const& incident, std::string kind, std::string reason) {
  model::Event event = event_of(desk, model::ref_of(incident), incident.rev, {std::move(kind), std::move(reason)});
  event.first = true;
  event.rules_version = incident.classification.rules_version;
  return event;
}

model::Event first_event(OpenDesk const& desk, model::Article const& article, std::string kind, std::string reason) {
  model::Event event = event_of(desk, model::ref_of(article), article.rev, {std::move(kind), std::move(reason)});
  event.first = true;
  return event;
}

model::Change hooks_change(base::Value ran) { return {"hooks", {}, std::move(ran), false, false}; }

namespace {

void refuse(std::vector<model::Problem> const& problems) {
  if (problems.empty()) return;
  base::Error error(base::errors::record_invalid,
                    {{"field", problems.front().field}, {"problem", problems.front().what}});
  for (auto const& problem : problems) {
    base::Value detail;
    detail.add("field", problem.field);
    detail.add("problem", problem.what);
    error.detail(std::move(detail));
  }
  throw error;
}

}  // namespace

void refuse_unsound(model::Ticket const& ticket) { refuse(model::check(ticket)); }
void refuse_unsound(model::Response const& response) { refuse(model::check(response)); }
void refuse_unsound(model::Incident const& incident) { refuse(model::check(incident)); }
void refuse_unsound(model::Article const& article) { refuse(model::check(article)); }
void refuse_unsound(model::Feedback const& feedback) { refuse(model::check(feedback)); }
void refuse_unsound(model::Review const& review) { refuse(model::check(review)); }
void refuse_unsound(model::Requester const& requester) { refuse(model::check(requester)); }
void refuse_unsound(model::TimelineEntry const& entry) { refuse(model::check(entry)); }

void refuse_unsound(model::Event const& event) {
  std::vector<model::Problem> problems;
  auto const look = [&](base::Field const& field, std::string const& text, base::TextShape shape) {
    if (auto fault = base::text_fault(text, shape, field.max_length)) {
      problems.push_back({std::string(field.name), *std::move(fault)});
    }
  };
  auto const& type = model::event_type();
  static base::Field const &kActor = type.fields[type.require("actor")], &kReason = type.fields[type.require("reason")];
  look(kActor, event.actor.name, base::TextShape::line);
  look(kReason, event.reason, base::TextShape::block);
  refuse(problems);
}

}  // namespace umsops::desk
