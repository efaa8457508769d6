// SPDX-License-Identifier: Apache-2.0
#include "cli/helpers/markdown/render.hpp"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <cstdlib>
#include <memory>
#include <vector>

#include "cli/helpers/markdown/nodes.hpp"
#include "umsops/base/html.hpp"

namespace umsops::markdown_helper {

namespace {

constexpr int kDeepest = 60;  ///< browsers give up on much deeper ones, and nobody writes them

struct ParserEnd {
  void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};
struct NodeEnd {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};
using Document = std::unique_ptr<cmark_node, NodeEnd>;

struct Parsed {
  std::unique_ptr<cmark_parser, ParserEnd> parser;  ///< owns the extensions, which writing asks for
  Document document;
};

Parsed parse(std::string_view markdown) {
  cmark_gfm_core_extensions_ensure_registered();
  Parsed parsed;
  parsed.parser.reset(cmark_parser_new(CMARK_OPT_DEFAULT));
  for (char const* const name : {"table", "strikethrough", "tasklist", "autolink"}) {
    cmark_parser_attach_syntax_extension(parsed.parser.get(), cmark_find_syntax_extension(name));
  }
  cmark_parser_feed(parsed.parser.get(), markdown.data(), markdown.size());
  parsed.document.reset(cmark_parser_finish(parsed.parser.get()));
  return parsed;
}

std::string html_of(Parsed const& parsed) {
  struct Free {
    void operator()(char* text) const { std::free(text); }
  };
  std::unique_ptr<char, Free> const html(cmark_render_html(parsed.document.get(), CMARK_OPT_DEFAULT,
                                                           cmark_parser_get_syntax_extensions(parsed.parser.get())));
  return html ? html.get() : "";
}

}  // namespace

Rendered render(std::string_view markdown, EntryLink const& entry_link) {
  auto const parsed = parse(markdown);
  if (deeper_than(parsed.document.get(), kDeepest)) {
    return {"<pre>" + base::html_text(markdown) + "</pre>\n", std::string(markdown)};
  }
  make_safe(parsed.document.get(), entry_link);
  return {html_of(parsed), text_of(parsed.document.get())};
}

}  // namespace umsops::markdown_helper
