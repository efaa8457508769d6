// SPDX-License-Identifier: Apache-2.0
#include "store/attachments.hpp"

#include <algorithm>

#include "desk/find.hpp"
#include "umsops/base/base64.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/number.hpp"
#include "umsops/desk/ticket_desk.hpp"

namespace umsops::desk {
namespace {

using base::Error;

model::Attachment chosen(std::vector<model::Attachment> const& all, model::Ticket const& ticket,
                         std::string const& name) {
  auto const refuse = [&](base::ErrorCode const& code) {
    return Error(code, {{"id", ticket.ticket_number}, {"name", name.substr(0, 200)}});
  };
  auto const named = [&](model::Attachment const& attachment) { return attachment.file_name == name; };
  auto const found = std::find_if(all.begin(), all.end(), named);
  if (found != all.end()) {
    if (std::find_if(found + 1, all.end(), named) != all.end()) throw refuse(base::errors::attachment_ambiguous);
    return *found;
  }
  for (auto const& attachment : all) {
    if (attachment.id == name) return attachment;
  }
  auto const place = base::parse_integer(name, 1, static_cast<std::int64_t>(all.size()));
  if (!place) throw refuse(base::errors::attachment_not_found);
  return all[static_cast<std::size_t>(*place) - 1];
}

}  // namespace

AttachedFile TicketDesk::attachment(std::string const& id, std::string const& name) {
  auto* const store = desk_.reading();
  if (store == nullptr) refuse_absent(tickets(), id);
  store::ReadTx tx(*store);
  auto const ticket = find_ticket(desk_, store->connection(), id);
  AttachedFile file{chosen(store::attachments_of(store->connection(), model::ref_of(ticket)), ticket, name), {}};
  if (!file.attachment.stored) throw Error(base::errors::attachment_not_stored, {{"name", name.substr(0, 200)}});
  auto content = base::base64_decode(store::attachment_content(store->connection(), file.attachment.id));
  if (!content || base::sha256_hex(*content) != file.attachment.sha256) {
    throw Error(base::errors::store_damaged, {{"problem", "attachment " + file.attachment.id + " is not what came"}});
  }
  file.content = *std::move(content);
  return file;
}

}  // namespace umsops::desk
