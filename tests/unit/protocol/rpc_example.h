#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/rpc.h"

/// A small service in the likeness of AWS's, whose one operation echoes what it was sent.
namespace cumulite::protocol::example {

struct Attribute {
  std::string data_type;
  std::optional<std::string> string_value;
  std::optional<Blob> binary_value;
  static Members Describe();
};

struct Entry {
  std::string id;
  std::optional<std::string> body;
  static Members Describe();
};

struct Everything {
  std::string queue_url;
  std::optional<std::string> text;
  std::optional<std::int32_t> delay_seconds;
  std::optional<std::int64_t> big;
  std::optional<double> ratio;
  std::optional<bool> flag;
  std::optional<Blob> blob;
  std::optional<Timestamp> when;
  std::optional<Entry> single;
  std::vector<std::string> names;               // flattened in Query: "Name.1"
  std::vector<std::string> members;             // "Members.member.1"
  std::vector<Entry> entries;                   // "Entries.member.1.Id"
  std::map<std::string, Attribute> attributes;  // flattened: "MessageAttribute.1.Name"
  std::map<std::string, std::string> tags;      // "Tags.entry.1.key"
  std::vector<std::string> failed;              // written even when empty
  static Members Describe();
};

struct Nothing {
  static Members Describe() { return {}; }
};

/// The service: keeps the last request and answers with it.
struct Service {
  std::optional<Everything> last;
};

extern const RpcModel kModel;

}  // namespace cumulite::protocol::example
