#include <cstdint>
#include <cstring>
#include <memory>

#include "protocol/error.h"
#include "protocol/json_codec.h"
#include "protocol/query_codec.h"
#include "protocol/xml_reader.h"
#include "tests/unit/protocol/rpc_example.h"

namespace cumulite::protocol {
namespace {

using example::Everything;
using example::kModel;

/// A body in memory of exactly its size and padding, so that the sanitizer sees any step beyond.
void DecodeJsonBytes(std::string_view bytes) {
  const auto buffer = std::make_unique<char[]>(bytes.size() + 64);
  std::memcpy(buffer.get(), bytes.data(), bytes.size());
  Everything request;
  try {
    DecodeJson({buffer.get(), bytes.size()}, kModel, &request, Everything::Describe());
    std::string text;
    EncodeJson(&request, Everything::Describe(), text);
  } catch (const AwsError&) {
  }
}

void DecodeQueryBytes(std::string_view bytes) {
  const std::unique_ptr<char[]> buffer(new char[bytes.size()]);
  std::memcpy(buffer.get(), bytes.data(), bytes.size());
  Everything request;
  try {
    DecodeQuery(QueryParams({std::string_view(buffer.get(), bytes.size())}), kModel, &request,
                Everything::Describe());
  } catch (const AwsError&) {
  }
}

void Walk(const XmlNode& node) {
  node.text();
  for (XmlNode child = node.First(); child; child = child.Next()) Walk(child);
}

void ReadXmlBytes(std::string_view bytes) {
  const auto document = XmlDocument::Parse(bytes);
  if (document) Walk(document->root());
}

/// Every truncation of the seed, and changes of it that are the same in each run: bytes replaced by others
/// or by characters that the grammar uses, and pieces repeated.
void Mutate(std::string_view seed, std::string_view grammar, void (*target)(std::string_view)) {
  for (std::size_t size = 0; size <= seed.size(); ++size) target(seed.substr(0, size));
  std::uint64_t state = 1;
  const auto random = [&state](std::size_t below) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(state >> 33) % below;
  };
  for (int i = 0; i < 5'000; ++i) {
    std::string text(seed);
    for (std::size_t changes = random(4) + 1; changes > 0; --changes) {
      const std::size_t at = random(text.size());
      switch (random(3)) {
        case 0:
          text[at] = static_cast<char>(random(256));
          break;
        case 1:
          text[at] = grammar[random(grammar.size())];
          break;
        default:
          text.insert(random(text.size()), text.substr(at, random(12)));
      }
    }
    target(text);
  }
}

TEST(RpcFuzzTest, JsonNeverDoesMoreThanRefuse) {
  Mutate(
      R"({"QueueUrl":"u\u00e4\ud83d\ude00","DelaySeconds":-5,"Big":9007199254740993,"Ratio":1.5e2,"Flag":true,)"
      R"("Blob":"AP8=","When":1700000000.123,"Single":{"Id":"1"},"Names":["a",null],"Entries":[{"Id":"x"}],)"
      R"("Attributes":{"k":{"DataType":"String"}},"Tags":{"a":""},"Unknown":[{"a":[1,false]},"b"]})",
      "{}[]\":,\\u0123456789-.eEtrufalsn ", DecodeJsonBytes);
}

TEST(RpcFuzzTest, QueryNeverDoesMoreThanRefuse) {
  Mutate(
      "QueueUrl=u&Text=a+b%26&DelaySeconds=-5&Blob=AP8%3D&When=2023-11-14T22%3A13%3A20.123Z&Single.Id=1&Name."
      "1=a"
      "&Members.member.1=m&Entries.member.1.Id=x&MessageAttribute.1.Name=k"
      "&MessageAttribute.1.Value.DataType=String&Tags.entry.1.key=a&Tags.entry.1.value=",
      "&=.%+0123456789ABCDEFmember", DecodeQueryBytes);
}

TEST(RpcFuzzTest, XmlNeverDoesMoreThanRefuse) {
  Mutate(
      "<?xml version=\"1.0\"?><!-- c --><a:b xmlns:a=\"u\" c='d'>&amp;&#x41;<e/><![CDATA[f]]><g>h</g>"
      "<?i j?></a:b>",
      "<>/!?-[]&;#x\"'=: ", ReadXmlBytes);
}

}  // namespace
}  // namespace cumulite::protocol
