// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "umsops/base/time.hpp"
#include "umsops/base/value.hpp"
#include "umsops/notify/channel.hpp"
#include "umsops/notify/templates.hpp"

namespace umsops::notify {

struct Enclosure {
  std::string file_name, media_type;
  std::string content;  ///< bytes
};

/// A message to one contact, ready to be put into the form of its channel.
struct Letter {
  std::string key;  ///< the same at every attempt: whoever gets it twice can tell
  std::string kind;
  std::string noun, number;  ///< of the record
  std::string person, address;
  Text text;
  base::Value facts;                ///< what the text was made of
  std::vector<std::string> others;  ///< keys of further messages that this one stands for
  std::string answers;              ///< Message-ID of the mail that it answers, without brackets
  base::TimePoint at{};             ///< of its cause
  std::vector<Enclosure> enclosures = {};
};

/// What a channel keeps secret, as its commands printed it.
struct Secrets {
  std::string url, secret, password, authorization;
};

/// What a sender is handed.
struct Parcel {
  std::string key;
  Channel const* channel = nullptr;
  std::string url;
  std::string from, to;  ///< of mail: the envelope
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string password;
};

/// The form that the letter has in its channel. `now` goes into signatures.
Parcel parcel_for(Channel const& channel, Secrets const& secrets, Letter const& letter, base::TimePoint now);

/// How the values of a letter are escaped for that channel.
Target target_of(Channel const& channel);

/// The whole mail, RFC 5322, with CR LF.
std::string mail_of(Channel const& channel, Letter const& letter);

/// The JSON of a webhook.
std::string webhook_body(Channel const& channel, Secrets const& secrets, Letter const& letter, base::TimePoint now);
/// Its URL with the signature that DingTalk wants.
std::string webhook_url(Channel const& channel, Secrets const& secrets, base::TimePoint now);
/// `{"schema": "umsops.message/v1", ...}`: what a generic webhook, a command and a file get.
base::Value message_of(Letter const& letter);

/// The address alone of `Service desk <desk@example.com>`.
std::string bare_address(std::string_view mailbox);
/// Whether mail may be sent there: one sound address, without anything that a server could read otherwise.
bool is_address(std::string_view address);

}  // namespace umsops::notify
