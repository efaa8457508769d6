// SPDX-License-Identifier: Apache-2.0
// What comes to a ticket beside its course: files, and what the requester says of it.
#include "desk/given_files.hpp"
#include "desk/ticket_change.hpp"
#include "desk/ticket_steps.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"
#include "umsops/lifecycle/acts.hpp"

namespace umsops::desk {
namespace {

/// `error.log, screen.png`: what the history tells of files.
base::Value names_of(std::vector<GivenFile> const& files) {
  base::Value::List names;
  for (auto const& file : files) names.emplace_back(file.name);
  return names;
}

}  // namespace

std::vector<ItemOutcome> TicketDesk::attach(std::vector<std::string> const& ids, std::vector<GivenFile> const& files,
                                            ChangeOptions const& options, Batch how) {
  refuse_unfit(desk_, files);
  return change_each(desk_, ids, options, how, [&](store::WriteTx& tx, model::Ticket const& ticket) -> Acted {
    if (files.empty()) return {ticket, false, {}};
    store_files(desk_, tx, model::ref_of(ticket), {}, files);
    model::Change change{"attachments", {}, names_of(files), true};
    return {store_unhooked(desk_, tx, ticket, ticket, "attached", options.reason, {std::move(change)}), true, {}};
  });
}

Acted rate(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, Rate const& rate, std::string const& reason,
           Parts const& parts) {
  model::Ticket after = lifecycle::rated(ticket, rate.rating);
  if (after.rating == ticket.rating) return {ticket, false, {}};
  std::string said;
  if (!rate.comment.empty()) {
    Reply comment;
    comment.text = rate.comment;
    auto const by = base::person_name(rate.by);
    said = store_response(desk, tx, ticket, comment, by.empty() ? ticket.requester_id : by);
  }
  if (parts) parts(said);
  return store_act(desk, tx, ticket, std::move(after), "rated", reason);
}

std::vector<ItemOutcome> TicketDesk::rate(std::vector<std::string> const& ids, Rate const& rate,
                                          ChangeOptions const& options, Batch how) {
  return change_each(desk_, ids, options, how,
                     [&](auto& tx, auto const& ticket) { return desk::rate(desk_, tx, ticket, rate, options.reason); });
}

}  // namespace umsops::desk
