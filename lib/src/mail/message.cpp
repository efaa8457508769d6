// SPDX-License-Identifier: Apache-2.0
#include "umsops/mail/message.hpp"

#include "umsops/base/error.hpp"

namespace umsops::mail {
namespace {

using base::Value;

[[noreturn]] void refuse(std::string_view field) {
  throw base::Error(base::errors::record_invalid,
                    {{"field", std::string(field)}, {"problem", "not as a message has it"}});
}

Value value_of(std::optional<Address> const& address) {
  if (!address) return {};
  return Value::Object{{"name", base::text_or_null(address->name)}, {"address", base::text_or_null(address->address)}};
}

Value list_of(std::vector<Address> const& addresses) {
  Value::List list;
  for (auto const& address : addresses) list.push_back(value_of(address));
  return list;
}

Value list_of(std::vector<std::string> const& texts) { return Value::List(texts.begin(), texts.end()); }

Value list_of(std::vector<Attachment> const& attachments) {
  Value::List list;
  for (auto const& attachment : attachments) {
    list.emplace_back(Value::Object{{"file_name", base::text_or_null(attachment.file_name)},
                                    {"media_type", attachment.media_type},
                                    {"bytes", attachment.bytes},
                                    {"sha256", attachment.sha256},
                                    {"content", attachment.content ? Value(*attachment.content) : Value()},
                                    {"text", attachment.text ? Value(*attachment.text) : Value()}});
  }
  return list;
}

std::string text_in(Value const& object, std::string_view name) {
  Value const* const value = object.find(name);
  if (value == nullptr || value->is_null()) return {};
  auto const* text = value->get_if<std::string>();
  if (text == nullptr) refuse(name);
  return *text;
}

std::optional<std::string> maybe_in(Value const& object, std::string_view name) {
  Value const* const value = object.find(name);
  return value == nullptr || value->is_null() ? std::nullopt : std::optional(text_in(object, name));
}

Value::List const& items_in(Value const& object, std::string_view name) {
  static Value::List const kNone;
  Value const* const value = object.find(name);
  if (value == nullptr || value->is_null()) return kNone;
  auto const* list = value->get_if<Value::List>();
  if (list == nullptr) refuse(name);
  return *list;
}

std::vector<std::string> texts_in(Value const& object, std::string_view name) {
  std::vector<std::string> texts;
  for (auto const& item : items_in(object, name)) {
    auto const* text = item.get_if<std::string>();
    if (text == nullptr) refuse(name);
    texts.push_back(*text);
  }
  return texts;
}

Address address_from(Value const& value) { return {text_in(value, "name"), text_in(value, "address")}; }

std::optional<Address> address_in(Value const& object, std::string_view name) {
  Value const* const value = object.find(name);
  return value == nullptr || value->is_null() ? std::nullopt : std::optional(address_from(*value));
}

std::vector<Address> addresses_in(Value const& object, std::string_view name) {
  std::vector<Address> addresses;
  for (auto const& item : items_in(object, name)) addresses.push_back(address_from(item));
  return addresses;
}

std::vector<Attachment> attachments_in(Value const& object) {
  std::vector<Attachment> attachments;
  for (auto const& item : items_in(object, "attachments")) {
    Value const* const bytes = item.find("bytes");
    auto const* number = bytes != nullptr ? bytes->get_if<std::int64_t>() : nullptr;
    if (number == nullptr || *number < 0) refuse("attachments");
    attachments.push_back({text_in(item, "file_name"), text_in(item, "media_type"), *number, text_in(item, "sha256"),
                           maybe_in(item, "content"), maybe_in(item, "text")});
  }
  return attachments;
}

}  // namespace

Value to_value(Message const& message) {
  return Value::Object{
      {"subject", base::text_or_null(message.subject)},
      {"from", value_of(message.from)},
      {"senders", list_of(message.senders)},
      {"reply_to", list_of(message.reply_to)},
      {"to", list_of(message.to)},
      {"cc", list_of(message.cc)},
      {"date", message.date ? Value(base::format_rfc3339(*message.date)) : Value()},
      {"message_id", base::text_or_null(message.message_id)},
      {"in_reply_to", list_of(message.in_reply_to)},
      {"references", list_of(message.references)},
      {"auto_submitted", base::text_or_null(message.auto_submitted)},
      {"precedence", base::text_or_null(message.precedence)},
      {"auto_response_suppress", base::text_or_null(message.auto_response_suppress)},
      {"list_id", base::text_or_null(message.list_id)},
      {"list_post", base::text_or_null(message.list_post)},
      {"autoresponder", base::text_or_null(message.autoresponder)},
      {"spam", base::text_or_null(message.spam)},
      {"return_path", message.return_path ? Value(*message.return_path) : Value()},
      {"content_type", base::text_or_null(message.content_type)},
      {"body_type", base::text_or_null(message.body_type)},
      {"body", message.body},
      {"attachments", list_of(message.attachments)},
      {"problems", list_of(message.problems)},
      {"incomplete", message.incomplete},
  };
}

Message message_from(Value const& value) {
  if (value.get_if<Value::Object>() == nullptr) refuse("message");
  Message message;
  message.subject = text_in(value, "subject");
  message.from = address_in(value, "from");
  message.senders = addresses_in(value, "senders");
  message.reply_to = addresses_in(value, "reply_to");
  message.to = addresses_in(value, "to");
  message.cc = addresses_in(value, "cc");
  if (auto const date = text_in(value, "date"); !date.empty()) message.date = base::parse_rfc3339(date);
  message.message_id = text_in(value, "message_id");
  message.in_reply_to = texts_in(value, "in_reply_to");
  message.references = texts_in(value, "references");
  message.auto_submitted = text_in(value, "auto_submitted");
  message.precedence = text_in(value, "precedence");
  message.auto_response_suppress = text_in(value, "auto_response_suppress");
  message.list_id = text_in(value, "list_id");
  message.list_post = text_in(value, "list_post");
  message.autoresponder = text_in(value, "autoresponder");
  message.spam = text_in(value, "spam");
  message.return_path = maybe_in(value, "return_path");
  message.content_type = text_in(value, "content_type");
  message.body_type = text_in(value, "body_type");
  message.body = text_in(value, "body");
  message.attachments = attachments_in(value);
  message.problems = texts_in(value, "problems");
  Value const* const incomplete = value.find("incomplete");
  message.incomplete = incomplete != nullptr && *incomplete == Value(true);
  return message;
}

}  // namespace umsops::mail
