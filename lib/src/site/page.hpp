// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "site/part.hpp"

namespace umsops::site {

/// `{n}` and the like in a label become their values.
std::string filled(std::string_view label, std::string_view name, std::string_view value);

/// An element around text that is escaped here.
std::string tag(std::string_view name, std::string_view text, std::string_view attributes = {});
/// A link; address and text are escaped here.
std::string link(std::string_view address, std::string_view text, std::string_view attributes = {});

struct PageParts {
  std::string_view title;  ///< of the page; empty: the home page
  std::string main;        ///< HTML
  std::string here;        ///< the address of this page in its part, to be marked in the menu
  std::string root;        ///< the way to the folder of the site: ``, `../`
  std::string_view description = {};
};

/// A page from doctype to end: head, menu, search field, footer.
std::string page(Part const& part, PageParts const& parts);

/// The search field, in a form of its own; `hint` stands in it until somebody types.
std::string search_form(Part const& part, std::string_view hint);

}  // namespace umsops::site
