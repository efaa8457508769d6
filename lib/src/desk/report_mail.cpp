// SPDX-License-Identifier: Apache-2.0
// A report leaves by the outbox.
#include <fmt/format.h>

#include "desk/open_desk.hpp"
#include "desk/outbox_flush.hpp"
#include "desk/outbox_letter.hpp"
#include "store/keys.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"
#include "umsops/desk/report_desk.hpp"
#include "umsops/notify/contact.hpp"

namespace umsops::desk {
namespace {

constexpr std::size_t kLargestPage = 5u << 20;
constexpr char const* kTopic = "report.ready";

[[noreturn]] void refuse(std::string value, std::string expected, std::string suggestion) {
  throw base::Error(base::errors::usage_bad_value, {{"flag", "--send-to"},
                                                    {"value", base::shortened(std::move(value), 80)},
                                                    {"expected", std::move(expected)},
                                                    {"suggestion", std::move(suggestion)}});
}

/// As the outbox names whom it means. Throws where nobody would get it: a report that waits for nobody helps no one.
std::string reached(OpenDesk& desk, std::string const& typed) {
  auto const& setup = desk.channels();
  if (setup.channels.empty()) throw base::Error(base::errors::outbox_no_channels);
  std::string recipient = setup.audience(typed) ? "audience:" + typed : typed;
  auto const found = notify::reach(setup, desk.roster(), recipient, desk.now());
  if (found.contacts.empty())
    refuse(typed, "somebody who can be reached", fmt::format("{}", fmt::join(found.problems, "; ")));
  return recipient;
}

}  // namespace

std::string ReportDesk::send(ReportMail const& mail, std::string const& typed, bool dry_run) {
  auto const recipient = reached(desk_, typed);
  if (mail.page.size() > kLargestPage)
    refuse(std::to_string(mail.page.size()) + " bytes", "a page of at most 5 MiB", "--limit N makes it smaller");
  if (dry_run) return {};
  auto const& actor = desk_.options().actor.name;
  return desk_.write([&](store::WriteTx& tx) {
    tx.take_turn();
    model::OutboxMessage message{kTopic, std::string(kReportNoun), "", recipient, {}};
    message.payload = base::Value::Object{{"report", mail.report}, {"title", mail.title},       {"text", mail.text},
                                          {"file", mail.file},     {"media_type", "text/html"}, {"content", mail.page}};
    if (!actor.empty()) message.payload.add("by", actor);
    auto id = desk_.ids().next_id(desk_.now());
    store::insert_outbox(tx, message, id, desk_.now());
    model::Message stored;
    stored.id = id;
    stored.topic = kTopic;
    stored.noun = kReportNoun;
    note_message(desk_, tx, stored, "message_queued");
    return id;
  });
}

}  // namespace umsops::desk
