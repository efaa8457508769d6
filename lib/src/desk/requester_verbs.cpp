// SPDX-License-Identifier: Apache-2.0
// What people do to requesters as use cases.
#include <algorithm>

#include "desk/history.hpp"
#include "desk/requester_steps.hpp"
#include "desk/sets.hpp"
#include "store/requesters.hpp"
#include "umsops/base/error.hpp"

namespace umsops::desk {
namespace {

using model::Requester;
using Outcomes = RequesterDesk::Outcomes;

/// Runs `edit` on each of those that the ids name, as `run_batch` does.
template <class Edit>
Outcomes edit_each(OpenDesk& desk, RequesterDesk::Ids const& ids, ChangeOptions const& options, Batch how,
                   Edit&& edit) {
  // A desk that does not exist yet knows nobody.
  if (!ids.empty() && desk.absent_default()) refuse_absent(requesters(), ids.front());
  return run_batch<RequesterResult>(desk, ids, options, how, [&](store::WriteTx& tx, std::string const& id) {
    Requester const before = find_requester(desk, tx.connection(), id);
    refuse_stale(requesters(), before.requester_number, before.rev, options);
    if (!before.merged_into.empty())
      throw base::Error(base::errors::requester_merged,
                        {{"id", before.requester_number}, {"into", before.merged_into}});
    return edit(tx, before);
  });
}

void add_to(std::vector<std::string>& list, std::string const& name) {
  if (!name.empty() && std::find(list.begin(), list.end(), name) == list.end()) list.push_back(name);
}

/// Whom people meant by either of them is the one that stays.
Requester with_names_of(Requester into, Requester const& from) {
  if (model::lookup_name(from.account) != model::lookup_name(into.account)) add_to(into.aliases, from.account);
  for (auto const& mail : from.mails) add_to(into.mails, mail);
  for (auto const& phone : from.phones) add_to(into.phones, phone);
  for (auto const& alias : from.aliases) add_to(into.aliases, alias);
  return into;
}

}  // namespace

RequesterResult RequesterDesk::create(Sets const& sets, ChangeOptions const& options) {
  refuse_unwritable(model::requester_type(), sets);
  Requester requester;
  requester.created_at = requester.updated_at = desk_.now();
  requester.id = desk_.ids().next_id(requester.created_at);
  for (auto const& [field, value] : sets) model::set(requester, field, value);
  settle_state(requester, desk_.now());
  if (options.dry_run && desk_.absent_default()) {
    requester.requester_number = desk_.requester_numbers().render(1, requester.created_at);
    refuse_unsound(requester);
    return {std::move(requester), Result::created, true, {}};
  }
  return desk_.write([&](store::WriteTx& tx) {
    if (options.dry_run) tx.discard();
    return RequesterResult{
        store_new_requester(desk_, tx, requester, options.reason), Result::created, options.dry_run, {}};
  });
}

Outcomes RequesterDesk::update(Ids const& ids, Sets const& sets, std::vector<std::string> const& aliases,
                               ChangeOptions const& options, Batch how) {
  refuse_unwritable(model::requester_type(), sets);
  return edit_each(desk_, ids, options, how, [&](store::WriteTx& tx, Requester const& before) {
    Requester after = before;
    for (auto const& [field, value] : sets) apply_set(model::requester_type(), after, field, value);
    for (auto const& alias : aliases) add_to(after.aliases, alias);
    return store_step(desk_, tx, before, std::move(after), "updated", options.reason);
  });
}

Outcomes RequesterDesk::merge(Ids const& ids, std::string const& into, ChangeOptions const& options, Batch how) {
  return edit_each(desk_, ids, options, how, [&](store::WriteTx& tx, Requester const& before) {
    tx.take_turn();  // both change together
    Requester const target = find_requester(desk_, tx.connection(), into);
    if (target.id == before.id) throw base::Error(base::errors::requester_same, {{"id", before.requester_number}});
    if (!target.merged_into.empty())
      throw base::Error(base::errors::requester_merged,
                        {{"id", target.requester_number}, {"into", target.merged_into}});
    Requester gone = before;
    gone.state = model::RequesterState::left;
    gone.merged_into = target.requester_number;
    auto result = store_step(desk_, tx, before, std::move(gone), "merged", options.reason);
    std::string const reason = options.reason.empty() ? before.requester_number : options.reason;
    store_step(desk_, tx, target, with_names_of(target, before), "merged", reason);
    return result;
  });
}

}  // namespace umsops::desk
