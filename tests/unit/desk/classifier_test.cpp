// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "model/ticket_changes.hpp"
#include "umsops/desk/classifier_desk.hpp"
#include "umsops/desk/model_file.hpp"
#include "umsops/desk/replay_desk.hpp"
#include "umsops/learn/model.hpp"
#include "unit/desk/fixture.hpp"

using namespace umsops;
using tests::code_of;
using tests::DeskFixture;

namespace {

/// Learned from texts that name their category, priority and assignee.
std::string learned(std::vector<std::string> const& targets = {"category", "priority", "assignee_id"}) {
  char const* const topics[] = {"printer paper toner", "badge door access", "invoice purchase order"};
  char const* const labels[][3] = {{"hardware", "LOW", "a"}, {"building", "HIGH", "b"}, {"money", "CRITICAL", "c"}};
  char const* const common[] = {"please help", "since yesterday", "thank you", "again today"};
  std::vector<std::string> bodies;
  std::vector<learn::Lesson> lessons;
  for (auto const& target : targets) lessons.push_back({target, {}, desk::default_manner(target)});
  for (int i = 0; i < 90; ++i) {
    bodies.push_back(std::string(topics[i % 3]) + " " + common[i / 3 % 4] + " " + std::to_string(i));
    for (std::size_t t = 0; t < targets.size(); ++t) lessons[t].labels.emplace_back(labels[i % 3][t]);
  }
  std::vector<learn::Text> texts;
  for (auto const& body : bodies) texts.push_back({"", body});
  return learn::train(texts, lessons, 2);
}

/// Of types of incidents.
std::string learned_incidents() {
  char const* const topics[] = {"replica lag on the orders shard", "packets dropped between two racks",
                                "pages take seconds to appear"};
  learn::Lesson lesson{"incident.type", {}, desk::default_manner("incident.type")};
  std::vector<std::string> titles;
  for (int i = 0; i < 90; ++i) {
    titles.push_back(std::string(topics[i % 3]) + " " + std::to_string(i));
    lesson.labels.emplace_back(std::vector{"DATABASE_ISSUE", "NETWORK_PROBLEM", "PERFORMANCE_DEGRADATION"}[i % 3]);
  }
  std::vector<learn::Text> texts;
  for (auto const& title : titles) texts.push_back({title, ""});
  return learn::train(texts, std::vector{lesson}, 2);
}

/// The word login is of authentication; a category follows from each type.
rules::RuleSet incident_rules() {
  rules::RuleSource source;
  source.target = rules::find_target("incident");
  rules::Rule login;
  login.id = "login";
  login.test.kind = rules::Test::Kind::keywords;
  login.test.words = {"login"};
  login.sets = {{"type", "AUTHENTICATION_FAILURE"}};
  source.rules = {login};
  source.defaults = {{"type", "OTHER"}, {"category", "other"}};
  source.mappings = {
      {"category-of-type",
       "type",
       {"category"},
       {{"AUTHENTICATION_FAILURE", {"authentication"}}, {"DATABASE_ISSUE", {"database"}}, {"OTHER", {"other"}}},
       "small.yaml",
       1}};
  return rules::RuleSet::compile(source);
}

std::shared_ptr<learn::Model const> model_of(std::string bytes) {
  auto const keep = std::make_shared<std::string>(std::move(bytes));
  return learn::Model::open(*keep, keep, "model");
}

desk::Options with_model(DeskFixture& f, std::shared_ptr<learn::Model const> model) {
  auto options = f.options("desk.db");
  options.load_classifier = [model] { return model; };
  return options;
}

void refuse_writable_by_all(int descriptor, std::string const& path) {
  struct stat status {};
  fstat(descriptor, &status);
  if ((status.st_mode & S_IWOTH) != 0) throw base::Error(base::errors::file_untrusted, {{"file", path}});
}

/// None of these words is one of a rule's.
constexpr char const* kTopics[] = {"printer paper toner", "badge door access"};
constexpr char const* kCategories[] = {"hardware", "building"};

/// Tickets of two topics, each with the category that a person gave it; from number `from` on.
void file_taught(desk::Desk& desk, int from, int count, bool swapped = false) {
  for (int i = from; i < from + count; ++i) {
    desk::NewTicket wanted;
    wanted.title = std::string(kTopics[i % 2]) + " " + std::to_string(i);
    wanted.category = kCategories[(i % 2) ^ (swapped ? 1 : 0)];
    desk.tickets().create(wanted, {});
  }
}

desk::NewTicket about(std::string text) {
  desk::NewTicket wanted;
  wanted.title = std::move(text);
  return wanted;
}

}  // namespace

TEST_CASE("caller, rules, model, default: in this order, and the record says who spoke") {
  DeskFixture f;
  desk::Desk desk(with_model(f, model_of(learned())));
  auto const by_model = desk.tickets().create(about("printer toner paper"), {}).ticket;
  auto const* decision = by_model.classification.find("category");
  REQUIRE(decision);
  CHECK(by_model.category == "hardware");
  CHECK(decision->origin == "model");
  CHECK(decision->probability > 0.5);
  CHECK(by_model.classification.model_version.size() == 16);
  // Priority only suggests: the default holds, and the model's word stands beside it.
  CHECK(by_model.priority == model::Priority::low);
  CHECK(by_model.classification.find("priority")->origin == "default");
  CHECK(by_model.classification.find("priority")->doubt == "suggest-only");
  CHECK(by_model.assignee_id.empty());
  CHECK(by_model.classification.find("assignee_id")->model == "a");

  auto const by_rule = desk.tickets().create(about("vpn printer toner paper"), {}).ticket;
  CHECK(by_rule.category == "network-access");
  CHECK(by_rule.classification.find("category")->origin == "rule");
  CHECK(by_rule.classification.find("category")->model == "hardware");

  auto wanted = about("printer toner paper");
  wanted.category = "mine";
  auto const by_caller = desk.tickets().create(wanted, {}).ticket;
  CHECK(by_caller.category == "mine");
  CHECK(by_caller.classification.find("category")->origin == "caller");
  CHECK(by_caller.classification.find("category")->model == "hardware");

  auto const by_nobody = desk.tickets().create(about("食堂菜单"), {}).ticket;
  CHECK(by_nobody.category.empty());
  CHECK(by_nobody.classification.find("category")->doubt == "unfamiliar-text");

  // As it was stored, with the words that it stands on.
  auto const shown = desk.tickets().show("T-1").ticket;
  decision = shown.classification.find("category");
  REQUIRE(decision);
  CHECK(decision->origin == "model");
  CHECK(decision->value == "hardware");
  CHECK(decision->probability == Approx(by_model.classification.find("category")->probability));
  CHECK_FALSE(decision->words.empty());
  CHECK(shown.classification.model_version == by_model.classification.model_version);
  CHECK(f.flaws() == 0);
}

TEST_CASE("an attribute can be learned: the team that rules set there") {
  DeskFixture f;
  desk::Desk desk(with_model(f, model_of(learned({"attributes.team"}))));
  auto const by_model = desk.tickets().create(about("printer toner paper"), {}).ticket;
  CHECK(model::carried_value(by_model, "attributes.team") == "hardware");
  CHECK(by_model.classification.find("attributes.team")->origin == "model");
  auto const by_rule = desk.tickets().create(about("vpn printer toner paper"), {}).ticket;
  CHECK(model::carried_value(by_rule, "attributes.team") == "net");
  CHECK(by_rule.classification.find("attributes.team")->model == "hardware");
  auto wanted = about("printer toner paper");
  wanted.attributes = {{"team", "ours"}};
  auto const by_caller = desk.tickets().create(wanted, {}).ticket;
  CHECK(model::carried_value(by_caller, "attributes.team") == "ours");
  CHECK(by_caller.classification.find("attributes.team")->origin == "caller");
  auto const texts = desk.classifier().learn_from({"attributes.team"});
  CHECK(texts.names == std::vector<std::string>{"T-000003"});
  CHECK(f.flaws() == 0);
}

TEST_CASE("an assignee whom the caller named teaches, also beside a model") {
  DeskFixture f;
  desk::Desk desk(with_model(f, model_of(learned())));
  auto wanted = about("printer toner paper");
  wanted.assignee_id = "wang.fang";
  CHECK(desk.tickets().create(wanted, {}).ticket.classification.find("assignee_id")->origin == "caller");
  CHECK(desk.classifier().learn_from({"assignee_id"}).lessons[0].labels == std::vector<std::string>{"wang.fang"});
}

TEST_CASE("only what people said teaches") {
  DeskFixture f;
  desk::Desk desk(with_model(f, model_of(learned())));
  auto const category = model::ticket_type().require("category");
  desk.tickets().create(about("printer toner paper"), {});  // by the model
  desk.tickets().create(about("vpn"), {});                  // by a rule
  auto wanted = about("said by its caller");
  wanted.category = "mine";
  desk.tickets().create(wanted, {});
  desk.tickets().create(about("vpn corrected"), {});
  desk.tickets().update({"T-4"}, {{category, "other"}}, {}, desk::Batch::atomic);
  auto const texts = desk.classifier().learn_from({"category"}, {});
  REQUIRE(texts.names == std::vector<std::string>{"T-000003", "T-000004"});
  CHECK(texts.lessons[0].labels == std::vector<std::string>{"mine", "other"});
  auto const weeks = desk.classifier().drift({});
  REQUIRE(weeks.size() == 3);  // a week, three targets
  CHECK(weeks[0].week == "2026-W48");
  auto const by_rules = desk.classifier().by_rules(texts, "category");
  CHECK(by_rules == std::vector<std::string>{"", "network-access"});
}

TEST_CASE("an incident of unknown type gets the model's, and its category follows") {
  DeskFixture f;
  auto options = with_model(f, model_of(learned_incidents()));
  options.load_incident_rules = incident_rules;
  desk::Desk desk(std::move(options));
  auto const filed = [&](std::string title, std::vector<std::pair<char const*, base::Value>> fields = {}) {
    desk::NewIncident wanted;
    wanted.sets.emplace_back(model::incident_type().require("title"), std::move(title));
    for (auto& [name, value] : fields) wanted.sets.emplace_back(model::incident_type().require(name), std::move(value));
    return desk.incidents().create(wanted, {}).incident;
  };
  auto const origin = [](model::Incident const& incident, char const* field) {
    auto const* const decision = incident.classification.find(field);
    return decision ? decision->origin : std::string("none");
  };
  auto const by_model = filed("replica lag on the orders shard");
  CHECK(by_model.type == model::IncidentType::database_issue);
  CHECK(by_model.category == "database");
  CHECK(origin(by_model, "type") == "model");
  CHECK(by_model.classification.model_version.size() == 16);
  auto const by_rule = filed("login: replica lag on the orders shard");
  CHECK(by_rule.type == model::IncidentType::authentication_failure);
  CHECK(by_rule.category == "authentication");
  CHECK(origin(by_rule, "type") == "rule");
  CHECK(by_rule.classification.find("type")->model == "DATABASE_ISSUE");
  auto const by_caller = filed("replica lag on the orders shard", {{"type", "OTHER"}});
  CHECK(by_caller.type == model::IncidentType::other);
  CHECK(origin(by_caller, "type") == "caller");
  auto const by_nobody = filed("食堂菜单");
  CHECK(by_nobody.type == model::IncidentType::other);
  CHECK(by_nobody.category == "other");
  CHECK(by_nobody.classification.find("type")->doubt == "unfamiliar-text");
  auto const shown = desk.incidents().show("INC-1").incident;
  CHECK(origin(shown, "type") == "model");
  CHECK_FALSE(shown.classification.find("type")->words.empty());
  // What a person says of them teaches; what is learned of tickets is another matter.
  auto const texts = desk.classifier().learn_from({"category", "incident.type"});
  REQUIRE(texts.names == std::vector<std::string>{"INC-000003"});
  CHECK(texts.lessons[0].labels == std::vector<std::string>{""});
  CHECK(texts.lessons[1].labels == std::vector<std::string>{"OTHER"});
  auto const weeks = desk.classifier().drift();
  REQUIRE(weeks.size() == 1);
  CHECK(weeks[0].target == "incident.type");
  CHECK(weeks[0].judged == 4);
  CHECK(weeks[0].corrected == 1);
  CHECK(f.flaws() == 0);
}

TEST_CASE("tick trains the model anew when people have said enough more, and keeps the better one") {
  DeskFixture f;
  desk::ModelFile const file(f.folder.file("model"), nullptr);
  auto const day = base::Milliseconds(24LL * 3600 * 1000);
  auto const tick = [&] {
    std::vector<desk::TickItem> items;
    desk::TickOptions options;
    options.classifier = &file;
    options.retrain_after = day;
    f.desk.tick().run(options, [&](auto const& item) {
      if (item.job == "train") items.push_back(item);
    });
    return items;
  };
  file_taught(f.desk, 0, 60);
  CHECK(tick().empty());  // nobody has ever trained one
  CHECK(file.open() == nullptr);
  {
    desk::ModelFile::Lock const lock(file);
    file.install(*desk::train_model(f.desk.classifier().learn_from({"category"}), nullptr, "model", 1).bytes);
    lock.note_look(f.clock.now());
  }
  auto const first = file.open()->version();
  file_taught(f.desk, 60, 99);
  CHECK(tick().empty());  // looked at a moment ago
  f.clock.go(day);
  CHECK(tick().empty());  // one too few
  file_taught(f.desk, 159, 1);
  CHECK(tick().empty());  // looked at a moment ago
  f.clock.go(day);
  {
    desk::ModelFile::Lock const busy(file);
    CHECK(tick().empty());
  }
  auto const trained = tick();
  REQUIRE(trained.size() == 1);
  CHECK_FALSE(trained[0].failed);
  CHECK(trained[0].what == "category");
  CHECK(file.open()->documents() == 160);
  CHECK(file.previous()->version() == first);
  CHECK(file.open()->manner(0).threshold == file.previous()->manner(0).threshold);
  CHECK(tick().empty());
  // What people now say is the reverse: the new model, half of it of the old mind, is not better. It is told.
  auto const second = file.open()->version();
  for (int i = 0; i < 160; ++i) {
    desk::NewTicket wanted;
    wanted.title = (i < 150 ? std::string(i % 2 ? "blue " : "red ") : std::string(kTopics[i % 2])) + std::to_string(i);
    wanted.category = kCategories[i % 2];
    desk::Desk(with_model(f, nullptr)).tickets().create(wanted, {});
  }
  f.clock.go(day);
  REQUIRE(tick().size() == 1);
  CHECK(file.open()->version() != second);
  // A model that judges something else is not ours to replace.
  file.install(learned({"topic"}));
  auto const foreign = file.open()->version();
  f.clock.go(day);
  CHECK(tick().empty());
  CHECK(file.open()->version() == foreign);
}

TEST_CASE("a damaged model files tickets all the same") {
  DeskFixture f;
  auto bytes = learned({"category"});
  for (std::size_t i = bytes.size() / 2; i < bytes.size(); i += 3) bytes[i] = static_cast<char>(bytes[i] ^ 1);
  desk::Desk desk(with_model(f, model_of(bytes)));
  auto const filed = desk.tickets().create(about("printer toner paper"), {});
  CHECK(filed.ticket.category.empty());
  REQUIRE(filed.warnings.size() == 1);
  CHECK(filed.warnings[0].find("damaged") != std::string::npos);
}

TEST_CASE("a model takes the place of another, and comes back") {
  tests::Folder folder;
  desk::ModelFile const file(folder.file("model"), refuse_writable_by_all);
  CHECK(file.open() == nullptr);
  CHECK(code_of([&] { file.roll_back(); }) == "classifier.none");
  file.install(learned({"category"}));
  auto const first = file.open();
  file.install(learned({"priority"}));
  auto const second = file.open();
  CHECK(second->version() != first->version());
  CHECK(file.previous()->version() == first->version());
  first->verify();  // who has it mapped keeps it
  file.roll_back();
  CHECK(file.open()->version() == first->version());
  CHECK(file.previous()->version() == second->version());
  CHECK(code_of([&] { file.install("nothing"); }) == "classifier.unfit");
  CHECK(file.open()->version() == first->version());
  desk::ModelFile::Lock const lock(file);
  CHECK(code_of([&] { desk::ModelFile::Lock const other(file); }) == "classifier.busy");
  chmod(file.path().c_str(), 0666);
  CHECK(code_of([&] { file.open(); }) == "file.untrusted");
  CHECK(desk::ModelFile(file.path(), nullptr).open()->version() == first->version());
}

TEST_CASE("rules over the past see what was there, and are held against what people set") {
  DeskFixture f;
  auto const category = model::ticket_type().require("category");
  for (int i = 0; i < 6; ++i) f.file("vpn badge lost");
  f.file("nothing of it");
  for (int i = 1; i <= 5; ++i)
    f.tickets().update({"T-" + std::to_string(i)}, {{category, "building"}}, {}, desk::Batch::atomic);
  rules::RuleSource source;
  rules::Rule badge;
  badge.id = "badge";
  badge.test.kind = rules::Test::Kind::keywords;
  badge.test.words = {"badge"};
  badge.sets = {{"category", "building"}};
  source.rules = {badge};
  auto const replay =
      f.desk.replay().compare(tests::small_rules(), rules::RuleSet::compile(source), rules::ticket_target(), {}, 2);
  CHECK(replay.records == 7);
  auto const found = std::find_if(replay.fields.begin(), replay.fields.end(),
                                  [](auto const& field) { return field.field == "category"; });
  REQUIRE(found != replay.fields.end());
  CHECK(found->changed == 6);
  CHECK(found->judged == 5);
  CHECK(found->right_before == 0);
  CHECK(found->right_after == 5);
  CHECK(found->moves.at({"network-access", "building"}) == 6);
  auto const proposed = f.desk.replay().propose(tests::small_rules(), {}, 0.9, 3);
  REQUIRE(proposed.size() == 1);
  CHECK(proposed[0].value == "building");
  CHECK(proposed[0].corrected == 5);
}
