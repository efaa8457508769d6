// SPDX-License-Identifier: Apache-2.0
// What belongs to a ticket, as data for programs.
#include "cli/ticket/ticket.hpp"

namespace umsops::cli::ticket {

using base::text_or_null;
using base::Value;

Value attachments_of(std::vector<model::Attachment> const& attachments) {
  Value::List list;
  for (auto const& attachment : attachments) {
    list.emplace_back(Value::Object{{"id", attachment.id},
                                    {"response_id", text_or_null(attachment.response_id)},
                                    {"file_name", text_or_null(attachment.file_name)},
                                    {"media_type", text_or_null(attachment.media_type)},
                                    {"bytes", attachment.bytes},
                                    {"sha256", attachment.sha256},
                                    {"stored", attachment.stored},
                                    {"created_at", attachment.created_at}});
  }
  return list;
}

Value responses_of(std::vector<model::Response> const& responses) {
  Value::List list;
  for (auto const& response : responses)
    list.push_back(record::record_of(model::response_type().fields, to_row(response)));
  return list;
}

Value mails_of(std::vector<model::Mail> const& mails) {
  Value::List list;
  for (auto const& mail : mails) list.push_back(record::record_of(model::mail_type().fields, to_row(mail)));
  return list;
}

}  // namespace umsops::cli::ticket
