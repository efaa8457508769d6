// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "cli/env.hpp"

/// What the verbs of tickets share.
namespace umsops::cli::ticket {

inline constexpr std::string_view kNumber = "ticket_number";
/// The tickets that a verb changes.
inline constexpr Argument kChanged[] = {{"ID",
                                         {"number, internal id, unique prefix, @last, or - for ids on standard input",
                                          "编号、内部编号、唯一前缀、@last，或 - 表示从标准输入读取"},
                                         true,
                                         true,
                                         Offer::tickets}};

/// The filter, order and limit that the flags of `list` and `export` describe.
query::Query listing(Env& env, Call const& call);
/// A time flag as an instant: the beginning of a span for --since, its end for --until and --to.
std::optional<base::TimePoint> time_flag(Env& env, Call const& call, std::string_view flag);

/// The text of --body, --body-file or --edit; nullopt: none of them was given.
std::optional<std::string> body_of(Env& env, Call const& call, std::string const& initial = {});
/// The ids of the call, those of standard input in the place of `-`.
std::vector<std::string> ids_of(Env& env, Call const& call);
/// Asks before more than 20 records are changed. Throws `usage.confirm` where nobody can be asked.
void confirm(Env& env, Call const& call, std::size_t count);
/// The ids to change, after that question. No ids on standard input: nothing to do.
std::vector<std::string> confirmed_ids(Env& env, Call const& call);
/// What --reason, --if-rev and --dry-run say of a change, and --each of a batch.
desk::ChangeOptions change_of(Env& env, Call const& call);
desk::Batch batch_of(Call const& call);

/// What --on-duplicate says; without it the ticket that the key belongs to is given back.
desk::OnDuplicate on_duplicate(Call const& call);
std::span<std::string_view const> on_duplicate_names();
/// Puts one field into what is wanted; the value is read as the ticket's own reader does.
void put_field(desk::NewTicket& wanted, std::size_t field, base::Value const& value);
/// Puts a record by field names into it. Unknown and unsettable members are refused with `record.invalid`.
void put_record(desk::NewTicket& wanted, base::Value const& record, std::string const& file);

/// Index and value of every field that flags, --attribute and --set name.
std::vector<std::pair<std::size_t, base::Value>> sets_of(Env& env, Call const& call,
                                                         std::string const& text_to_edit = {});
/// A writable field by name. Throws `field.unknown` or `field.not_writable`.
std::size_t writable_field(std::string_view name);

/// What a command says of its result beside what all say.
struct Remarks {
  std::string_view schema = "umsops.ticket.result/v1";
  base::Value::Object facts;  ///< stand before the ticket's fields
};
/// The answer to one changed ticket.
void write_result(Env& env, desk::TicketResult const& result, Remarks remarks = {});
/// The answer to a batch, and the exit code: throws what refused a single one, `batch.partial` when some failed.
int write_outcomes(Env& env, Call const& call, std::vector<desk::ItemOutcome> const& outcomes);

/// Of whom an assignee was picked, as `candidates` in JSON, and as a table.
base::Value candidates_of(std::vector<people::Candidate> const& candidates);
void write_candidates(Env& env, std::vector<people::Candidate> const& candidates);

/// Why a ticket has its category and priority: one plain sentence each.
std::vector<std::string> reasons(model::Classification const& classification, base::Language language);

base::Value record_of(std::span<base::Field const> fields, base::Row row);
base::Value attachments_of(std::vector<model::Attachment> const& attachments);
base::Value responses_of(std::vector<model::Response> const& responses);
base::Value escalations_of(std::vector<model::Escalation> const& escalations);
base::Value links_of(std::vector<desk::ShownLink> const& links);
/// The events without their place in the chain, which belongs to one store.
base::Value history_of(std::vector<model::Event> const& events);

}  // namespace umsops::cli::ticket
