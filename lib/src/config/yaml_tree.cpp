// SPDX-License-Identifier: Apache-2.0
#include "config/yaml_tree.hpp"

#include <cstring>

namespace umsops::config {
namespace {

void put_number(std::string& out, std::size_t value) {
  auto const small = static_cast<std::uint32_t>(value);
  out.append(reinterpret_cast<char const*>(&small), sizeof small);
}

void put_node(std::string& out, Node const& node) {
  out += static_cast<char>(node.kind);
  out += static_cast<char>(node.quoted);
  put_number(out, static_cast<std::size_t>(node.spot.line));
  put_number(out, static_cast<std::size_t>(node.spot.column));
  put_number(out, node.scalar.size());
  out += node.scalar;
  put_number(out, node.items.size());
  for (Node const& item : node.items) put_node(out, item);
  put_number(out, node.members.size());
  for (auto const& [key, value] : node.members) {
    put_node(out, key);
    put_node(out, value);
  }
}

class Unpacking {
 public:
  Unpacking(std::string_view bytes, std::string_view file)
      : rest_(bytes), file_(std::make_shared<std::string const>(file)) {}

  Node node() {
    Node node;
    node.kind = static_cast<Node::Kind>(take(1)[0]);
    node.quoted = take(1)[0] != 0;
    auto const line = static_cast<std::int32_t>(number());
    node.spot = {file_, line, static_cast<std::int32_t>(number())};
    node.scalar = take(number());
    node.items.resize(number());
    for (Node& item : node.items) item = this->node();
    node.members.resize(number());
    for (auto& [key, value] : node.members) {
      key = this->node();
      value = this->node();
    }
    return node;
  }

 private:
  std::string_view take(std::size_t size) {
    if (size > rest_.size()) throw base::Error(base::errors::internal, {{"problem", "a packed tree ends early"}});
    std::string_view const taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }
  std::uint32_t number() {
    std::uint32_t value = 0;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }

  std::string_view rest_;
  std::shared_ptr<std::string const> file_;
};

}  // namespace

std::string pack_tree(Node const& root) {
  std::string out;
  put_node(out, root);
  return out;
}

Node unpack_tree(std::string_view bytes, std::string_view file) { return Unpacking(bytes, file).node(); }

}  // namespace umsops::config
