// SPDX-License-Identifier: Apache-2.0
// A flow file: whatever it says, it is refused with a place, or a conversation along it comes to its end within the
// limits, whatever is said.
#include "config/flow_reader.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "umsops/dialogue/talk.hpp"

namespace umsops::fuzz {

void one_input(std::string_view bytes) {
  config::Problems problems(base::errors::config_invalid);
  auto const flow = config::read_flow_text(bytes, "flow.yaml", problems);
  for (auto const& error : problems.all()) {
    require(error.kind() != base::ErrorKind::internal && !error.message().empty() && error.spot().file == "flow.yaml");
  }
  if (!problems.all().empty()) return;
  require(dialogue::check(flow).empty());
  dialogue::FlowAnswers const answers(flow.questions);
  dialogue::Talk talk(flow, answers, {});
  base::TimePoint const now{std::chrono::milliseconds(1'795'599'000'000)};
  constexpr std::string_view kLines[] = {"1",           "no",  "2", "忘记密码 password", "back", "yes",
                                         "13800000000", "now", "0", "zhang.wei"};
  talk.begin(now);
  for (std::size_t i = 0; talk.state() == dialogue::State::running; ++i) {
    talk.hear(i % 3 == 2 ? bytes.substr(i * 40 % bytes.size(), 40) : kLines[(i + bytes.size()) % std::size(kLines)],
              now);
    require(talk.turns() <= flow.limits.turns);
  }
}

}  // namespace umsops::fuzz
