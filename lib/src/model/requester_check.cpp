// SPDX-License-Identifier: Apache-2.0
#include "model/record_check.hpp"
#include "model/requester_text.hpp"
#include "model/word_list.hpp"
#include "umsops/model/person.hpp"

namespace umsops::model {
namespace {

constexpr std::size_t kMostNames = 50;

}  // namespace

std::vector<Problem> check(Requester const& requester) {
  std::vector<Problem> out;
  check_texts(out, requester_type(), [&](std::size_t field) { return text_of(requester, field); });
  check_words(out, "mails", requester.mails, kMostNames, kLongestPerson);
  check_words(out, "phones", requester.phones, kMostNames, kLongestPerson);
  check_words(out, "aliases", requester.aliases, kMostNames, kLongestPerson);
  for (auto const& mail : requester.mails) {
    if (mail.find('@') == std::string::npos) out.push_back({"mails", "an address has an @"});
  }
  if (lookup_names(requester).empty()) out.push_back({"account", "an account, an address or a phone is needed"});
  check_attributes(out, requester.attributes);
  check_times(out, requester_type(), [&](std::size_t field) { return get(requester, field); });
  if (requester.updated_at < requester.created_at) out.push_back({"updated_at", "before created_at"});
  if ((requester.state == RequesterState::left) != requester.left_at.has_value())
    out.push_back({"left_at", "does not fit the state"});
  if (requester.rev < 1) out.push_back({"rev", "not a number from 1"});
  return out;
}

}  // namespace umsops::model
