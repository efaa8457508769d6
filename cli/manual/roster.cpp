// SPDX-License-Identifier: Apache-2.0
// The man page of roster files, section 5.
#include "cli/manual/manual.hpp"

namespace umsops::cli {

namespace {

constexpr Item kRosterKeys[] = {
    {"kind: roster", "says what the file is."},
    {"zone", "IANA time zone of every person and schedule that names none; without it UTC."},
    {"people, teams, schedules", "each a map by name. A name has no ':' and no ',' and is not me, auto or none."},
};

constexpr Item kPersonKeys[] = {
    {"display_name, email, phone, zone", "as they are shown; the zone is that of the absences."},
    {"skills", "a map of category, subcategory or another word to a level from 1 to 5."},
    {"capacity", "most open tickets; --auto gives no more."},
    {"absences", "a list of from, to and reason."},
};

constexpr Item kTeamKeys[] = {
    {"members", "people, in the order of round_robin."},
    {"strategy", "skill (without it), least_loaded or round_robin."},
    {"categories",
     "of tickets that go to this team when none is named; the first team that has the category serves it. With "
     "the strategy skill one member at least must have each as a skill."},
    {"schedules",
     "those that say who is on shift. Without the key all schedules count; an empty list: it does not matter."},
};

constexpr Item kScheduleKeys[] = {
    {"zone", "the hand-off zone."},
    {"layers", "a list of rotations, the lowest first; a later one wins where it has somebody."},
    {"overrides", "a list of from, to and person; they win over all layers, and of two the later one."},
};

constexpr Item kLayerKeys[] = {
    {"name", "without it its number."},
    {"type", "hourly, daily, weekly or monthly."},
    {"shift_length", "so many hours, days, weeks or months (1)."},
    {"start",
     "when the first shift begins. Daily, weekly and monthly hand-offs stay at its time of day; in a month that "
     "is too short on the last day. Hourly ones are so many hours apart."},
    {"participants", "people, who take turns; one may stand there more than once."},
    {"hours",
     "a map of days (mon, mon-fri) to hours (\"09:00-18:00\", also over midnight, or a list of them) outside of "
     "which the layer has nobody."},
};

}  // namespace

Page roster_page() {
  Roff page("umsops-roster", 5, "people, teams and on-call schedules");
  page.heading("DESCRIPTION");
  page.paragraph(
      "A roster file says who there is, what they can do and when they are on call. It is named by the setting "
      "'roster', or by --roster; several files are one roster, and each may name what stands in another. How 'umsops "
      "ticket assign --auto' picks by it: 'umsops help people'.");
  page.paragraph(yaml_rules());
  page.paragraph(
      "Times are RFC 3339, or local: 2026-11-02 09:00, or a day, which counts whole. A local time that a change of "
      "clocks skips or repeats is refused with both readings.");
  page.heading("KEYS OF A FILE");
  page.items(kRosterKeys);
  page.heading("A PERSON");
  page.items(kPersonKeys);
  page.heading("A TEAM");
  page.items(kTeamKeys);
  page.heading("A SCHEDULE");
  page.items(kScheduleKeys);
  page.heading("A LAYER");
  page.items(kLayerKeys);
  page.paragraph(
      "Absences move nobody: who is on call and absent is told by 'umsops oncall check', and an override puts somebody "
      "else there.");
  page.heading("EXAMPLE");
  page.verbatim(
      "kind: roster\nzone: Asia/Shanghai\npeople:\n  li.na: {skills: {sign-in: 5}, capacity: 12}\n  wang.fang: "
      "{skills: {sign-in: 4}}\n"
      "teams:\n  sso: {members: [li.na, wang.fang], categories: [sign-in]}\nschedules:\n  primary:\n    layers:\n"
      "      - {type: weekly, start: 2026-11-02 09:00, participants: [li.na, wang.fang]}\n    overrides:\n"
      "      - {from: 2026-12-03 09:00, to: 2026-12-04 09:00, person: wang.fang}\n");
  page.heading("SEE ALSO");
  page.paragraph("umsops-oncall(1), umsops-ticket(1), umsops-config(5)");
  return {"umsops-roster.5", page.text()};
}

}  // namespace umsops::cli
