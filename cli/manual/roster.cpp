// SPDX-License-Identifier: Apache-2.0
// The man page of roster files, section 5.
#include "cli/manual/manual.hpp"

namespace umsops::cli {

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
  page.item("kind: roster", "says what the file is.");
  page.item("zone", "IANA time zone of every person and schedule that names none; without it UTC.");
  page.item("people, teams, schedules",
            "each a map by name. A name has no ':' and no ',' and is not me, auto or none.");
  page.heading("A PERSON");
  page.item("display_name, email, phone, zone", "as they are shown; the zone is that of the absences.");
  page.item("skills", "a map of category, subcategory or another word to a level from 1 to 5.");
  page.item("capacity", "most open tickets; --auto gives no more.");
  page.item("absences", "a list of from, to and reason.");
  page.heading("A TEAM");
  page.item("members", "people, in the order of round_robin.");
  page.item("strategy", "skill (without it), least_loaded or round_robin.");
  page.item("categories",
            "of tickets that go to this team when none is named; the first team that has the category serves it. With "
            "the strategy skill one member at least must have each as a skill.");
  page.item("schedules",
            "those that say who is on shift. Without the key all schedules count; an empty list: it does not matter.");
  page.heading("A SCHEDULE");
  page.item("zone", "the hand-off zone.");
  page.item("layers", "a list of rotations, the lowest first; a later one wins where it has somebody.");
  page.item("overrides", "a list of from, to and person; they win over all layers, and of two the later one.");
  page.heading("A LAYER");
  page.item("name", "without it its number.");
  page.item("type", "hourly, daily, weekly or monthly.");
  page.item("shift_length", "so many hours, days, weeks or months (1).");
  page.item("start",
            "when the first shift begins. Daily, weekly and monthly hand-offs stay at its time of day; in a month that "
            "is too short on the last day. Hourly ones are so many hours apart.");
  page.item("participants", "people, who take turns; one may stand there more than once.");
  page.item("hours",
            "a map of days (mon, mon-fri) to hours (\"09:00-18:00\", also over midnight, or a list of them) outside of "
            "which the layer has nobody.");
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
