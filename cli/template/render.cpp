// SPDX-License-Identifier: Apache-2.0
// `template render`: what a template says.
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/template/templates.hpp"
#include "cli/ticket/flags.hpp"
#include "cli/ticket/ticket.hpp"
#include "umsops/base/text.hpp"
#include "umsops/config/template_files.hpp"
#include "umsops/format/output.hpp"

namespace umsops::cli {

namespace {

using base::Value;

constexpr std::string_view kSchema = "umsops.template.render/v1";

struct Rendered {
  std::string title, text;
  Value::Object attributes;
};

Rendered rendered(prepared::Template const& one, base::Language language, Value const& facts) {
  Rendered out;
  if (one.use == prepared::Use::reply) {
    out.text = prepared::reply_text(one, language, facts);
    return out;
  }
  auto filled = prepared::filled_ticket(one.ticket, language, facts);
  out.title = std::move(filled.title);
  out.text = std::move(filled.description);
  for (auto& [name, value] : filled.attributes) out.attributes.emplace_back(name, std::move(value));
  return out;
}

int run_render(Env& env, Call const& call) {
  call.exclude("ticket", "requester");
  auto const all = templates::all_of(env, call);
  auto const& one = config::require_template(all, call.words[0]);
  auto const style = env.style("text");
  prepared::with_inputs(one, call.pairs("with"), Value::Object{});
  std::string theirs;
  auto facts =
      env.desk().tickets().word_facts(call.text("ticket").value_or(""), call.text("requester").value_or(""), theirs);
  facts = prepared::with_inputs(one, call.pairs("with"), facts);
  auto const language = templates::language_for(env, call, theirs);
  auto const out = rendered(one, language, facts);
  if (env.human() || style.format == format::Format::id) {
    std::string const text = out.title + (out.title.empty() || out.text.empty() ? "" : "\n\n") + out.text + "\n";
    env.out().write(env.terminal().output ? base::terminal_text(text, base::TextShape::block) : text);
    return 0;
  }
  format::write_document(env.out(), style,
                         Value::Object{{"schema", kSchema},
                                       {"name", one.name},
                                       {"for", prepared::to_string(one.use)},
                                       {"language", language == base::Language::zh ? "zh_CN" : "en"},
                                       {"title", base::text_or_null(out.title)},
                                       {"text", out.text},
                                       {"attributes", out.attributes}});
  return 0;
}

constexpr Argument kTemplate[] = {{"NAME",
                                   {"a template, see 'umsops template list'", "模板名称，见 umsops template list"},
                                   true,
                                   false,
                                   templates::offer_all}};
constexpr Flag kFlags[] = {
    {.name = "ticket",
     .value = "ID",
     .type = FlagType::text,
     .doc = {"the ticket that it speaks of", "所涉及的工单"},
     .offer = ticket::offer_numbers},
    ticket::kRequester,
    templates::kWith,
    templates::kLanguage,
    templates::kFile,
};
constexpr Example kExamples[] = {
    {"umsops template render mfa-reset --ticket T-1", {"what would be said", "将回复的内容"}},
    {"umsops template render new-joiner --with person=li.lei --with start=2027-01-04 --language zh_CN",
     {"what would be filed", "将新建的工单"}},
};
constexpr int kExits[] = {3, 4, 5, 7, 8, 9, 12};

}  // namespace

constinit Command const kTemplateRender{
    .path = "template render",
    .summary = {"show what a template says", "显示模板填好后的文字"},
    .description = {"Fills a template and says nothing to anybody. Of a reply it needs --ticket to know what it speaks "
                    "of; without it the names of the ticket and the requester are empty.",
                    "填写模板并显示结果，不会发给任何人。回复模板需用 --ticket "
                    "指明工单；否则其中的工单和请求人信息为空。"},
    .arguments = kTemplate,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_render,
};

}  // namespace umsops::cli
