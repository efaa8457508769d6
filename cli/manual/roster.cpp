// SPDX-License-Identifier: Apache-2.0
// The man page of roster files, section 5.
#include "cli/manual/manual.hpp"

namespace umsops::cli {

namespace {

constexpr Item kRosterKeys[] = {
    {"kind: roster", "identifies the file."},
    {"zone", "default IANA time zone of people and schedules; UTC if absent."},
    {"people, teams, schedules", "each a map by name. A name has no ':' and no ',' and is not me, auto or none."},
};

constexpr Item kPersonKeys[] = {
    {"display_name, email, phone, zone", "for display; the zone applies to absences."},
    {"skills", "a map of category, subcategory or another word to a level from 1 to 5."},
    {"capacity", "most open tickets that --auto assigns."},
    {"absences", "a list of from, to and reason."},
    {"contact",
     "how the person is told: language (en, zh_CN), channels (the first that has an address for him), addresses (a map "
     "of "
     "channels to addresses, where it is not email), quiet (\"22:00-07:00\", or a list: only what is urgent comes "
     "then), "
     "own_acts (true: also of what he did). See umsops-channels(5)."},
};

constexpr Item kTeamKeys[] = {
    {"members", "people, in the order of round_robin."},
    {"strategy", "skill (the default), least_loaded or round_robin."},
    {"default: true", "it gets what no team serves and nobody has a skill for."},
    {"categories",
     "new tickets of these are the team's where neither a person nor a rule names one; the first team with the "
     "category "
     "serves it. With the strategy skill, "
     "at least one member must have each category as a skill."},
    {"schedules", "decide who is on shift. Default: all schedules; an empty list: shifts do not matter."},
    {"number_format",
     "new tickets of the team are counted by themselves in this form, as \"IAM-{seq:5}\" (see the setting "
     "number_format); a ticket "
     "keeps its number when it goes to another team."},
};

constexpr Item kScheduleKeys[] = {
    {"zone", "the hand-off zone."},
    {"layers", "a list of rotations, lowest first; a later one wins where it covers."},
    {"overrides", "a list of from, to and person; they win over all layers, a later one over an earlier."},
    {"cover",
     "when somebody has to be on call, as 'hours' of a layer; at other times 'umsops oncall check' reports no gap. "
     "Default: always."},
};

constexpr Item kLayerKeys[] = {
    {"name", "without it its number."},
    {"type", "hourly, daily, weekly or monthly."},
    {"shift_length", "number of hours, days, weeks or months (default 1)."},
    {"start",
     "when the first shift begins. Daily, weekly and monthly hand-offs keep its time of day; in a short month "
     "they are on the last day. Hourly ones keep their distance in hours."},
    {"participants", "people in turn; a name may appear more than once."},
    {"hours",
     "a map of days (mon, mon-fri) to hours (\"09:00-18:00\", may cross midnight, or a list of them); outside "
     "of these hours the layer has nobody."},
};

}  // namespace

Page roster_page() {
  Roff page("umsops-roster", 5, "people, teams and on-call schedules");
  page.heading("DESCRIPTION");
  page.paragraph(
      "A roster file lists people, their skills and their on-call schedules. Choose it with the setting 'roster' or "
      "--roster; several files make one roster and may refer to each other. For 'umsops ticket assign --auto' see "
      "'umsops help people'.");
  page.paragraph(yaml_rules());
  page.paragraph(
      "Times are RFC 3339, or local: 2026-11-02 09:00, or a whole day. A local time that a clock change skips or "
      "repeats is refused; the error shows both readings.");
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
      "An absence does not change who is on call: 'umsops oncall check' reports it, and an override names a "
      "replacement.");
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
