// SPDX-License-Identifier: Apache-2.0
// Files a ticket and lists it, through the installed library alone.
#include <cstdio>

#include "umsops/base/clock.hpp"
#include "umsops/config/rule_files.hpp"
#include "umsops/desk/desk.hpp"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  umsops::base::SystemClock clock;
  umsops::base::RandomIds ids;
  umsops::desk::Options options;
  options.store = argv[1];
  options.may_create = true;
  options.actor = {"consumer", "consumer", "consumer"};
  options.clock = &clock;
  options.ids = &ids;
  options.load_rules = [] { return umsops::config::builtin_rules(); };
  umsops::desk::Desk desk(options);
  umsops::desk::NewTicket wanted;
  wanted.title = "无法登录，紧急";
  auto const filed = desk.tickets().create(wanted, {});
  if (filed.ticket.priority != umsops::model::Priority::critical) return 1;
  int seen = 0;
  desk.tickets().list({}, [&](umsops::model::Ticket const& ticket) {
    std::printf("%s %s\n", ticket.ticket_number.c_str(), ticket.title.c_str());
    ++seen;
    return true;
  });
  return seen == 1 ? 0 : 1;
}
