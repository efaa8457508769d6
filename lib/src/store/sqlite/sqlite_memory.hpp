// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace umsops::store {

/// Gives SQLite memory of our own for small pieces. Debian builds it without the store of small pieces that it usually
/// has (SQLITE_OMIT_LOOKASIDE), and a run asks for some 1200 of them: a tenth of a create went to finding their places.
/// Must be called before SQLite is used; in a program that uses it already, everything stays as it is.
void pool_sqlite_memory();

}  // namespace umsops::store
