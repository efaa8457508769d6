// SPDX-License-Identifier: Apache-2.0
#include "cli/template/templates.hpp"

#include "cli/shape.hpp"

#include "cli/completion/candidates.hpp"
#include "cli/input.hpp"
#include "umsops/base/json.hpp"
#include "umsops/config/template_files.hpp"

namespace umsops::cli::templates {

namespace {

using prepared::Template;
using prepared::Use;

constexpr std::string_view kLanguages[] = {"en", "zh_CN"};

void offer(Candidates& out, std::optional<Use> use) {
  for (auto const& one : config::read_templates(out.env().settings().list("templates")))
    if (!use || one.use == *use) out.add(one.name, text_of(out.env(), one.doc));
}

/// Attributes that are said beat those of the form.
void put_attributes(desk::NewTicket& wanted, prepared::Pairs const& attributes) {
  for (auto const& [name, value] : attributes) {
    bool said = false;
    for (auto const& [known, text] : wanted.attributes) said = said || known == name;
    if (!said) wanted.attributes.emplace_back(name, value);
  }
}

void put_choice(std::optional<std::string>& said, std::string const& form) {
  if (!said && !form.empty()) said = form;
}

}  // namespace

std::span<std::string_view const> languages() { return kLanguages; }

std::vector<Template> all_of(Env& env, Call const& call) {
  auto files = call.all("templates");
  if (files.empty()) files = env.settings().list("templates");
  return config::read_templates(files);
}

std::string text_of(Env const& env, prepared::BothTexts const& texts) { return texts.in(env.language()); }

base::Language language_for(Env const& env, Call const& call, std::string const& theirs) {
  if (!theirs.empty()) return prepared::language_named(theirs);
  if (auto const said = call.text("language")) return prepared::language_named(*said);
  return env.language();
}

desk::Wording wording_of(Env& env, Call const& call) {
  desk::Wording wording;
  auto const name = ready_words(call);
  if (!name) {
    if (call.has("with")) call.missing("--template");
    return wording;
  }
  auto const one = config::require_template(all_of(env, call), *name, Use::reply);
  auto const given = call.pairs("with");
  prepared::with_inputs(one, given, base::Value::Object{});  // what is missing is told before anything is stored
  base::Value::List said{one.name};
  for (auto const& [input, value] : given) said.emplace_back(base::Value::List{input, value});
  wording.identity = base::to_json(std::move(said));
  wording.make = [&env, &call, one, given](base::Value const& facts, std::string const& language) {
    return prepared::reply_text(one, language_for(env, call, language), prepared::with_inputs(one, given, facts));
  };
  return wording;
}

Words words_of(Env& env, Call const& call, std::vector<std::string> const& ids) {
  for (char const* const flag : {"body", "body-file"}) {
    if (ready_words(call)) call.exclude("template", flag);
  }
  auto wording = wording_of(env, call);
  if (!wording.make || !call.on("edit")) return {body_of(env, call).value_or(""), std::move(wording)};
  if (ids.size() != 1)
    throw base::Error(base::errors::usage_excludes, {{"first", "--edit of a template"}, {"second", "several tickets"}});
  std::string language;
  auto const facts = env.desk().tickets().word_facts(ids.front(), {}, language);
  return {body_of(env, call, wording.make(facts, language)).value_or(""), {}};
}

void put_form(Env& env, Call const& call, Template const& one, desk::NewTicket& wanted) {
  auto const& form = one.ticket;
  if (wanted.requester_id.empty()) wanted.requester_id = form.requester;
  std::string language;
  auto facts = env.desk().tickets().word_facts({}, wanted.requester_id, language);
  facts = prepared::with_inputs(one, call.pairs("with"), facts);
  auto const filled = prepared::filled_ticket(form, language_for(env, call, language), facts);
  if (wanted.title.empty()) wanted.title = filled.title;
  if (wanted.description.empty()) wanted.description = filled.description;
  put_choice(wanted.category, form.category);
  put_choice(wanted.subcategory, form.subcategory);
  put_choice(wanted.service, form.service);
  put_choice(wanted.team, form.team);
  put_choice(wanted.assignee_id, form.assignee);
  if (!wanted.priority) wanted.priority = form.priority;
  put_attributes(wanted, filled.attributes);
  if (wanted.tags.empty()) wanted.tags = filled.tags;
  if (form.approval)
    wanted.approval = desk::AskApproval{form.approval->of, form.approval->deputy, {}, form.approval->within};
}

void offer_replies(Candidates& out) { offer(out, Use::reply); }
void offer_tickets(Candidates& out) { offer(out, Use::ticket); }
void offer_all(Candidates& out) { offer(out, {}); }

}  // namespace umsops::cli::templates
