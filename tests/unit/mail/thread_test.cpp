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
  CHECK(judge_sender(message, {}).sender == Sender::person);
  CHECK(judge_sender({}, {}).sender == Sender::person);
}

TEST_CASE("automatic mail is known by its fields", "[mail]") {
  auto message = from("li.na@x.cn");
  message.auto_submitted = "auto-replied";
  CHECK(judge_sender(message, {}).sender == Sender::machine);
  CHECK(judge_sender(message, {}).why == "Auto-Submitted: auto-replied");
  for (auto const* word : {"bulk", "junk", "Auto_Reply"}) {
    message = from("li.na@x.cn");
    message.precedence = word;
    CHECK(judge_sender(message, {}).sender == Sender::machine);
  }
  message = from("li.na@x.cn");
  message.autoresponder = "X-Autoreply: yes";
  CHECK(judge_sender(message, {}).why == "X-Autoreply: yes");
  message = from("li.na@x.cn");
  message.auto_response_suppress = "DR, OOF, AutoReply";
  CHECK(judge_sender(message, {}).sender == Sender::machine);
}

TEST_CASE("reports about our own mail are bounces", "[mail]") {
  auto message = from("MAILER-DAEMON@mx.x.cn");
  CHECK(judge_sender(message, {}).sender == Sender::bounce);
  message = from("x@y.cn");
  message.return_path = "";
  CHECK(judge_sender(message, {}).sender == Sender::bounce);
  message = from("x@y.cn");
  message.content_type = "multipart/report";
  CHECK(judge_sender(message, {}).sender == Sender::bounce);
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

TEST_CASE("a list is no machine, and the desk's own group not even a list", "[mail]") {
  auto message = from("li.na@x.cn");
  message.precedence = "list";
  CHECK(judge_sender(message, {}).sender == Sender::list);
  message.list_id = "Help <help.x.cn>";
  CHECK(judge_sender(message, {"other@x.cn"}).sender == Sender::list);
  CHECK(judge_sender(message, {"Help@x.cn"}).sender == Sender::person);
  CHECK_FALSE(judge_sender(message, {"help@x.cn"}).may_answer);
  message.list_id = "<42.groups.example>";
  message.list_post = "help@x.cn";
  CHECK(judge_sender(message, {"help@x.cn"}).sender == Sender::person);
  message.auto_submitted = "auto-replied";
  CHECK(judge_sender(message, {"help@x.cn"}).sender == Sender::machine);
  message = from("li.na@x.cn");
  message.auto_response_suppress = "OOF";
  CHECK(judge_sender(message, {}).sender == Sender::person);
  CHECK_FALSE(judge_sender(message, {}).may_answer);
}

TEST_CASE("who wrote, and where answers go", "[mail]") {
  std::vector<std::string> const own{"desk@x.cn"};
  auto message = from("li.na@x.cn");
  message.reply_to = {{"", "other@y.cn"}};
  CHECK(author_of(message, own)->address == "li.na@x.cn");
  CHECK(answered_to(message, own)->address == "other@y.cn");
  for (auto const* nobody : {"DESK@x.cn", "no-reply@x.cn", "NoReply+7@x.cn", "do_not_reply@x.cn"}) {
    message.from = Address{"", nobody};
    CHECK(author_of(message, own)->address == "other@y.cn");
  }
  message.reply_to = {{"", "desk@x.cn"}};
  CHECK(author_of(message, own)->address == "do_not_reply@x.cn");
  message = from("li.na@x.cn");
  message.reply_to = {{"", "ops@lists.cn"}};
  message.list_post = "ops@lists.cn";
  CHECK(answered_to(message, own)->address == "li.na@x.cn");
  CHECK_FALSE(author_of({}, own));
  message.to = {{"", "Desk@X.cn"}, {"", "Wang@x.cn"}, {"name only", ""}};
  message.cc = {{"", "wang@x.cn"}};
  CHECK(participants_of(message, own) == std::vector<std::string>{"li.na@x.cn", "ops@lists.cn", "wang@x.cn"});
}

TEST_CASE("ticket numbers in a subject stand alone in brackets", "[mail]") {
  CHECK(bracketed_words("Re: T-000002 and [T-000001]: [x] [3.5] [T-3 4] [T-5") ==
        std::vector<std::string>{"T-000001", "x", "3.5"});
  CHECK(bracketed_words("回复：【T-000001】［ T-000002 ］") == std::vector<std::string>{"T-000001", "T-000002"});
  CHECK(bracketed_words("[[T-000001]]") == std::vector<std::string>{"T-000001"});
  CHECK(bracketed_words("no number []") == std::vector<std::string>{});
}

TEST_CASE("another sender stands for the desk's own address, a list's and nobody's", "[mail]") {
  std::vector<std::string> const own{"desk@x.cn"};
  for (auto const* nobody : {"desk+T-000001@x.cn", "noreply@y.cn", "group@lists.cn"}) {
    auto message = from(nobody);
    message.list_post = "group@lists.cn";
    message.senders = {{"", "noreply@z.cn"}, {"", "desk@x.cn"}, {"", "wang@x.cn"}};
    CHECK(author_of(message, own)->address == "wang@x.cn");
    message.reply_to = {{"", "group@lists.cn"}, {"", "li.na@x.cn"}};
    CHECK(author_of(message, own)->address == "li.na@x.cn");
    CHECK(answered_to(message, own)->address == "li.na@x.cn");
  }
  auto message = from("li.na@x.cn");
  message.senders = {{"", "secretary@x.cn"}};
  CHECK(answered_to(message, own)->address == "li.na@x.cn");
  message.precedence = "list";
  message.to = {{"", "group@lists.cn"}};
  message.reply_to = message.to;
  CHECK(answered_to(message, own)->address == "li.na@x.cn");
  message.precedence = "";
  CHECK(answered_to(message, own)->address == "group@lists.cn");
  CHECK(is_own(own, "Desk+x@X.cn"));
  CHECK_FALSE(is_own(own, "desks@x.cn"));
  CHECK_FALSE(is_own(own, "+@x.cn"));
}

TEST_CASE("a daemon without an address, and failed recipients", "[mail]") {
  Message message;
  message.from = Address{"MAILER DAEMON", ""};
  CHECK(judge_sender(message, {}).sender == Sender::bounce);
  message = from("postmaster@x.cn");
  message.autoresponder = "X-Failed-Recipients: a@b";
  CHECK(judge_sender(message, {}).sender == Sender::bounce);
}
