// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "umsops/desk/record_desk.hpp"

namespace umsops::desk {

/// Throws `field.not_writable` for the first field that only verbs may change.
void refuse_unwritable(base::RecordType const& type, Sets const& sets);
/// Named values are joined with those that are there, and a null one goes away; to a list words are added, and taken
/// from it, where an object of `kAddWords` and `kRemoveWords` is given; anything else is taken as given.
base::Value joined(base::Field const& field, base::Value there, base::Value const& given);

/// The same for one field of a record; its type is `RecordType const& type`.
template <class Record>
void apply_set(base::RecordType const& type, Record& record, std::size_t field, base::Value const& value) {
  set(record, field, joined(type.fields[field], get(record, field), value));
}

}  // namespace umsops::desk
