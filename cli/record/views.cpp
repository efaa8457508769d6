// SPDX-License-Identifier: Apache-2.0
#include "cli/record/views.hpp"

#include <algorithm>
#include <memory>

#include "cli/completion/candidates.hpp"
#include "cli/configured.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli::record {

void offer_views(Candidates& out) {
  auto const path = out.command() ? out.command()->path : std::string_view();
  auto const noun = path.substr(0, path.find(' '));
  for (auto const& view : configured_views(out.env())) {
    if (view.noun == noun) out.add("@" + view.name, view.doc.empty() ? view.filter : view.doc);
  }
}

config::View find_view(Env& env, std::string_view noun, std::string_view name) {
  if (name.starts_with('@')) name.remove_prefix(1);
  auto const views = configured_views(env);
  std::vector<std::string_view> names;
  for (auto const& view : views) {
    if (view.noun != noun) continue;
    if (view.name == name) return view;
    names.push_back(view.name);
  }
  std::string const best = base::nearest(name, names);
  throw base::Error(base::errors::view_unknown,
                    {{"name", std::string(name.substr(0, 80))},
                     {"noun", std::string(noun)},
                     {"suggestion", best.empty() ? env.phrase(Phrase::see_help, {{"topic", "view list"}})
                                                 : env.phrase(Phrase::did_you_mean, {{"word", best}})}});
}

std::optional<config::View> view_of(Kind const& kind, Env& env, Call const& call) {
  bool const takes = !call.command->arguments.empty() && call.command->arguments[0].name == kViewWord[0].name;
  if (!takes || call.words.empty()) return std::nullopt;
  if (!call.words[0].starts_with('@'))
    throw base::Error(base::errors::usage_too_many,
                      {{"word", call.words[0].substr(0, 80)}, {"command", std::string(call.command->path)}});
  return find_view(env, kind.type().noun, call.words[0]);
}

query::FilterContext filter_context(base::RecordType const& type, Env& env, bool zoned, bool by_name) {
  query::FilterContext context{&type, env.clock().now(), zoned ? env.zone() : base::TimeZone(),
                               by_name ? env.actor().name : ""};
  if (type.noun != model::ticket_type().noun) return context;
  // Read when a name is met that is no field's, which is seldom.
  auto const declared = std::make_shared<std::optional<std::optional<model::DeclaredFields>>>();
  context.is_attribute = [&env, declared](std::string_view name) {
    if (!*declared) *declared = configured_fields(env);
    return **declared && (**declared)->find(name);
  };
  return context;
}

void name_attributes(base::RecordType const& type, Env& env, format::Style& style) {
  if (style.fields.empty()) return;
  auto const context = filter_context(type, env, false, false);
  for (auto& name : style.fields) {
    if (context.is_attribute && name != "*" && !type.find(name.substr(0, name.find('.'))) && context.is_attribute(name))
      name.insert(0, "attributes.");
  }
}

}  // namespace umsops::cli::record
