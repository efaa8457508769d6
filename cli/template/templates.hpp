// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/completion/offers.hpp"
#include "cli/env.hpp"
#include "umsops/desk/ticket_desk.hpp"
#include "umsops/prepared/template.hpp"

/// What commands share that say, or file, what is ready.
namespace umsops::cli::templates {

/// `en`, `zh_CN`.
std::span<std::string_view const> languages();
/// The built-in templates and those of the settings, or of --templates.
std::vector<prepared::Template> all_of(Env& env, Call const& call);
/// In the language of messages.
std::string text_of(Env const& env, prepared::BothTexts const& texts);

/// The language in which somebody is spoken to: theirs as the directory has it, else --language, else that of messages.
base::Language language_for(Env const& env, Call const& call, std::string const& theirs);

/// What --template, --with and --language say; `make` is empty without --template. Throws `template.unknown`, and
/// `usage.missing` for an input that has to be said.
desk::Wording wording_of(Env& env, Call const& call);
/// The text of --body and its kin, which --template gives with --edit to begin with; `wording` holds where neither was
/// given. `id` of the one ticket that it is for; empty: of several.
struct Words {
  std::string text;
  desk::Wording wording;
};
Words words_of(Env& env, Call const& call, std::vector<std::string> const& ids);

/// What the form of a template says of a new ticket whose requester is known.
void put_form(Env& env, Call const& call, prepared::Template const& one, desk::NewTicket& wanted);

void offer_replies(Candidates& out);
void offer_tickets(Candidates& out);
void offer_all(Candidates& out);

inline constexpr Flag kTemplate{
    .name = "template",
    .value = "NAME",
    .type = FlagType::text,
    .doc = {"the words of this template, see 'umsops template list'; with tags in it, or -o tpl, it prints the answer",
            "使用此模板的文字，见 umsops template list；含有 {{...}} 或与 -o tpl 同用时用于输出结果"},
    .offer = offer_replies};
inline constexpr Flag kTicketTemplate{
    .name = "template",
    .value = "NAME",
    .type = FlagType::text,
    .doc = {"begin with the fields of this template, flags win; with tags in it, or -o tpl, it prints the answer",
            "以此模板的字段为基础，选项优先；含有 {{...}} 或与 -o tpl 同用时用于输出结果"},
    .offer = offer_tickets};
inline constexpr Flag kWith{.name = "with",
                            .value = "NAME=VALUE",
                            .type = FlagType::pair,
                            .doc = {"an input of the template", "模板的输入"},
                            .repeatable = true};
inline constexpr Flag kLanguage{.name = "language",
                                .value = "LANG",
                                .type = FlagType::choice,
                                .doc = {"language of the template where the directory does not say the requester's",
                                        "目录未记录请求人语言时模板所用的语言"},
                                .fallback = "that of messages",
                                .choices = languages};
inline constexpr Flag kFile{
    .name = "templates",
    .value = "FILE",
    .type = FlagType::file,
    .doc = {"these template files or folders in place of the configured ones", "用这些模板文件或文件夹代替所配置的"},
    .repeatable = true,
    .offer = offer::files};

}  // namespace umsops::cli::templates
