#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cumulite::testing {

/// The texts of all elements of that name, in their order; what they hold is not looked into.
inline std::vector<std::string> XmlTexts(const std::string& xml, const std::string& element) {
  std::vector<std::string> texts;
  const std::string open = "<" + element + ">";
  const std::string close = "</" + element + ">";
  for (std::size_t at = xml.find(open); at != std::string::npos; at = xml.find(open, at + 1)) {
    const std::size_t from = at + open.size();
    std::string text = xml.substr(from, xml.find(close, from) - from);
    for (const auto& [escaped, plain] : {std::pair<std::string_view, std::string_view>{"&quot;", "\""},
                                         {"&apos;", "'"},
                                         {"&#39;", "'"},
                                         {"&lt;", "<"},
                                         {"&gt;", ">"},
                                         {"&amp;", "&"}}) {
      for (std::size_t i = text.find(escaped); i != std::string::npos;
           i = text.find(escaped, i + plain.size())) {
        text.replace(i, escaped.size(), plain);
      }
    }
    texts.push_back(std::move(text));
  }
  return texts;
}

/// The first of them; empty without one.
inline std::string XmlText(const std::string& xml, const std::string& element) {
  const auto texts = XmlTexts(xml, element);
  return texts.empty() ? "" : texts.front();
}

}  // namespace cumulite::testing
