#include "protocol/xml_reader.h"

#include <pugixml.hpp>
#include <utility>

#include "protocol/utf8.h"

namespace cumulite::protocol {
namespace {

/// The deepest request of S3 takes 9 levels. pugixml parses without recursion, but who walks may recurse.
constexpr int kMaxDepth = 64;

pugi::xml_node Of(void* node) { return pugi::xml_node(static_cast<pugi::xml_node_struct*>(node)); }

std::string_view LocalName(pugi::xml_node node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node SkipToElement(pugi::xml_node node) {
  while (node && node.type() != pugi::node_element) node = node.next_sibling();
  return node;
}

/// Walks without recursion: true when no element lies deeper than the limit and the text has one root, no
/// DOCTYPE and nothing but blanks, comments and instructions beside the root.
bool IsAcceptable(const pugi::xml_document& document) {
  int roots = 0;
  for (const pugi::xml_node node : document.children()) {
    if (node.type() == pugi::node_doctype || node.type() == pugi::node_pcdata ||
        node.type() == pugi::node_cdata) {
      return false;
    }
    roots += node.type() == pugi::node_element;
  }
  int depth = 0;
  pugi::xml_node node = document.document_element();
  const pugi::xml_node root = node;
  while (node) {
    if (node.first_child()) {
      if (++depth > kMaxDepth) return false;
      node = node.first_child();
      continue;
    }
    while (node != root && !node.next_sibling()) {
      node = node.parent();
      --depth;
    }
    if (node == root) break;
    node = node.next_sibling();
  }
  return roots == 1;
}

}  // namespace

struct XmlDocument::Impl {
  pugi::xml_document document;
};

XmlDocument::XmlDocument(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
XmlDocument::XmlDocument(XmlDocument&&) noexcept = default;
XmlDocument& XmlDocument::operator=(XmlDocument&&) noexcept = default;
XmlDocument::~XmlDocument() = default;

std::optional<XmlDocument> XmlDocument::Parse(std::string_view text) {
  // Cut off first: pugixml ends at a NUL, and an attacker could hide the rest behind it.
  if (text.find('\0') != std::string_view::npos || !IsUtf8(text)) return std::nullopt;
  auto impl = std::make_unique<Impl>();
  const unsigned flags =
      pugi::parse_default | pugi::parse_doctype | pugi::parse_fragment | pugi::parse_ws_pcdata_single;
  const auto result = impl->document.load_buffer(text.data(), text.size(), flags, pugi::encoding_utf8);
  if (!result || !IsAcceptable(impl->document)) return std::nullopt;
  return XmlDocument(std::move(impl));
}

XmlNode XmlDocument::root() const { return XmlNode(impl_->document.document_element().internal_object()); }

std::string_view XmlNode::name() const {
  return node_ == nullptr ? std::string_view{} : LocalName(Of(node_));
}

std::string XmlNode::text() const {
  std::string text;
  for (const pugi::xml_node part : Of(node_).children()) {
    if (part.type() == pugi::node_pcdata || part.type() == pugi::node_cdata) text += part.value();
  }
  return text;
}

XmlNode XmlNode::First() const { return XmlNode(SkipToElement(Of(node_).first_child()).internal_object()); }

XmlNode XmlNode::Next() const { return XmlNode(SkipToElement(Of(node_).next_sibling()).internal_object()); }

XmlNode XmlNode::Child(std::string_view name) const {
  XmlNode child = First();
  while (child && child.name() != name) child = child.Next();
  return child;
}

std::optional<std::string> XmlNode::ChildText(std::string_view name) const {
  const XmlNode child = Child(name);
  if (!child) return std::nullopt;
  return child.text();
}

std::optional<std::string> XmlNode::Attribute(std::string_view name) const {
  for (const pugi::xml_attribute attribute : Of(node_).attributes()) {
    if (attribute.name() == name) return attribute.value();
  }
  return std::nullopt;
}

}  // namespace cumulite::protocol
