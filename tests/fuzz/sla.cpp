// SPDX-License-Identifier: Apache-2.0
// An SLA file: whatever it says, it is refused with a place, or its clocks can be read for any ticket, and their
// explanation adds up.
#include "tests/fuzz/fuzz.hpp"
#include "umsops/base/error.hpp"
#include "umsops/config/sla_files.hpp"
#include "umsops/sla/clocks.hpp"

namespace umsops::fuzz {
namespace {

using namespace std::chrono_literals;

sla::History life() {
  using enum model::TicketStatus;
  base::TimePoint const birth = std::chrono::sys_days(std::chrono::year(2026) / 2 / 13) + 9h;
  sla::History out;
  out.states = {{birth, open},
                {birth + 20h, pending},
                {birth + 300h, in_progress},
                {birth + 400h, resolved},
                {birth + 500h, in_progress}};
  out.first_response = birth + 2h;
  return out;
}

void read_clocks(sla::Policy const& policy, calendar::Calendar const& calendar) {
  auto const history = life();
  auto const clocks = derive(policy, calendar, history, history.states.back().at + 30h);
  base::Milliseconds told{0}, used{0};
  for (auto const& clock : clocks.all) used += clock.used;
  for (auto const& line : explain(calendar, clocks)) {
    require(line.begin < line.end && line.counted <= line.working);
    if (!line.ahead) told += line.counted;
  }
  require(told == used);
  for (auto const& step : policy.ladder) step_due(calendar, clocks.resolution_clock(), step);
  derived(clocks);
  status(clocks);
}

}  // namespace

void one_input(std::string_view bytes) {
  try {
    auto const book = config::read_sla_text(bytes, "sla.yaml", base::TimeZone());
    require(!book.policies().empty() && book.version().size() == 16);
    book.choose(model::Ticket());
    for (auto const& policy : book.policies()) read_clocks(policy, book.calendar(policy.calendar));
  } catch (base::Error const& error) {
    require(error.kind() == base::ErrorKind::configuration && !error.message().empty());
  }
}

}  // namespace umsops::fuzz
