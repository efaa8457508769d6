// SPDX-License-Identifier: Apache-2.0
#include "cli/open_desk.hpp"

#include "cli/audit_key.hpp"
#include "cli/configured.hpp"
#include "cli/env.hpp"
#include "cli/outbox/carrier.hpp"
#include "cli/signals.hpp"
#include "cli/store_name.hpp"

namespace umsops::cli {

namespace {

std::optional<HookFolder> hooks_of(Env& env) {
  auto const& call = env.call();
  auto const& folder = env.settings().text("hooks");
  if (!call.command->changes || folder.empty()) return std::nullopt;
  // What a hook itself changes runs no hooks again: there would be no end to it. Anybody can say so: the history tells.
  bool const within_hook = env.variable()("UMSOPS_HOOK").has_value();
  std::vector<std::string> environment{
      "PATH=" + env.variable()("PATH").value_or("/usr/local/bin:/usr/bin:/bin"), "UMSOPS_COMMAND=" + call.line,
      "UMSOPS_ACTOR=" + env.actor().name, "UMSOPS_DB=" + store_name(env),
      std::string("UMSOPS_LANG=") + (env.language() == base::Language::zh ? "zh_CN" : "en")};
  for (char const* const name : {"HOME", "LANG", "LC_ALL", "TZ"}) {
    if (auto const value = env.variable()(name)) environment.push_back(std::string(name) + "=" + *value);
  }
  auto const config = call.has("config") ? call.text("config") : env.variable()("UMSOPS_CONFIG");
  if (config && !config->empty()) environment.push_back("UMSOPS_CONFIG=" + *config);
  if (env.dry_run()) environment.emplace_back("UMSOPS_DRY_RUN=1");
  return HookFolder(folder, env.settings().duration("hook_timeout"), std::move(environment), within_hook);
}

desk::Options options_of(Env& env, desk::HookRunner* hooks) {
  auto const& call = env.call();
  desk::Options options;
  options.store = with_secret(env, store_address(env));
  // A report that may wait makes no desk: the disk of the one that is meant may only be away.
  bool const may_wait = call.on("spool") && !env.dry_run();
  options.may_create = env.settings().origin(kStore).level == config::Level::builtin && !may_wait;
  // Who acts matters to changes, and to @last; everything else is spared the look into the user database.
  if (call.command->changes || !call.words.empty()) options.actor = env.actor();
  options.number_format = env.settings().text("number_format");
  options.incident_number_format = env.settings().text("incident_number_format");
  options.kb_number_format = env.settings().text("kb_number_format");
  options.requester_number_format = env.settings().text("requester_number_format");
  options.review_number_format = env.settings().text("review_number_format");
  options.lock_wait = env.settings().duration("timeout");
  options.duplicate_window = env.settings().duration("duplicate_window");
  options.duplicate_score = env.settings().decimal("duplicate_score");
  options.flood = {env.settings().integer("flood_requesters"), env.settings().duration("flood_window")};
  options.clock = &env.clock();
  options.ids = &env.ids();
  options.load_audit_key = [&env] { return configured_audit_key(env); };
  options.load_rules = [&env] { return configured_rules(env); };
  options.load_incident_rules = [&env] { return configured_rules(env, {}, *rules::find_target("incident")); };
  options.load_classifier = [&env] { return configured_model(env).open(); };
  options.load_services = [&env] { return configured_services(env); };
  options.load_matrix = [&env] { return configured_matrix(env); };
  options.load_mute_rules = [&env] {
    auto rules = configured_mute_rules(env);
    return desk::MuteRules{std::move(rules.inhibitions), std::move(rules.silences)};
  };
  options.load_escalation = [&env] { return configured_escalation(env); };
  options.load_channels = [&env] { return configured_channels(env); };
  options.make_sender = [] { return std::make_unique<Carrier>(); };
  options.load_roster = [&env] { return configured_roster(env); };
  options.load_fields = [&env] { return configured_fields(env); };
  options.attachment_limit = env.settings().size("attachment_limit");
  options.attachment_types = configured_attachment_types(env);
  options.load_sla = [&env] { return configured_sla(env, env.call().all("sla")); };
  options.sla_place = [&env] { return sla_place(env, env.call().all("sla")); };
  options.outbox_retention = env.settings().duration("outbox_retention");
  options.auto_close = env.settings().duration("auto_close");
  options.reopen_window = env.settings().duration("reopen_window");
  options.hooks = hooks;
  options.interrupted = [] { return signals::received() != 0; };
  env.detail(env.phrase(Phrase::using_store, {{"path", store_name(env)}}));
  return options;
}

}  // namespace

HookedDesk::HookedDesk(Env& env) : hooks(hooks_of(env)), desk(options_of(env, hooks ? &*hooks : nullptr)) {}

}  // namespace umsops::cli
