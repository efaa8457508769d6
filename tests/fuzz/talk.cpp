// SPDX-License-Identifier: Apache-2.0
// What users say: any bytes, line by line, to the flows that the program brings along. The conversation ends within its
// limits, and what it leaves is text.
#include "umsops/dialogue/talk.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "umsops/base/text.hpp"
#include "umsops/config/flow_files.hpp"

namespace umsops::fuzz {
namespace {

void talk_through(dialogue::Flow const& flow, dialogue::KnownAnswers const& answers, std::string_view bytes) {
  dialogue::Talk talk(flow, answers, {});
  base::TimePoint const now{std::chrono::milliseconds(1'795'599'000'000)};
  require(!talk.begin(now).empty());
  while (talk.state() == dialogue::State::running && !bytes.empty()) {
    auto const end = std::min(bytes.find('\n'), bytes.size());
    talk.hear(bytes.substr(0, end), now);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    require(talk.turns() <= flow.limits.turns);
  }
  talk.leave();
  require(talk.state() != dialogue::State::running);
  auto const& collected = talk.collected();
  for (auto const* text : {&collected.title, &collected.requester, &collected.phone, &collected.category}) {
    require(!base::check_text(*text, base::TextShape::line));
  }
  require(!base::check_text(collected.description, base::TextShape::block));
  for (auto const& part : dialogue::transcript_parts(talk.transcript(), 65'536)) {
    require(!base::check_text(part, base::TextShape::block) && base::code_points(part) <= 65'536);
  }
}

}  // namespace

void one_input(std::string_view bytes) {
  static dialogue::Flow const flows[] = {config::builtin_flow(dialogue::Channel::chat),
                                         config::builtin_flow(dialogue::Channel::phone)};
  static dialogue::FlowAnswers const answers({});
  for (auto const& flow : flows) talk_through(flow, answers, bytes);
}

}  // namespace umsops::fuzz
