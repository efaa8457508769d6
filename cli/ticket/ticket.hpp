// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "cli/record/answer.hpp"
#include "cli/record/arguments.hpp"
#include "cli/record/change.hpp"

/// What the verbs of tickets share.
namespace umsops::cli::ticket {

extern record::Kind const kKind;
/// Completes the number of a ticket.
void offer_numbers(Candidates& out);
/// A ticket, and the tickets that a verb changes.
inline constexpr Argument kOne = record::one_record(offer_numbers);
inline constexpr Argument kMany[] = {record::many_records(offer_numbers)};

/// Puts one field into what is wanted; the value is read as the ticket's own reader does.
void put_field(desk::NewTicket& wanted, std::size_t field, base::Value const& value);
/// Puts a record by field names into it. Unknown and unsettable members are refused with `record.invalid`.
void put_record(desk::NewTicket& wanted, base::Value const& record, std::string const& file);

/// The answer to one changed ticket; `facts` stand before its fields.
void write_result(Env& env, desk::TicketResult const& result, base::Value::Object facts = {});
/// Changes tickets with one method of the desk, given all but the first argument, and answers as `record::change_all`.
using Change = std::function<std::vector<desk::Outcome<desk::TicketResult>>(std::vector<std::string> const& ids)>;
int change_all(Env& env, Call const& call, std::vector<std::string> const& ids, Change const& change);

/// Of whom an assignee was picked, as `candidates` in JSON, and as a table.
base::Value candidates_of(std::vector<people::Candidate> const& candidates);
void write_candidates(Env& env, std::vector<people::Candidate> const& candidates);

/// The files of these paths, whole, as they come with a record. Throws `attachment.refused` for what is no plain file,
/// and what opening and reading one throws.
std::vector<desk::GivenFile> given_files(std::vector<std::string> const& paths);
/// What --time-spent says, in minutes. Throws `usage.bad_value` for parts of a minute.
std::optional<std::int64_t> time_spent(Call const& call);

base::Value mails_of(std::vector<model::Mail> const& mails);
base::Value attachments_of(std::vector<model::Attachment> const& attachments);
base::Value responses_of(std::vector<model::Response> const& responses);

}  // namespace umsops::cli::ticket
