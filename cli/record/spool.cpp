// SPDX-License-Identifier: Apache-2.0
#include "cli/record/spool.hpp"

#include "umsops/base/text.hpp"

namespace umsops::cli::record {

namespace {

using base::Value;

void write_spooled(Env& env, std::string_view schema, std::string const& key, std::string const& path,
                   std::string const& why) {
  if (env.human()) {
    std::string const line = env.phrase(Phrase::spooled, {{"problem", why}, {"path", path}});
    env.out().write(base::terminal_text(line, base::TextShape::line) + "\n");
  } else if (auto const style = env.style("key"); style.format == format::Format::id) {
    env.out().write(key + "\n");
  } else {
    format::write_document(env.out(), style,
                           Value::Object{{"schema", schema},
                                         {"result", "spooled"},
                                         {"spooled", true},
                                         {"key", key},
                                         {"path", path},
                                         {"problem", why}});
  }
}

}  // namespace

std::string spool_key(Env& env, std::string const& given) {
  return given.empty() ? "spool:" + env.ids().next_id(env.clock().now()) : given;
}

int act_or_spool(Env& env, std::string_view schema, std::function<std::function<void()>()> const& act,
                 std::function<desk::SpooledReport()> const& report) {
  std::string const folder = env.spool_folder();
  std::function<void()> answer;
  try {
    answer = act();
  } catch (base::Error const& error) {
    if (!desk::may_wait(error)) throw;
    auto kept = report();
    kept.target = env.spool_target();
    kept.actor = env.actor().name;
    std::string const key = kept.key(), path = desk::spool(folder, kept);
    env.out().told().stored(key);
    answer = [&env, schema, key, path, why = error.message(env.language())] {
      write_spooled(env, schema, key, path, why);
    };
  }
  answer();
  return 0;
}

}  // namespace umsops::cli::record
