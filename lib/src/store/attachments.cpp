// SPDX-License-Identifier: Apache-2.0
#include "store/attachments.hpp"

#include "store/row_hash.hpp"
#include "store/tickets.hpp"

namespace umsops::store {
namespace {

/// Whether there is content, without reading it: it may be megabytes.
constexpr std::string_view kOfTicket =
    "SELECT id, response_id, file_name, media_type, bytes, sha256, CASE WHEN content IS NULL THEN 0 ELSE 1 END, "
    "created_at FROM ticket_attachments WHERE ticket_id = $1 ORDER BY created_at, id";
constexpr std::string_view kContent = "SELECT content FROM ticket_attachments WHERE id = $1";

}  // namespace

void insert_attachment(WriteTx& tx, model::Attachment const& attachment, std::optional<std::string> const& content) {
  tx.take_turn();
  insert_hashed(tx.connection(), kAttachments,
                {attachment.id, ticket_id_of(attachment.record), attachment.response_id, attachment.file_name,
                 attachment.media_type, attachment.bytes, attachment.sha256,
                 content ? base::Value(*content) : base::Value(), attachment.created_at});
}

std::vector<model::Attachment> attachments_of(Connection& db, model::Ref const& record) {
  Reading rows(db.prepare(kOfTicket));
  rows->bind(1, std::string_view(ticket_id_of(record)));
  std::vector<model::Attachment> found;
  while (rows->step()) {
    model::Attachment attachment;
    attachment.id = rows->text(0);
    attachment.record = record;
    attachment.response_id = rows->text(1);
    attachment.file_name = rows->text(2);
    attachment.media_type = rows->text(3);
    attachment.bytes = rows->integer(4);
    attachment.sha256 = rows->text(5);
    attachment.stored = rows->integer(6) != 0;
    attachment.created_at = rows->time_at(7);
    found.push_back(std::move(attachment));
  }
  return found;
}

std::string attachment_content(Connection& db, std::string_view id) {
  Reading row(db.prepare(kContent));
  row->bind(1, id);
  return row->step() ? row->text(0) : std::string();
}

}  // namespace umsops::store
