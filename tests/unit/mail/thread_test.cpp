// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/mail/thread.hpp"

using namespace umsops::mail;

namespace {

Message from(std::string address) {
  Message message;
  message.from = Address{"", std::move(address)};
  return message;
}

}  // namespace

TEST_CASE("a person's mail has no sign of a machine", "[mail]") {
  auto message = from("li.na@x.cn");
  message.return_path = "li.na@x.cn";
  message.auto_submitted = "no";
  message.auto_response_suppress = "DR, RN, NRN";
  CHECK(judge_sender(message).sender == Sender::person);
  CHECK(judge_sender({}).sender == Sender::person);
}

TEST_CASE("automatic mail is known by its fields", "[mail]") {
  auto message = from("li.na@x.cn");
  message.auto_submitted = "auto-replied";
  CHECK(judge_sender(message).sender == Sender::machine);
  CHECK(judge_sender(message).why == "Auto-Submitted: auto-replied");
  for (auto const* word : {"bulk", "junk", "list", "Auto_Reply"}) {
    message = from("li.na@x.cn");
    message.precedence = word;
    CHECK(judge_sender(message).sender == Sender::machine);
  }
  message = from("li.na@x.cn");
  message.list_id = "<ops.x.cn>";
  CHECK(judge_sender(message).sender == Sender::machine);
  message = from("li.na@x.cn");
  message.auto_response_suppress = "DR, OOF, AutoReply";
  CHECK(judge_sender(message).sender == Sender::machine);
}

TEST_CASE("reports about our own mail are bounces", "[mail]") {
  auto message = from("MAILER-DAEMON@mx.x.cn");
  CHECK(judge_sender(message).sender == Sender::bounce);
  message = from("x@y.cn");
  message.return_path = "";
  CHECK(judge_sender(message).sender == Sender::bounce);
  message = from("x@y.cn");
  message.content_type = "multipart/report";
  CHECK(judge_sender(message).sender == Sender::bounce);
}

TEST_CASE("the ids of our mail carry the ticket", "[mail]") {
  auto const id = message_id_for("UMS-2026/00012", "01ABC");
  CHECK(id == "UMS-2026/00012+01ABC@umsops");
  CHECK(ticket_in_message_id(id) == "UMS-2026/00012");
  for (auto const* other : {"a@b.c", "+x@umsops", "T-1@umsops", "T-1+x@umsops.example", ""})
    CHECK(ticket_in_message_id(other) == std::nullopt);
}

TEST_CASE("our ids in a message that came back", "[mail]") {
  CHECK(own_ids_in(
            "x\nMessage-ID: <T-000001+01A@umsops>\nReferences: <T-000001+01A@umsops> <a@b> <T-000002+01B@umsops>") ==
        std::vector<std::string>{"T-000001+01A@umsops", "T-000002+01B@umsops"});
  CHECK(own_ids_in("desk@umsops <+@umsops> @umsops") == std::vector<std::string>{});
}

TEST_CASE("what a message answers, nearest first and once", "[mail]") {
  Message message;
  message.in_reply_to = {"b"};
  message.references = {"a", "b", "c"};
  CHECK(answered_ids(message) == std::vector<std::string>{"b", "c", "a"});
  message.references.assign(10'000, "x");
  CHECK(answered_ids(message).size() == 2);
}

TEST_CASE("ticket numbers in a subject: those in brackets first", "[mail]") {
  CHECK(number_candidates("Re: T-000002 and [T-000001]: x 3.5") ==
        std::vector<std::string>{"T-000001", "T-000002", "3.5"});
  CHECK(number_candidates("回复：工单T-000003。谢谢") == std::vector<std::string>{"T-000003"});
  CHECK(number_candidates("xT-000003x, done T-000004.") == std::vector<std::string>{"xT-000003x", "T-000004"});
  CHECK(number_candidates("no number") == std::vector<std::string>{});
}

TEST_CASE("one mailbox, whatever the case of its domain", "[mail]") {
  CHECK(same_address("li.na@x.cn", "li.na@X.CN"));
  CHECK_FALSE(same_address("li.na@x.cn", "Li.Na@x.cn"));
  CHECK_FALSE(same_address("li.na", "li.na@x.cn"));
}
