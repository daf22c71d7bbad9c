#pragma once
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace cumulite::protocol {

/// One element of a document that was read; null when it is not there. Valid while the XmlDocument lives.
/// Namespaces are ignored: names are compared without their prefix.
class XmlNode {
 public:
  XmlNode() = default;
  explicit operator bool() const { return node_ != nullptr; }

  std::string_view name() const;
  /// The text inside, of all its text parts together; empty for a null node.
  std::string text() const;
  /// The first child element of that name.
  XmlNode Child(std::string_view name) const;
  /// The text of that child; nullopt when there is none.
  std::optional<std::string> ChildText(std::string_view name) const;
  /// The value of an attribute (of the name as written: "xsi:type"); nullopt when there is none.
  std::optional<std::string> Attribute(std::string_view name) const;

  /// Walks over the child elements: for (XmlNode n = parent.First(); n; n = n.Next()).
  XmlNode First() const;
  XmlNode Next() const;

 private:
  friend class XmlDocument;
  explicit XmlNode(void* node) : node_(node) {}
  void* node_ = nullptr;  // pugi::xml_node_struct, which this header does not show
};

/// An XML request body, parsed. Facing an attacker: a DOCTYPE is refused (so there are no entities but XML's
/// own five), and so are deep nesting, bytes that are not UTF-8 and anything after the root element.
class XmlDocument {
 public:
  /// nullopt when the text is not well-formed, or is refused. The caller bounds its length before.
  static std::optional<XmlDocument> Parse(std::string_view text);
  XmlDocument(XmlDocument&&) noexcept;
  XmlDocument& operator=(XmlDocument&&) noexcept;
  ~XmlDocument();

  XmlNode root() const;

 private:
  struct Impl;
  explicit XmlDocument(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace cumulite::protocol
