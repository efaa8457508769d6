// SPDX-License-Identifier: Apache-2.0
#include "store/mails.hpp"

#include "store/bound_rows.hpp"
#include "store/record_ref.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/json.hpp"

namespace umsops::store {
namespace {

constexpr std::string_view kSelect =
    "SELECT noun, record, message_id, identity, response_id, subject, sent_at, participants, created_at FROM mails "
    "WHERE ";
constexpr std::string_view kOfRecord = "noun = $1 AND record = $2 ORDER BY created_at, message_id, identity";
constexpr std::string_view kCalled = "message_id = $1 ORDER BY created_at DESC, identity";

std::vector<std::string> texts_in(std::string const& list) {
  std::vector<std::string> texts;
  if (list.empty()) return texts;
  base::Value const value = base::parse_json(list, "mails", kStoredJson);
  if (auto const* items = value.get_if<base::Value::List>()) {
    for (auto const& item : *items) texts.emplace_back(item.text());
  }
  return texts;
}

/// The mail of the current row, its record by the place.
std::pair<model::Mail, std::int64_t> read(Statement const& row) {
  model::Mail mail;
  mail.record.noun = row.text(0);
  mail.message_id = row.text(2);
  mail.identity = base::to_hex(row.bytes(3));
  mail.response_id = row.text(4);
  mail.subject = row.text(5);
  if (!row.is_null(6)) mail.sent_at = row.time_at(6);
  mail.participants = texts_in(row.text(7));
  mail.created_at = row.time_at(8);
  return {std::move(mail), row.integer(1)};
}

}  // namespace

void insert_mail(WriteTx& tx, model::Mail const& mail) {
  tx.take_turn();
  auto identity = base::from_hex(mail.identity);
  if (!identity) throw base::Error(base::errors::internal, {{"problem", "a mail's identity is none"}});
  insert_bound(tx, kMails,
               {mail.message_id, *std::move(identity), mail.record.noun, in_hand_or_stored(tx, mail.record),
                mail.response_id, mail.subject, mail.sent_at ? base::Value(*mail.sent_at) : base::Value(),
                base::Value::List(mail.participants.begin(), mail.participants.end()), mail.created_at});
}

std::vector<model::Mail> mails_of(Connection& db, model::Ref const& record) {
  static std::string const sql = std::string(kSelect).append(kOfRecord);
  std::int64_t const n = place_of(db, record);
  Reading rows(db.prepare(sql));
  rows->bind(1, std::string_view(record.noun)).bind(2, n);
  std::vector<model::Mail> found;
  while (rows->step()) {
    found.push_back(read(*rows).first);
    found.back().record = record;
  }
  return found;
}

std::vector<model::Mail> mails_called(Connection& db, std::string_view message_id) {
  static std::string const sql = std::string(kSelect).append(kCalled);
  std::vector<std::pair<model::Mail, std::int64_t>> rows_found;
  {
    Reading rows(db.prepare(sql));
    rows->bind(1, message_id);
    while (rows->step()) rows_found.push_back(read(*rows));
  }
  std::vector<model::Mail> found;
  for (auto& [mail, n] : rows_found) {
    mail.record = record_at(db, mail.record.noun, n);
    found.push_back(std::move(mail));
  }
  return found;
}

}  // namespace umsops::store
