// SPDX-License-Identifier: Apache-2.0
// `outbox preview` and `outbox test`.
#include "cli/outbox/outbox.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;

constexpr std::string_view kPreview = "umsops.outbox.preview/v1";
constexpr std::string_view kTest = "umsops.outbox.test/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kTestFields[] = {
    {"channel", FieldType::text, {}, kShown, "The channel", "渠道", "渠道"},
    {"address", FieldType::text, {}, kShown, "Where it went", "地址", "地址"},
    {"key", FieldType::text, {}, kShown, "Its idempotency key", "幂等键", "键"},
    {"outcome", FieldType::text, {}, kShown, "sent, or later or failed", "sent、later 或 failed", "结果"},
    {"problem", FieldType::text, {}, kShown, "Why not", "原因", "问题"},
};

void write_for_people(Env& env, desk::Preview const& preview) {
  std::string out;
  for (auto const& [delivery, text] : preview.letters) {
    out += std::string(model::to_string(delivery.state)) + " " + delivery.channel;
    for (auto const* const part : {&delivery.person, &delivery.address})
      if (!part->empty()) out += " " + *part;
    if (!delivery.audience.empty()) out += " [" + delivery.audience + "]";
    if (!delivery.note.empty()) out += " (" + delivery.note + ")";
    out += "\n  " + text.subject + "\n";
    for (std::size_t at = 0; at < text.body.size();) {
      auto const end = std::min(text.body.find('\n', at), text.body.size());
      out += "  " + text.body.substr(at, end - at) + "\n";
      at = end + 1;
    }
    out += "\n";
  }
  if (!preview.note.empty()) out += preview.note + "\n";
  env.out().write(base::terminal_text(out, base::TextShape::block));
}

int run_preview(Env& env, Call const& call) {
  auto const style = env.style(outbox::kKind.number);
  auto const preview = env.desk().outbox().preview(call.words[0]);
  if (env.human()) {
    write_for_people(env, preview);
    return 0;
  }
  Value::List letters;
  for (auto const& [delivery, text] : preview.letters) {
    auto letter = record::record_of(model::delivery_type().fields, to_row(delivery));
    letter.add("subject", text.subject);
    letter.add("text", text.body);
    letters.push_back(std::move(letter));
  }
  format::write_document(env.out(), style,
                         Value::Object{{"schema", kPreview},
                                       {"id", preview.message.id},
                                       {"topic", preview.message.topic},
                                       {"recipient", preview.message.recipient},
                                       {"note", base::text_or_null(preview.note)},
                                       {"letters", std::move(letters)}});
  return 0;
}

int run_test(Env& env, Call const& call) {
  auto const style = env.style("key");
  auto const result = env.desk().outbox().test(call.words[0], call.text("to").value_or(""));
  using How = notify::Sent::How;
  bool const sent = result.sent.how == How::delivered;
  char const* const outcome = sent ? "sent" : result.sent.how == How::never ? "failed" : "later";
  format::write_record(env.out(), style, kTest, "test", kTestFields,
                       {result.channel, base::text_or_null(result.address), result.key, outcome,
                        base::text_or_null(result.sent.problem)});
  env.out().flush();
  if (!sent)
    throw base::Error(base::errors::outbox_refused, {{"channel", result.channel}, {"problem", result.sent.problem}});
  return 0;
}

constexpr Argument kId[] = {
    {"ID", {"id of the message, or its first characters", "消息编号或其开头部分"}, true, false, outbox::offer_ids}};
constexpr Argument kChannel[] = {{"CHANNEL", {"name of a channel", "渠道名称"}, true, false, outbox::offer_channels}};
constexpr Flag kTestFlags[] = {{.name = "to",
                                .value = "ADDRESS",
                                .type = FlagType::text,
                                .doc = {"where to, of mail", "邮件的收件地址"},
                                .fallback = "the channel's own address"}};

constexpr Example kPreviewExamples[] = {
    {"umsops outbox preview $(umsops outbox list -q | head -n 1)", {"who reads what, and why", "谁会读到什么、为什么"}},
    {"umsops outbox preview $(umsops outbox list -q | head -n 1) -o json | jq -r '.letters[].subject'",
     {"for a program", "供程序使用"}},
};
constexpr Example kTestExamples[] = {
    {"umsops outbox test log", {"one message, at once", "立即发送一条测试消息"}},
    {"umsops outbox test log -o json | jq -r .outcome", {"for a check after an installation", "用于安装后的检查"}},
};
constexpr int kPreviewExits[] = {3, 4, 7, 8, 9, 12};
constexpr int kTestExits[] = {3, 7, 9};

}  // namespace

constinit Command const kOutboxPreview{
    .path = "outbox preview",
    .summary = {"show who gets a message and what it says", "预览消息的接收人和内容"},
    .description =
        {"Shows each contact that the message goes to as things stand now, or went to, with its text: person, "
         "channel, address, the audience it was found for, and why somebody gets nothing. Sends nothing.",
         "显示消息按当前情况将发给（或已发给）的每个联系人及其内容：人员、渠道、地址、所属受众，以及为何有人收不到。"
         "不发送任何消息。"},
    .arguments = kId,
    .examples = kPreviewExamples,
    .exits = kPreviewExits,
    .schema = kPreview,
    .run = run_preview,
};

constinit Command const kOutboxTest{
    .path = "outbox test",
    .summary = {"send a test by a channel", "通过渠道发送测试消息"},
    .description =
        {"Sends one message by that channel at once and says what came of it; nothing is stored. Exit 7 when "
         "it did not arrive.",
         "立即通过该渠道发送一条消息并说明结果；不保存任何内容。未送达时退出码为 7。"},
    .arguments = kChannel,
    .flags = kTestFlags,
    .examples = kTestExamples,
    .exits = kTestExits,
    .schema = kTest,
    .run = run_test,
};

}  // namespace umsops::cli
