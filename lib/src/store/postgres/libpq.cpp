// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/libpq.hpp"

#include <dlfcn.h>

#include <string>

#include "umsops/base/error.hpp"

namespace umsops::store {
namespace {

[[noreturn]] void refuse() {
  char const* const problem = ::dlerror();
  throw base::Error(base::errors::store_library, {{"problem", problem ? problem : "unknown"}});
}

template <class Function>
void find(void* library, char const* name, Function& function) {
  void* const found = ::dlsym(library, name);
  if (!found) refuse();
  function = reinterpret_cast<Function>(found);
}

Libpq load() {
  // By its ABI name: `libpq.so` comes with development packages only.
  void* const library = ::dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
  if (!library) refuse();
  Libpq out;
#define UMSOPS_LIBPQ_FIND(name) find(library, #name, out.name);
  UMSOPS_LIBPQ_FUNCTIONS(UMSOPS_LIBPQ_FIND)
#undef UMSOPS_LIBPQ_FIND
  return out;
}

}  // namespace

Libpq const& libpq() {
  static Libpq const loaded = load();
  return loaded;
}

}  // namespace umsops::store
