// SPDX-License-Identifier: Apache-2.0
// What directories and other files say of people, under our names.
#include <algorithm>
#include <array>

#include "umsops/base/ascii.hpp"
#include "umsops/base/error.hpp"
#include "umsops/desk/requester_desk.hpp"

namespace umsops::desk {
namespace {

using base::Value;

constexpr std::string_view kLists[] = {"mails", "phones", "aliases"};
constexpr std::string_view kChange = "changetype";
constexpr std::size_t kMostNames = 50;

/// One of our fields and the attributes that say it; of a field that is no list the first that is there.
struct Usual {
  std::string_view field;
  std::array<std::string_view, 4> attributes;
};
/// RFC 2798 (inetOrgPerson), RFC 4519, and what Active Directory calls the same.
constexpr Usual kUsual[] = {
    {"account", {"samaccountname", "uid", "userprincipalname", "mail"}},
    {"name", {"displayname", "cn", "name", ""}},
    {"mails", {"mail", "mailalternateaddress", "proxyaddresses", ""}},
    {"phones", {"telephonenumber", "mobile", "ipphone", ""}},
    {"department", {"department", "departmentnumber", "ou", ""}},
    {"site", {"physicaldeliveryofficename", "l", "roomnumber", ""}},
    {"manager", {"manager", "", "", ""}},
    {"language", {"preferredlanguage", "", "", ""}},
};

bool is_list(std::string_view field) {
  return std::find(std::begin(kLists), std::end(kLists), field) != std::end(kLists);
}

std::vector<std::string> texts_of(Value const* value) {
  std::vector<std::string> texts;
  if (!value) return texts;
  if (auto const* const list = value->get_if<Value::List>()) {
    for (auto const& one : *list) texts.emplace_back(one.text());
  } else if (value->get_if<std::string>()) {
    texts.emplace_back(value->text());
  }
  return texts;
}

/// `uid=li.na,ou=people,dc=example` is li.na.
std::string name_in_dn(std::string const& text) {
  auto const equals = text.find('='), comma = text.find(',');
  bool const is_dn = equals != std::string::npos && equals > 0 && equals < comma &&
                     std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(equals),
                                 [](char c) { return base::ascii_lower(c) >= 'a' && base::ascii_lower(c) <= 'z'; });
  if (!is_dn) return text;
  std::string name;
  for (std::size_t at = equals + 1; at < text.size() && text[at] != ',' && text[at] != '+'; ++at) {
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
    name += text[at];
  }
  return name;
}

/// `SMTP:li.na@example.com` of proxyAddresses; what is of another protocol is no address.
std::string plain_address(std::string const& text) {
  auto const colon = text.find(':');
  if (colon == std::string::npos) return text;
  std::string const protocol = base::ascii_lower(std::string_view(text).substr(0, colon));
  return protocol == "smtp" || protocol == "mailto" ? text.substr(colon + 1) : std::string();
}

void add_text(Value::List& list, std::string text) {
  auto const same = [&](Value const& one) { return base::ascii_lower(one.text()) == base::ascii_lower(text); };
  if (!text.empty() && list.size() < kMostNames && std::none_of(list.begin(), list.end(), same))
    list.emplace_back(std::move(text));
}

/// All that the columns say of one of our lists.
Value list_from(Value const& foreign, std::string_view field, std::vector<std::string> const& columns) {
  Value::List list;
  for (auto const& column : columns) {
    for (auto& text : texts_of(foreign.find(column)))
      add_text(list, field == "mails" ? plain_address(text) : std::move(text));
  }
  return list.empty() ? Value() : Value(std::move(list));
}

/// Of several values the first.
Value flattened(Value const& foreign) {
  auto const* const members = foreign.get_if<Value::Object>();
  if (!members) return foreign;
  Value::Object out;
  for (auto const& [name, value] : *members) {
    auto const* const list = value.get_if<Value::List>();
    out.emplace_back(name, list && !list->empty() ? list->front() : value);
  }
  return out;
}

Value entry(Value const& foreign) {
  Value ours = Value::Object();
  Value const* const change = foreign.find(kChange);
  if (change) ours.add(kChange, *change);
  for (auto const& [field, attributes] : kUsual) {
    std::vector<std::string> columns;
    for (auto const attribute : attributes) {
      if (foreign.find(attribute)) columns.emplace_back(attribute);
    }
    if (columns.empty()) continue;
    if (is_list(field)) {
      if (auto list = list_from(foreign, field, columns); !list.is_null()) ours.add(field, std::move(list));
      continue;
    }
    auto const texts = texts_of(foreign.find(columns.front()));
    if (!texts.empty()) ours.add(field, field == "manager" ? name_in_dn(texts.front()) : texts.front());
  }
  return ours;
}

Value mapped_record(Value const& foreign, model::ImportMapping const& mapping) {
  Value const flat = flattened(foreign);
  Value const plain = model::apply(mapping, flat);
  Value ours = Value::Object();
  if (Value const* const change = foreign.find(kChange)) ours.add(kChange, *change);
  for (auto const& [name, value] : *plain.get_if<Value::Object>()) {
    if (is_list(name)) continue;
    ours.add(name, name == "manager" ? Value(name_in_dn(std::string(value.text()))) : value);
  }
  for (auto const& field : mapping.fields) {
    if (!is_list(field.field)) continue;
    auto list = list_from(foreign, field.field, field.columns);
    if (!list.is_null()) ours.add(field.field, std::move(list));
  }
  return ours;
}

/// What every entry of LDIF has and no mapping needs to name.
model::ImportMapping without_change(model::ImportMapping mapping) {
  mapping.ignore.emplace_back(kChange);
  return mapping;
}

template <class Make>
ImportSource made_by(ImportSource source, Make make) {
  return [source = std::move(source), make = std::move(make)]() -> std::optional<ImportRecord> {
    auto record = source();
    if (!record || record->unreadable) return record;
    try {
      record->object = make(record->object);
    } catch (base::Error const& error) {
      record->unreadable = error;
    }
    return record;
  };
}

}  // namespace

ImportSource directory_entries(ImportSource source) {
  return made_by(std::move(source), [](Value const& foreign) { return entry(foreign); });
}

ImportSource mapped_people(ImportSource source, model::ImportMapping mapping) {
  return made_by(std::move(source), [mapping = without_change(std::move(mapping))](Value const& foreign) {
    return mapped_record(foreign, mapping);
  });
}

}  // namespace umsops::desk
