// SPDX-License-Identifier: Apache-2.0
// How a classification is stored: every ticket has one, so it is told in as few bytes as it can be.
#pragma once

#include "umsops/base/field.hpp"

namespace umsops::model {

/// From `to_value(Classification)` to the list [version, [field, origin, rule, suggested, value, model, thousandths of
/// its probability, doubt], ...], the model's version behind that of the rules; names that
/// occur in every ticket as a letter, empty ends left out. What the record of that row or its rules tell is not
/// repeated: a value that the field carries still, the rule's file and line, the words that it found. Null when it says
/// nothing.
base::Value packed_classification(base::Value const& classification, base::RecordType const& type,
                                  base::Row const& row);
/// And back, with what is not stored left out. A value that is left out is the record's own; where a rule decided, a
/// `suggested` that is left out is that value.
base::Value unpacked_classification(base::Value const& packed);

}  // namespace umsops::model
