// SPDX-License-Identifier: Apache-2.0
// `incident respond`: the six phases of the response.
#include <poll.h>

#include <algorithm>
#include <chrono>

#include "cli/configured.hpp"
#include "cli/incident/incident.hpp"
#include "cli/outcome.hpp"
#include "cli/runbook/actions.hpp"
#include "cli/runbook/runbooks.hpp"
#include "cli/runbook/runner.hpp"
#include "cli/signals.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/number.hpp"
#include "umsops/base/text.hpp"
#include "umsops/desk/response_desk.hpp"
#include "umsops/desk/review_desk.hpp"
#include "umsops/format/output.hpp"

namespace umsops::cli {

namespace {

using base::Value;
using desk::CheckEvidence;
using desk::Phase;
using desk::PhaseState;
using desk::Response;

constexpr std::string_view kSchema = "umsops.incident.respond/v1";
constexpr std::int64_t kKept = 4096;
constexpr int kSpell = 50;

Value texts(std::vector<std::string> const& words) { return Value::List(words.begin(), words.end()); }

/// Where people talk about an incident: of a JSON object its `url` or `address`, else the first line.
std::string channel_address(std::string const& output) {
  if (!output.starts_with('{'))
    return std::string(base::trimmed(std::string_view(output).substr(0, output.find('\n'))));
  auto const answer = base::parse_json(output, "channel_url");
  for (char const* const name : {"url", "address"}) {
    auto const* const member = answer.find(name);
    bool const is_text = member && member->get_if<std::string>();
    if (is_text && !base::text_fault(member->text(), base::TextShape::line, kKept)) return std::string(member->text());
  }
  return {};
}

Value phase_value(desk::PhaseStanding const& one) {
  return Value::Object{{"phase", to_string(one.phase)},
                       {"state", to_string(one.state)},
                       {"at", one.at ? Value(*one.at) : Value()},
                       {"by", base::text_or_null(one.by)},
                       {"reason", base::text_or_null(one.reason)},
                       {"missing", texts(one.missing)}};
}

std::string phase_line(Env& env, desk::PhaseStanding const& one) {
  std::string out(to_string(one.phase));
  out.append(10 - std::min<std::size_t>(10, out.size()), ' ').append(to_string(one.state));
  if (one.at) out += "  " + env.zone().format(*one.at) + "  " + one.by;
  if (!one.reason.empty()) out += "  (" + one.reason + ")";
  if (one.state == PhaseState::current)
    for (auto const& missing : one.missing) out += "\n          - " + missing;
  return out;
}

void write(Env& env, Response const& response) {
  auto const style = env.style("incident_number");
  if (style.format == format::Format::id) {
    env.out().write(response.incident.incident_number + "\n");
  } else if (env.human()) {
    std::string text = response.incident.incident_number + "  " + std::string(to_string(response.incident.status)) +
                       "  " + response.incident.title + "\n";
    for (auto const& one : response.phases) text += phase_line(env, one) + "\n";
    env.out().write(base::terminal_text(text, base::TextShape::block));
  } else {
    Value::List phases;
    for (auto const& one : response.phases) phases.push_back(phase_value(one));
    format::write_document(env.out(), style,
                           Value::Object{{"schema", kSchema},
                                         {"incident_number", response.incident.incident_number},
                                         {"title", response.incident.title},
                                         {"status", to_string(response.incident.status)},
                                         {"current", response.current ? Value(to_string(*response.current)) : Value()},
                                         {"phases", std::move(phases)}});
  }
  env.out().flush();
}

/// One check of a service, as an action of a runbook is.
struct NamedCheck {
  std::string name;
  bool access = false;
  runbook::Action action;
};

runbook::Action action_of(service::Check const& check) {
  runbook::Action out;
  out.command = check.command;
  if (check.kind == service::Check::Kind::http) out.http = runbook::Http{"GET", check.url, "", {}, {check.expect}};
  out.timeout = check.timeout;
  return out;
}

std::vector<NamedCheck> checks_of(Env& env, model::Incident const& incident) {
  std::vector<NamedCheck> out;
  auto const catalogue = configured_services(env);
  if (!catalogue) return out;
  for (auto const& name : incident.affected_services) {
    auto const found = catalogue->find(name);
    if (!found) continue;
    auto const& one = catalogue->at(*found);
    for (auto const& check : one.checks) out.push_back({one.name + "/" + check.name, false, action_of(check)});
    for (auto const& check : one.access_checks) out.push_back({one.name + "/" + check.name, true, action_of(check)});
  }
  return out;
}

/// Performs a phase: what can be done by a program. What is missing afterwards the phase itself tells.
class Performer {
 public:
  Performer(Env& env, Call const& call, std::string id) : env_(env), call_(call), id_(std::move(id)) {}

  void perform(Response const& response) {
    switch (*response.current) {
      case Phase::assess:
        return assess();
      case Phase::notify:
        return env_.desk().responses().notify(id_);
      case Phase::activate:
        return activate(response);
      case Phase::handle:
        return handle(response);
      case Phase::verify:
        return verify(response.incident);
      case Phase::review:
        return review(response.incident);
    }
  }

 private:
  void assess() { raise(env_.desk().incidents().assess({id_}, {}, desk::Batch::atomic)); }

  void activate(Response const& response) {
    if (response.incident.assigned_to.empty()) env_.desk().responses().call_out(id_);
    open_channel();
    auto const catalogue = configured_services(env_);
    for (auto const& name : response.incident.affected_services) {
      auto const found = catalogue ? catalogue->find(name) : std::nullopt;
      if (!found || catalogue->at(*found).tier != 1 || catalogue->at(*found).failover.empty()) continue;
      run(runbooks::require(configured(), catalogue->at(*found).failover), std::nullopt);
    }
  }

  /// A place where people talk about it is opened once, and its address kept.
  void open_channel() {
    auto const [setting, action] = channel_opener();
    if (setting == nullptr) return;
    for (auto const& entry : env_.desk().incidents().show(id_).timeline)
      if (entry.data.find("channel") != nullptr) return;
    auto environment = runbooks::allowed_environment(env_);
    environment.push_back("UMSOPS_INCIDENT=" + id_);
    auto const result = runbooks::perform(action, environment, {}, "", kKept);
    signals::check();
    if (!result || !result->ok) {
      std::string const why = result && !result->note.empty() ? ": " + result->note : std::string();
      throw base::Error(base::errors::incident_phase,
                        {{"id", id_}, {"phase", "ACTIVATE"}, {"missing", std::string(setting) + " failed" + why}});
    }
    auto const address = channel_address(result->output);
    if (!address.empty()) env_.desk().responses().open_channel(id_, address);
  }

  /// By which setting, and how; null: by none.
  std::pair<char const*, runbook::Action> channel_opener() {
    runbook::Action action;
    action.command = env_.settings().list("channel_command");
    if (!action.command.empty()) return {"channel_command", action};
    auto const& url = env_.settings().text("channel_url");
    if (url.empty()) return {nullptr, action};
    auto const incident = env_.desk().incidents().show(id_).incident;
    auto const body = base::to_json(Value::Object{{"incident_number", incident.incident_number},
                                                  {"title", incident.title},
                                                  {"type", to_string(incident.type)},
                                                  {"severity", to_string(incident.severity)},
                                                  {"affected_services", texts(incident.affected_services)}});
    // Asked again after a crash, the other side can tell that it has opened it.
    action.http = runbook::Http{
        "POST", url, body, {{"Content-Type", "application/json"}, {"Idempotency-Key", incident.id}}, {200, 201, 202}};
    return {"channel_url", action};
  }

  void handle(Response const& response) {
    env_.desk().responses().start(id_);
    auto const& all = configured();
    auto const wanted = call_.text("runbook");
    auto const* const one =
        wanted ? &runbooks::require(all, *wanted) : runbooks::suited(all, to_string(response.incident.type));
    if (one) run(*one, response.earlier_until);
  }

  /// The last of its executions that still counts. What was rolled back has done nothing.
  std::optional<runbook::Execution> begun(runbook::Runbook const& one, std::optional<base::TimePoint> after) {
    std::optional<runbook::Execution> out;
    for (auto const& execution : env_.desk().runbooks().of_incident(id_)) {
      bool const undone = execution.state == runbook::State::cancelled || execution.failing;
      if (execution.runbook == one.id && !undone && (!after || execution.started_at > *after)) out = execution;
    }
    return out;
  }

  /// Runs it where that is asked for, unless it has been run; one that came to a halt is taken up where it did.
  void run(runbook::Runbook const& one, std::optional<base::TimePoint> after) {
    auto const before = begun(one, after);
    if (before && before->state == runbook::State::succeeded) return;
    if (before && call_.on("execute")) return runbooks::take_up(env_, *before);
    auto const prepared = runbooks::prepare(env_, one, id_, call_.pairs("with"));
    if (!call_.on("execute")) {
      env_.hint(std::string(env_.text({"--execute runs ", "加上 --execute 将执行 "})) + one.id);
      return;
    }
    auto const execution = runbooks::begin(env_, one, prepared, "");
    auto const end = runbooks::Runner(env_, one, execution, *execution.worker).run();
    runbooks::check_end(env_, one, end);
  }

  std::vector<runbook::Runbook> const& configured() {
    if (!configured_) configured_ = runbooks::configured(env_, call_);
    return *configured_;
  }

  /// All checks of the affected services, so often in a row and over so long.
  void verify(model::Incident const& incident) {
    auto const checks = checks_of(env_, incident);
    if (checks.empty() || !call_.on("execute")) return;
    auto const passes =
        std::max<std::int64_t>(1, call_.integer("passes").value_or(env_.settings().integer("verify_passes")));
    auto const span = call_.has("over") ? base::parse_duration(*call_.text("over")).value_or(base::Milliseconds{0})
                                        : env_.settings().duration("verify_time");
    auto const pause = passes > 1 ? span / (passes - 1) : base::Milliseconds{0};
    CheckEvidence service, access;
    access.access = true;
    service.from = access.from = env_.clock().now();
    for (auto const& one : checks) (one.access ? access : service).checks.push_back(one.name);
    for (std::int64_t pass = 1; pass <= passes; ++pass) {
      if (pass > 1) wait(pause);
      service.to = access.to = env_.clock().now();
      if (!passed(checks, service, access)) break;
      service.passes = access.passes = pass;
    }
    service.passed = service.passes == passes;
    access.passed = access.passes == passes;
    // What the other kind's failure cut short is evidence of nothing.
    std::vector<CheckEvidence> evidence;
    for (auto const& one : {service, access})
      if (!one.checks.empty() && (one.passed || !one.problem.empty())) evidence.push_back(one);
    env_.desk().responses().verify(id_, evidence);
  }

  bool passed(std::vector<NamedCheck> const& checks, CheckEvidence& service, CheckEvidence& access) {
    for (auto const& one : checks) {
      auto const result = runbooks::perform(one.action, runbooks::allowed_environment(env_), {}, "", kKept);
      signals::check();
      if (!result) return false;
      if (result->ok) continue;
      (one.access ? access : service).problem =
          one.name + ": " + (result->note.empty() ? "exit " + std::to_string(result->exit) : result->note);
    }
    return service.problem.empty() && access.problem.empty();
  }

  void wait(base::Milliseconds span) const {
    auto const end = std::chrono::steady_clock::now() + span;
    while (std::chrono::steady_clock::now() < end) {
      signals::check();
      poll(nullptr, 0, kSpell);
    }
  }

  void resolve(model::Incident const& incident) {
    if (!model::is_open(incident.status)) return;
    desk::IncidentResolve resolution;
    resolution.text = call_.text("resolution").value_or("");
    resolution.root_cause = call_.text("root-cause").value_or("");
    raise(env_.desk().incidents().resolve({id_}, resolution, {}, desk::Batch::atomic));
  }

  void review(model::Incident const& incident) {
    resolve(incident);
    if (incident.severity >= model::Priority::high) env_.desk().reviews().create(id_, {});
  }

  template <class Outcomes>
  static void raise(Outcomes const& outcomes) {
    for (auto const& outcome : outcomes)
      if (outcome.failed) throw *outcome.failed;
  }

  Env& env_;
  Call const& call_;
  std::string id_;
  std::optional<std::vector<runbook::Runbook>> configured_;
};

/// Performs the current phase and closes it.
Response advance(Env& env, Call const& call, Response const& response) {
  auto const& id = response.incident.incident_number;
  auto const phase = *response.current;
  bool const force = call.on("force");
  auto const& before = response.phases[static_cast<std::size_t>(phase)];
  // Somebody may be on it already, so that nothing is missing: a place to talk and the fail-over are due all the same.
  bool const due = !before.missing.empty() || phase == Phase::activate;
  if (!force && due) Performer(env, call, id).perform(response);
  auto after = env.desk().responses().close(id, phase, force, call.text("reason").value_or(""));
  env.out().told().stored(id + " " + std::string(to_string(phase)));
  return after;
}

int run_respond(Env& env, Call const& call) {
  call.exclude("next", "all");
  call.exclude("force", "all");
  if (call.on("force") && call.text("reason").value_or("").empty()) call.missing("--reason");
  (void)env.style("incident_number");
  auto response = env.desk().responses().look(call.words[0]);
  bool const acts = (call.on("next") || call.on("all") || call.on("force")) && !env.dry_run();
  try {
    while (acts && response.current) {
      response = advance(env, call, response);
      if (!call.on("all")) break;
    }
  } catch (base::Error const& error) {
    // Where it has come to is told all the same, before what stopped it.
    if (error.kind() != base::ErrorKind::conflict && error.kind() != base::ErrorKind::partial &&
        error.kind() != base::ErrorKind::condition)
      throw;
    write(env, env.desk().responses().look(call.words[0]));
    throw;
  }
  write(env, response);
  return 0;
}

constexpr Flag kFlags[] = {
    {.name = "next", .doc = {"perform the current phase, and close it", "执行当前阶段并将其结束"}},
    {.name = "all", .doc = {"go on as far as it may", "尽可能继续后续阶段"}},
    {.name = "execute",
     .doc = {"run runbooks and checks, too; without it they are only named", "同时执行手册和检查；不加则仅列出"}},
    {.name = "force",
     .doc = {"pass over what is missing in the current phase; needs --reason",
             "跳过当前阶段缺少的条件，须给出 --reason"}},
    flags::kReason,
    {.name = "runbook",
     .value = "RUNBOOK",
     .type = FlagType::text,
     .doc = {"this one in HANDLE", "HANDLE 阶段使用的手册"},
     .fallback = "the first for its type",
     .offer = runbooks::offer_runbooks},
    runbooks::kInput,
    runbooks::kFile,
    {.name = "passes",
     .value = "N",
     .type = FlagType::integer,
     .doc = {"how often in a row all checks must pass in VERIFY", "VERIFY 阶段全部检查须连续通过的次数"},
     .fallback = "verify_passes"},
    {.name = "over",
     .value = "SPAN",
     .type = FlagType::duration,
     .doc = {"and over how long", "以及持续时间"},
     .fallback = "verify_time"},
    {.name = "resolution",
     .letter = 'r',
     .value = "TEXT",
     .type = FlagType::text,
     .doc = {"what was done, in REVIEW", "REVIEW 阶段的解决方案"},
     .fallback = "that of the runbook"},
    incident::kRootCause,
};
constexpr Example kExamples[] = {
    {"umsops incident respond INC-1", {"where it stands, and what is missing", "当前阶段与缺少的条件"}},
    {"umsops incident respond INC-1 --next -o json | jq -r .current",
     {"one phase, for a program: which comes next", "执行一个阶段，供程序使用：下一阶段"}},
    {"umsops incident respond INC-1 --force --reason 'assessed on the phone'", {"pass over a phase", "跳过一个阶段"}},
};
constexpr int kExits[] = {3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

}  // namespace

constinit Command const kIncidentRespond{
    .path = "incident respond",
    .summary = {"lead an incident through the phases of the response", "按阶段响应事件"},
    .description =
        {"Says where the response stands in ASSESS, NOTIFY, ACTIVATE, HANDLE, VERIFY and REVIEW, and what keeps each "
         "phase "
         "from being over. What other commands have done counts.\n\n--next performs the current one: ASSESS as "
         "'incident "
         "assess'; NOTIFY tells the audiences; ACTIVATE calls those who are on call, opens a place to talk by "
         "channel_command or channel_url, and starts the "
         "fail-over "
         "runbooks of affected services of tier 1; HANDLE runs the runbook for its type, or goes on with it where it "
         "came to a halt; VERIFY runs checks and "
         "access_checks of the affected services, until all have passed so often in a row over so long, stores that as "
         "evidence, and makes it RECOVERED; REVIEW resolves it, with what the runbook states. Each leaves a record in "
         "the "
         "timeline. Runbooks and checks run only with --execute. A phase of which something is missing is refused with "
         "4; "
         "--force passes over it, with the reason in the timeline.",
         "说明事件处于 ASSESS、NOTIFY、ACTIVATE、HANDLE、VERIFY、REVIEW "
         "中的哪个阶段，以及各阶段尚缺什么；其他命令完成的操作同样有效。\n\n--next 执行当前阶段：ASSESS 相当于 "
         "incident assess；NOTIFY "
         "通知各对象；ACTIVATE 呼叫值班人员，通过 channel_command 或 channel_url "
         "开设沟通渠道，运行受影响的一级服务的故障切换手册；HANDLE "
         "执行该类型的手册，已中止的则从中止处继续；VERIFY 运行受影响服务的 checks 和 "
         "access_checks，在规定时间内连续通过规定次数后保存证据并变为 "
         "RECOVERED；REVIEW 以手册给出的解决方案解决事件。每个阶段在时间线上留下记录。手册和检查仅在加上 --execute "
         "时执行。条件不足时以 4 拒绝；--force 可跳过，原因写入时间线。"},
    .arguments = incident::kJustOne,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .changes = true,
    .run = run_respond,
};

}  // namespace umsops::cli
