// SPDX-License-Identifier: Apache-2.0
#include "umsops/notify/contact.hpp"

#include <algorithm>

#include "umsops/base/text.hpp"
#include "umsops/notify/letter.hpp"

namespace umsops::notify {
namespace {

/// Finds out whom a name means.
class Reaching {
 public:
  Reaching(Setup const& setup, people::Roster const* roster, base::TimePoint now)
      : setup_(setup), roster_(roster), now_(now) {}

  void reach(std::string_view name, bool within_audience) {
    auto const colon = name.find(':');
    if (colon == std::string_view::npos) return person(name);
    auto const prefix = name.substr(0, colon), rest = name.substr(colon + 1);
    if (prefix == "team") return team(rest);
    if (prefix == "oncall") return on_call(rest);
    if (prefix == "channel") return room(rest);
    if (prefix == "audience" && !within_audience) return audience(rest);
    problem(std::string(name) + " names nobody");
  }

  Reached take() { return std::move(out_); }

 private:
  void problem(std::string text) { out_.problems.push_back(std::move(text)); }
  void add(Contact contact) {
    auto const same = [&](Contact const& other) {
      return other.channel == contact.channel && base::same_person(other.address, contact.address) &&
             other.person == contact.person;
    };
    if (std::none_of(out_.contacts.begin(), out_.contacts.end(), same)) out_.contacts.push_back(std::move(contact));
  }

  Channel const* first_mail(std::vector<std::string> const& order) const {
    for (auto const& name : order) {
      auto const* const channel = setup_.channel(name);
      if (channel && channel->is_mail()) return channel;
    }
    return nullptr;
  }

  /// Whom the roster does not know: an address, or an account of the desk's own domain.
  void stranger(std::string_view name) {
    std::string address(name);
    if (address.find('@') == std::string::npos && !setup_.mail_domain.empty()) address += "@" + setup_.mail_domain;
    auto const* const mail = first_mail(setup_.usual);
    if (!is_address(address)) return problem(std::string(name) + " has no address");
    if (!mail) return problem("no channel of mail is among the usual ones");
    add({std::string(name), mail->name, std::move(address), setup_.language});
  }

  void person(std::string_view name) {
    people::Person const* found = roster_ ? roster_->person(name) : nullptr;
    if (!found && roster_) {
      for (auto const& one : roster_->people)
        if (!one.email.empty() && base::same_person(one.email, name)) found = &one;
    }
    if (!found) return stranger(name);
    auto const& order = found->contact.channels.empty() ? setup_.usual : found->contact.channels;
    for (auto const& channel_name : order) {
      auto const* const channel = setup_.channel(channel_name);
      if (!channel) continue;
      auto contact = at(*found, *channel);
      if (contact) return add(*std::move(contact));
    }
    problem(found->name + " has no address in any channel");
  }

  /// Nullopt: the person cannot be reached by it.
  std::optional<Contact> at(people::Person const& person, Channel const& channel) const {
    auto const& own = person.contact.addresses;
    auto const named = std::find_if(own.begin(), own.end(), [&](auto const& one) { return one.first == channel.name; });
    std::string address = named != own.end() ? named->second : channel.is_mail() ? person.email : std::string();
    if (channel.is_mail() && !is_address(address)) return std::nullopt;
    auto const language = person.contact.language.empty()      ? setup_.language
                          : person.contact.language == "zh_CN" ? base::Language::zh
                                                               : base::Language::en;
    return Contact{person.name, channel.name, std::move(address), language};
  }

  void team(std::string_view name) {
    auto const* const found = roster_ ? roster_->team(name) : nullptr;
    if (!found) return problem("there is no team " + std::string(name));
    for (auto const& member : found->members) person(member);
  }

  void on_call(std::string_view name) {
    auto const* const found = roster_ ? roster_->schedule(name) : nullptr;
    if (!found) return problem("there is no schedule " + std::string(name));
    auto const shift = people::who(*found, now_);
    if (!shift) return problem("nobody is on call in " + std::string(name));
    person(shift->person);
  }

  void room(std::string_view name) {
    auto const* const channel = setup_.channel(name);
    if (!channel) return problem("there is no channel " + std::string(name));
    if (channel->is_mail()) return problem("channel " + std::string(name) + " is mail: name an address");
    add({"", channel->name, "", setup_.language});
  }

  void audience(std::string_view name) {
    auto const* const found = setup_.audience(name);
    if (!found) return problem("there is no audience " + std::string(name));
    if (found->to.empty()) problem("nobody is in audience " + std::string(name));
    for (auto const& member : found->to) reach(member, true);
  }

  Setup const& setup_;
  people::Roster const* roster_;
  base::TimePoint now_;
  Reached out_;
};

}  // namespace

Reached reach(Setup const& setup, people::Roster const* roster, std::string_view recipient, base::TimePoint now) {
  Reaching reaching(setup, roster, now);
  reaching.reach(recipient, false);
  return reaching.take();
}

std::optional<base::TimePoint> quiet_until(people::Person const& person, base::TimePoint now) {
  auto const civil = person.zone.to_civil(now);
  int const minute = civil.hour * 60 + civil.minute;
  for (auto const& window : person.contact.quiet) {
    bool const over_midnight = window.end <= window.begin;
    bool const inside =
        over_midnight ? minute >= window.begin || minute < window.end : minute >= window.begin && minute < window.end;
    if (!inside) continue;
    base::CivilTime end = civil;
    end.hour = window.end / 60;
    end.minute = window.end % 60;
    end.second = 0;
    if (over_midnight && minute >= window.begin) {
      // The day after, whatever month that is in: noon of today is never more than a day and a half before it.
      auto const next = person.zone.to_civil(person.zone.first_at({civil.year, civil.month, civil.day, 12, 0, 0}) +
                                             std::chrono::hours(24));
      end.year = next.year;
      end.month = next.month;
      end.day = next.day;
    }
    return person.zone.first_at(end);
  }
  return std::nullopt;
}

}  // namespace umsops::notify
