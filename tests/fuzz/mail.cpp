// SPDX-License-Identifier: Apache-2.0
// What is done to the text of mail: it passes the desk's door afterwards, and what is trimmed was there before.
#include "tests/fuzz/fuzz.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"
#include "umsops/mail/text.hpp"
#include "umsops/mail/thread.hpp"

namespace umsops::fuzz {

void one_input(std::string_view bytes) {
  using base::TextShape;
  std::string const text = mail::sound_text(bytes, TextShape::block);
  require(!base::check_text(text, TextShape::block));
  require(!base::check_text(mail::sound_text(bytes, TextShape::line), TextShape::line));
  auto const page = mail::sound_text(mail::plain_text_of_html(text), TextShape::block);
  require(page.size() <= 8 * text.size() + 8);
  std::string const added = mail::new_text(text, {{"desk@x.cn"}, {"T-000001"}, {"It is down."}});
  require(added.size() <= text.size());  // a greeting above a quote and an answer below it are joined
  require(text.find(mail::bare_subject(text)) != std::string::npos);
  for (auto const& word : mail::bracketed_words(text)) require(!word.empty());
  for (auto const& id : mail::own_ids_in(text)) require(mail::ticket_in_message_id(id).has_value());
  for (std::size_t most : {0u, 1u, 7u}) require(base::first_bytes(text, most).size() <= most);
  try {
    (void)mail::to_value(mail::message_from(base::parse_json(bytes)));
  } catch (base::Error const& error) {
    require(error.kind() == base::ErrorKind::invalid_input);
  }
}

}  // namespace umsops::fuzz
