// SPDX-License-Identifier: Apache-2.0
// The filter language, and an order behind the first line end: refused with a place, or run by the engine as it is.
#include <unistd.h>

#include <filesystem>
#include <memory>

#include "store/listing.hpp"
#include "store/store.hpp"
#include "store/tickets.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "umsops/base/error.hpp"
#include "umsops/model/ticket.hpp"
#include "umsops/query/query.hpp"

namespace umsops::fuzz {
namespace {

/// One empty store for all inputs, gone as soon as it is open.
store::Store& empty_store() {
  static std::unique_ptr<store::Store> const store = [] {
    std::string folder = (std::filesystem::temp_directory_path() / "umsops-fuzz-XXXXXX").string();
    require(::mkdtemp(folder.data()) != nullptr);
    store::create_store(folder + "/desk.db", "01fuzz", base::TimePoint{});
    auto opened = store::open_store({folder + "/desk.db", store::OpenOptions::Access::read});
    (void)opened->schema_version();
    std::filesystem::remove_all(folder);
    return opened;
  }();
  return *store;
}

}  // namespace

void one_input(std::string_view bytes) {
  auto const end = std::min(bytes.find('\n'), bytes.size());
  query::Query query;
  try {
    base::TimePoint const now{base::Milliseconds{1'790'000'000'000}};
    query.filter = query::parse_filter(bytes.substr(0, end), {&model::ticket_type(), now, base::TimeZone{}});
    if (end < bytes.size()) query.sort = query::parse_sort(bytes.substr(end + 1), model::ticket_type());
    query.limit = 20;
  } catch (base::Error const& error) {
    require(error.kind() != base::ErrorKind::internal && !error.message().empty());
    return;
  }
  try {
    store::list_tickets(empty_store().connection(), query, [](model::Ticket const&) { return true; });
  } catch (base::Error const& error) {  // what a filter may ask for, but no order can be made of
    require(error.code().code == base::errors::field_unknown.code);
  }
}

}  // namespace umsops::fuzz
