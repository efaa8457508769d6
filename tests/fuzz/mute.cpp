// SPDX-License-Identifier: Apache-2.0
// Matchers in the first line, an inhibition file in all: refused with a place, or read back from what they are written
// as. What was read is tried on some labels.
#include "config/mute_reader.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "umsops/base/json.hpp"
#include "umsops/mute/muter.hpp"

namespace umsops::fuzz {
namespace {

mute::Labels const& labels() {
  static mute::Labels const kLabels{{"alertname", "DatabaseDown"}, {"severity", "critical"}, {"名称", "登录 失败"}};
  return kLabels;
}

void try_matchers(std::string_view text) {
  mute::Matchers matchers;
  try {
    matchers = mute::parse_matchers(text);
  } catch (base::Error const& error) {
    require(error.code().code == base::errors::matcher_invalid.code);
    return;
  }
  require(mute::parse_matchers(mute::text_of(matchers)) == matchers);
  require(mute::stored_matchers(base::parse_json(base::to_json(mute::to_value(matchers)))) == matchers);
  (void)mute::matches(matchers, labels());
}

}  // namespace

void one_input(std::string_view bytes) {
  try_matchers(bytes.substr(0, bytes.find('\n')));
  config::Problems problems(base::errors::config_invalid);
  std::vector<config::MuteFile> files;
  files.push_back(config::read_mute_text(bytes, "inhibition.yaml", problems));
  auto rules = config::join_mute_files(std::move(files), false, problems);
  for (auto const& error : problems.all()) require(!error.message().empty());
  if (!problems.all().empty()) return;
  for (auto const& named : rules.intervals)
    require(mute::to_value(mute::intervals_from_value(mute::to_value(named.intervals))) ==
            mute::to_value(named.intervals));
  mute::Muter muter(std::move(rules.silences), std::move(rules.inhibitions));
  muter.fire("1", labels());
  (void)muter.reasons(labels(), base::TimePoint{base::Milliseconds{1'790'000'000'000}});
}

}  // namespace umsops::fuzz
