// SPDX-License-Identifier: Apache-2.0
#include "cli/incident/alerts.hpp"

#include <unistd.h>

#include <algorithm>

#include "cli/completion/candidates.hpp"
#include "cli/files.hpp"
#include "cli/incident/bodies.hpp"
#include "cli/mail_helper.hpp"
#include "umsops/config/sender_files.hpp"

namespace umsops::cli::incident {

namespace {

using base::Error;
using base::Value;
using Take = std::function<void(Place const&, alert::Item const&)>;

constexpr std::string_view kAuto = "auto", kMail = "mail";

/// What sender files of mails look at.
Value mail_value(mail::Message const& message) {
  Value::Object out{{"subject", message.subject},
                    {"from", message.from ? message.from->address : std::string()},
                    {"from_name", message.from ? message.from->name : std::string()},
                    {"to", message.to.empty() ? std::string() : message.to.front().address},
                    {"date", message.date ? Value(base::format_rfc3339(*message.date)) : Value()},
                    {"message_id", message.message_id},
                    {"list_id", message.list_id},
                    {"auto_submitted", message.auto_submitted},
                    {"body", message.body}};
  return out;
}

alert::Item refused(Error const& error) {
  alert::Item item;
  item.reason = error.code().code;
  item.error = error;
  return item;
}

/// An error says where in its body; people want to know where in the file.
Error placed(Error error, Place const& place) {
  auto const line = error.spot().line > 0 ? place.line + error.spot().line - 1 : place.line;
  return error.at({place.file, line, error.spot().column});
}

/// Reads one input.
class Input {
 public:
  Input(Env& env, alert::Reader const& reader, std::string format, Take const& take)
      : env_(env), reader_(reader), format_(std::move(format)), take_(take) {
    if (format_ != kAuto && format_ != kMail) name_ = reader_.require(format_).name;
  }

  void read(std::string const& file) {
    if (file == "-" && isatty(0) != 0) throw Error(base::errors::usage_stdin_terminal);
    Bodies bodies(open_source(file));
    if (is_mail(bodies)) return read_message(file, bodies);
    bool any = false;
    for (; auto body = bodies.next(); any = true) read_json({file, body->line}, *body);
    if (!any) {
      alert::Item item;
      item.outcome = alert::Outcome::ignore;
      item.reason = "empty";
      take_({file, 1}, item);
    }
  }

 private:
  bool is_mail(Bodies const& bodies) const {
    if (format_ == kMail) return true;
    if (!name_.empty()) return reader_.require(name_).input == alert::Input::mail;
    return bodies.is_mail();
  }

  void read_message(std::string const& file, Bodies& bodies) {
    Place const place{file, 1};
    try {
      auto bytes = bodies.rest(mail::kLargestMessage);
      if (!bytes) {
        throw Error(base::errors::input_too_large,
                    {{"what", "the message"}, {"limit", std::to_string(mail::kLargestMessage >> 20) + " MiB"}});
      }
      auto const message = cli::read_mail(std::move(*bytes), 0);
      hand_over(place, reader_.read(mail_value(message), alert::Input::mail, name_, env_.clock().now()));
    } catch (Error const& error) {
      if (error.kind() != base::ErrorKind::invalid_input) throw;
      take_(place, refused(placed(error, place)));
    }
  }

  void read_json(Place const& place, Body const& body) {
    try {
      if (body.too_large) throw Error(base::errors::input_too_large, {{"what", "one body"}, {"limit", "16 MiB"}});
      auto value = alert::read_body(body.text, place.file);
      hand_over(place, reader_.read(std::move(value), alert::Input::json, name_, env_.clock().now()));
    } catch (Error const& error) {
      if (error.kind() != base::ErrorKind::invalid_input) throw;
      take_(place, refused(placed(error, place)));
    }
  }

  void hand_over(Place const& place, alert::Reading const& reading) {
    for (auto const& item : reading.items) take_(place, item);
  }

  Env& env_;
  alert::Reader const& reader_;
  std::string format_, name_;
  Take const& take_;
};

}  // namespace

void sender_names(Candidates& out) {
  for (auto const name : config::builtin_senders()) out.add(name);
}

alert::Reader reader_of(Env& env, Call const& call) {
  auto files = call.all("sender");
  for (auto const& file : env.settings().list("senders")) files.push_back(file);
  // A name that stands for one sender needs no other: reading them all takes longer than most bodies do.
  auto const format = call.text("format").value_or(std::string(kAuto));
  bool const one = format != kAuto && format != kMail;
  auto senders = config::read_senders(files, one ? std::string_view(format) : std::string_view());
  bool const known = std::any_of(senders.begin(), senders.end(), [&](auto const& s) { return s.name == format; });
  // An unknown one is best answered with the name that is nearest.
  return alert::Reader(one && !known ? config::read_senders(files) : std::move(senders));
}

void each_item(Env& env, Call const& call, alert::Reader const& reader, Take const& take) {
  Input input(env, reader, call.text("format").value_or(std::string(kAuto)), take);
  if (call.words.empty()) return input.read("-");
  for (auto const& file : call.words) input.read(file);
}

}  // namespace umsops::cli::incident
