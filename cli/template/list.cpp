// SPDX-License-Identifier: Apache-2.0
// `template list` and `template show`.
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/template/templates.hpp"
#include "umsops/base/text.hpp"
#include "umsops/config/template_files.hpp"
#include "umsops/format/output.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;
using prepared::Template;

constexpr std::string_view kList = "umsops.template.list/v1", kShow = "umsops.template.show/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;
constexpr std::string_view kUses[] = {"reply", "ticket"};
std::span<std::string_view const> uses() { return kUses; }

constexpr Field kColumns[] = {
    {"name", FieldType::text, {}, kShown, "Name of the template", "模板名称", "名称"},
    {"for", FieldType::text, {}, kShown, "What it is for: reply or ticket", "用途：reply 或 ticket", "用途"},
    {"doc", FieldType::text, {}, kShown, "What it says", "说明", "说明"},
    {"inputs", FieldType::list, {}, base::kInWide, "What --with says", "--with 可给出的输入", "输入"},
    {"file",
     FieldType::text,
     {},
     base::kInWide,
     "Where it stands; absent: it is built in",
     "所在文件；内置模板为空",
     "文件"},
};

int run_list(Env& env, Call const& call) {
  auto const use = call.text("use");
  auto writer = format::list_writer(env.out(), env.style("name"), kList, "template", kColumns);
  for (auto const& one : templates::all_of(env, call)) {
    if (use && prepared::to_string(one.use) != *use) continue;
    Value::List inputs;
    for (auto const& input : one.inputs) inputs.emplace_back(input.name);
    writer->row({one.name, prepared::to_string(one.use), base::text_or_null(templates::text_of(env, one.doc)),
                 std::move(inputs), base::text_or_null(one.file)});
  }
  writer->end({});
  return 0;
}

Value both(prepared::BothTexts const& texts) {
  if (texts.empty()) return {};
  return Value::Object{{"en", base::text_or_null(texts.en)}, {"zh", base::text_or_null(texts.zh)}};
}

Value inputs_of(Template const& one) {
  Value::List out;
  for (auto const& input : one.inputs)
    out.emplace_back(Value::Object{{"name", input.name},
                                   {"doc", both(input.doc)},
                                   {"required", !input.fallback},
                                   {"default", input.fallback ? Value(*input.fallback) : Value()}});
  return out;
}

Value ticket_of(prepared::TicketForm const& form) {
  Value::Object attributes;
  for (auto const& [name, value] : form.attributes) attributes.emplace_back(name, value);
  Value::List tags(form.tags.begin(), form.tags.end());
  Value approval;
  if (form.approval)
    approval = Value::Object{
        {"of", form.approval->of},
        {"deputy", base::text_or_null(form.approval->deputy)},
        {"within_minutes",
         form.approval->within.count() > 0 ? Value(std::int64_t{form.approval->within.count() / 60'000}) : Value()}};
  return Value::Object{{"title", both(form.title)},
                       {"description", both(form.description)},
                       {"category", base::text_or_null(form.category)},
                       {"subcategory", base::text_or_null(form.subcategory)},
                       {"service", base::text_or_null(form.service)},
                       {"team", base::text_or_null(form.team)},
                       {"assignee", base::text_or_null(form.assignee)},
                       {"requester", base::text_or_null(form.requester)},
                       {"priority", form.priority ? Value(model::to_string(*form.priority)) : Value()},
                       {"tags", std::move(tags)},
                       {"attributes", std::move(attributes)},
                       {"approval", std::move(approval)}};
}

/// For people: what is said in their language, and what has to be given.
std::string page_of(Env const& env, Template const& one) {
  std::string out = one.name + "  " + std::string(prepared::to_string(one.use));
  if (!one.doc.empty()) out += "  " + templates::text_of(env, one.doc);
  out += "\n";
  for (auto const& input : one.inputs) {
    out += "  --with " + input.name + "=…";
    if (!input.doc.empty()) out += "  " + templates::text_of(env, input.doc);
    if (input.fallback) out += "  (" + (input.fallback->empty() ? std::string("-") : *input.fallback) + ")";
    out += "\n";
  }
  auto const add = [&](std::string const& text) {
    out += text.empty() ? "" : "\n" + std::string(base::trimmed(text)) + "\n";
  };
  add(templates::text_of(env, one.text));
  if (one.use == prepared::Use::reply) return out;
  add(templates::text_of(env, one.ticket.title));
  add(templates::text_of(env, one.ticket.description));
  return out;
}

int run_show(Env& env, Call const& call) {
  auto const all = templates::all_of(env, call);
  auto const& one = config::require_template(all, call.words[0]);
  auto const style = env.style("name");
  if (style.format == format::Format::id) {
    env.out().write(one.name + "\n");
    return 0;
  }
  if (env.human()) {
    env.out().write(base::terminal_text(page_of(env, one), base::TextShape::block));
    return 0;
  }
  format::write_document(env.out(), style,
                         Value::Object{{"schema", kShow},
                                       {"name", one.name},
                                       {"for", prepared::to_string(one.use)},
                                       {"doc", both(one.doc)},
                                       {"inputs", inputs_of(one)},
                                       {"text", both(one.text)},
                                       {"ticket", one.use == prepared::Use::ticket ? ticket_of(one.ticket) : Value()},
                                       {"file", base::text_or_null(one.file)},
                                       {"line", one.file.empty() ? Value() : Value(one.line)}});
  return 0;
}

constexpr Argument kTemplate[] = {{"NAME",
                                   {"a template, see 'umsops template list'", "模板名称，见 umsops template list"},
                                   true,
                                   false,
                                   templates::offer_all}};
constexpr Flag kListFlags[] = {
    {.name = "use",
     .value = "USE",
     .type = FlagType::choice,
     .doc = {"only those of replies, or of tickets", "只列出回复模板或工单模板"},
     .choices = uses},
    templates::kFile,
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};
constexpr Flag kShowFlags[] = {templates::kFile};
constexpr Example kListExamples[] = {
    {"umsops template list", {"what is ready", "有哪些模板"}},
    {"umsops template list --use ticket -q", {"names of those of tickets", "工单模板的名称"}},
};
constexpr Example kShowExamples[] = {
    {"umsops template show mfa-reset", {"its words, with their holes", "模板文字及其占位"}},
    {"umsops template show new-joiner -o json | jq -r '.inputs[].name'", {"what it has to be told", "需给出的输入"}},
};
constexpr int kExits[] = {3, 9};

}  // namespace

constinit Command const kTemplateList{
    .path = "template list",
    .summary = {"list templates", "列出模板"},
    .description = {"Lists the templates that 'ticket reply --template' and 'ticket create --template' know: the "
                    "built-in ones, and those of the files that the setting templates names.",
                    "列出 ticket reply --template 与 ticket create --template 可用的模板：内置模板，以及设置 templates "
                    "所指文件中的模板。"},
    .flags = kListFlags,
    .examples = kListExamples,
    .exits = kExits,
    .schema = kList,
    .run = run_list,
};

constinit Command const kTemplateShow{
    .path = "template show",
    .summary = {"show a template", "显示一个模板"},
    .description = {"Shows a template as it is written, with its inputs. 'umsops template render' shows what it says.",
                    "按原文显示模板及其输入。umsops template render 显示填好后的文字。"},
    .arguments = kTemplate,
    .flags = kShowFlags,
    .examples = kShowExamples,
    .exits = kExits,
    .schema = kShow,
    .run = run_show,
};

}  // namespace umsops::cli
