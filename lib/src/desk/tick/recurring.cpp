// SPDX-License-Identifier: Apache-2.0
// Tickets that are filed again and again.
#include "umsops/prepared/recurring.hpp"

#include <algorithm>
#include <map>

#include "desk/batch.hpp"
#include "desk/tick/job.hpp"
#include "desk/tick/noted.hpp"
#include "desk/ticket_create.hpp"
#include "store/tickets.hpp"

namespace umsops::desk::tick {
namespace {

using base::TimePoint;
using prepared::Occurrence;
using prepared::Recurring;

/// In `store_info`: up to when each was filed. Its key alone keeps an occurrence from being filed twice; this tells
/// what was missed, and that something new begins now and not a week ago.
constexpr std::string_view kSeen = "recurring";
constexpr std::chrono::days kWindow{7};  ///< what was missed longer ago is told, and not filed
constexpr std::size_t kMostFiled = 200, kMostMissed = 1000;
constexpr std::chrono::minutes kLate{2};

using Seen = std::map<std::string, TimePoint>;

Seen read_seen(store::Connection& db) {
  std::string const text = store::stored_info(db, kSeen);
  if (text.empty()) return {};
  return read_noted(kSeen, text, [](base::Value const& noted) {
    Seen out;
    auto const* const members = noted.get_if<base::Value::Object>();
    if (!members) refuse_member(std::string(kSeen), "not an object");
    for (auto const& [name, at] : *members) out[name] = TimePoint{base::Milliseconds{integer_of(noted, name, 0)}};
    return out;
  });
}

void write_seen(store::WriteTx& tx, Seen const& seen) {
  base::Value::Object out;
  for (auto const& [name, at] : seen) out.emplace_back(name, std::int64_t{at.time_since_epoch().count()});
  store::set_info(tx, kSeen, base::to_json(std::move(out)));
}

/// Up to when it was filed. What was never seen begins with its `from`, or now.
TimePoint seen_of(Seen const& seen, Recurring const& one, TimePoint now) {
  if (auto const found = seen.find(one.name); found != seen.end()) return std::min(found->second, now);
  return one.from ? now - kWindow : now;
}

NewTicket wanted_of(Recurring const& recurring, Occurrence const& occurrence) {
  auto made = prepared::ticket_of(recurring, occurrence);
  NewTicket wanted;
  wanted.key = prepared::key_of(recurring, occurrence);
  wanted.title = std::move(made.words.title);
  wanted.description = std::move(made.words.description);
  wanted.attributes = std::move(made.words.attributes);
  wanted.tags = std::move(made.words.tags);
  wanted.requester_id = made.form.requester;
  auto const put = [](std::optional<std::string>& into, std::string const& value) {
    if (!value.empty()) into = value;
  };
  put(wanted.category, made.form.category);
  put(wanted.subcategory, made.form.subcategory);
  put(wanted.service, made.form.service);
  put(wanted.team, made.form.team);
  put(wanted.assignee_id, made.form.assignee);
  wanted.priority = made.form.priority;
  if (made.form.approval)
    wanted.approval = AskApproval{made.form.approval->of, made.form.approval->deputy, {}, made.form.approval->within};
  return wanted;
}

class Filing {
 public:
  Filing(Run& run, Recurring const& recurring) : run_(run), desk_(run.desk), recurring_(recurring) {}

  void work() {
    auto const now = desk_.now();
    auto const until = run_.options.dry_run ? std::max(now, run_.options.until.value_or(now)) : now;
    auto const seen = seen_of(read_seen(desk_.writing().connection()), recurring_, now);
    auto const begin = std::max(seen, TimePoint(now - kWindow));
    auto const due = prepared::occurrences(recurring_, begin, until, kMostFiled);
    auto const missed = prepared::occurrences(recurring_, seen, begin, kMostMissed);
    bool const fresh = !read_seen(desk_.writing().connection()).contains(recurring_.name);
    if (due.empty() && missed.empty() && !fresh) return;
    auto const items = desk_.write([&](store::WriteTx& tx) {
      tx.take_turn();  // at once: a tick that runs at the same time waits, and then finds it done
      if (run_.options.dry_run) tx.discard();
      std::vector<TickItem> done;
      if (!missed.empty()) done.push_back(told_missed(missed));
      for (auto const& occurrence : due) {
        desk_.check_interrupted();
        if (auto item = file(tx, occurrence)) done.push_back(*std::move(item));
      }
      auto all = read_seen(tx.connection());
      all[recurring_.name] = due.empty() ? now : std::max(begin, due.back().files_at);
      write_seen(tx, all);
      return done;
    });
    for (auto const& item : items) run_.report(item);
  }

 private:
  TickItem told_missed(std::vector<Occurrence> const& missed) const {
    TickItem item{"recurring", {}, recurring_.name, missed.front().files_at, desk_.now(), true, {}, {}};
    item.outcome = std::to_string(missed.size()) + " missed until " + prepared::date_text(missed.back().date) +
                   ", not filed any more";
    return item;
  }

  /// nullopt: it is there.
  std::optional<TickItem> file(store::WriteTx& tx, Occurrence const& occurrence) {
    auto const wanted = wanted_of(recurring_, occurrence);
    CreateOptions options;
    options.dry_run = run_.options.dry_run;
    options.confirm = false;  // nobody has asked for it
    options.reason = "recurring " + recurring_.name + ", due " + base::format_rfc3339(occurrence.due_at);
    Beside beside;
    // Its file says something else than when it was filed: that is no second ticket.
    beside.other_content = [](store::WriteTx&, model::Ticket stored) { return stored; };
    auto const draft = drafted(desk_, wanted);
    auto const filed = file_ticket(desk_, tx, wanted, options, draft, beside);
    if (filed.result != Result::created) return std::nullopt;
    auto const now = desk_.now();
    TickItem item{"recurring",
                  filed.ticket.ticket_number,
                  recurring_.name,
                  occurrence.files_at,
                  std::max(now, occurrence.files_at),
                  now - occurrence.files_at > kLate,
                  filed.ticket.title,
                  {}};
    return item;
  }

  Run& run_;
  OpenDesk& desk_;
  Recurring const& recurring_;
};

}  // namespace

void file_recurring(Run& run) {
  if (!run.options.load_recurring) return;
  std::vector<Recurring> all;
  try {
    all = run.options.load_recurring();
  } catch (base::Error const& error) {
    // A file that is wrong is told, and holds up nothing else that is due.
    if (error.kind() != base::ErrorKind::configuration) throw;
    return run.report({"recurring", {}, {}, run.desk.now(), run.desk.now(), false, {}, error});
  }
  for (auto const& one : all) {
    run.desk.check_interrupted();
    try {
      Filing(run, one).work();
    } catch (base::Error const& error) {
      if (!concerns_one_item(error)) throw;
      // One that cannot be filed does not hold up the others.
      run.report({"recurring", {}, one.name, run.desk.now(), run.desk.now(), false, {}, error});
    }
  }
}

}  // namespace umsops::desk::tick
