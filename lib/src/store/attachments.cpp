// SPDX-License-Identifier: Apache-2.0
#include "store/attachments.hpp"

#include "store/bound_rows.hpp"
#include "store/record_ref.hpp"
#include "umsops/base/base64.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"

namespace umsops::store {
namespace {

/// Whether there is content, without reading it: it may be megabytes.
constexpr std::string_view kOfRecord =
    "SELECT id, response_id, file_name, media_type, bytes, sha256, CASE WHEN content IS NULL THEN 0 ELSE 1 END, "
    "created_at FROM attachments WHERE noun = $1 AND record = $2 ORDER BY created_at, seq, id";
constexpr std::string_view kContent = "SELECT content FROM attachments WHERE id = $1";

std::string decoded(std::optional<std::string> bytes, std::string_view what) {
  if (bytes) return *std::move(bytes);
  throw base::Error(base::errors::internal, {{"problem", "an attachment's " + std::string(what) + " is none"}});
}

}  // namespace

void insert_attachment(WriteTx& tx, model::Attachment const& attachment, std::optional<std::string> const& content) {
  tx.take_turn();
  insert_bound(tx, kAttachments,
               {attachment.record.noun, in_hand_or_stored(tx, attachment.record), attachment.id, attachment.response_id,
                attachment.file_name, attachment.media_type, attachment.bytes,
                decoded(base::from_hex(attachment.sha256), "hash"), attachment.created_at,
                content ? base::Value(decoded(base::base64_decode(*content), "content")) : base::Value()});
}

void move_attachments(WriteTx& tx, model::Ref const& from, model::Ref const& into,
                      std::function<std::string(std::string const& response)> const& response) {
  tx.take_turn();
  Connection& db = tx.connection();
  std::vector<Values> rows;
  {
    Reading of_record(db.prepare("SELECT " + column_list(kAttachments) +
                                 " FROM attachments WHERE noun = $1 AND record = $2 ORDER BY created_at, seq, id"));
    of_record->bind(1, std::string_view(from.noun)).bind(2, in_hand_or_stored(tx, from));
    while (of_record->step()) rows.push_back(stored_row(*of_record, kAttachments.columns));
  }
  std::int64_t const to = in_hand_or_stored(tx, into);
  for (Values& row : rows) {
    erase_bound(tx, kAttachments, {row[0], row[1], row[2]});
    row[0] = into.noun;
    row[1] = to;
    if (!row[3].is_null()) row[3] = response(std::string(row[3].text()));
    insert_bound(tx, kAttachments, std::move(row));
  }
}

std::vector<model::Attachment> attachments_of(Connection& db, model::Ref const& record) {
  std::int64_t const n = place_of(db, record);
  Reading rows(db.prepare(kOfRecord));
  rows->bind(1, std::string_view(record.noun)).bind(2, n);
  std::vector<model::Attachment> found;
  while (rows->step()) {
    model::Attachment attachment;
    attachment.id = rows->text(0);
    attachment.record = record;
    attachment.response_id = rows->text(1);
    attachment.file_name = rows->text(2);
    attachment.media_type = rows->text(3);
    attachment.bytes = rows->integer(4);
    attachment.sha256 = base::to_hex(rows->bytes(5));
    attachment.stored = rows->integer(6) != 0;
    attachment.created_at = rows->time_at(7);
    found.push_back(std::move(attachment));
  }
  return found;
}

std::string attachment_content(Connection& db, std::string_view id) {
  Reading row(db.prepare(kContent));
  row->bind(1, id);
  return row->step() ? base::base64_encode(row->bytes(0)) : std::string();
}

}  // namespace umsops::store
