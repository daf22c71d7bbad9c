#include "tests/unit/protocol/rpc_example.h"

#include <array>

namespace cumulite::protocol::example {
namespace {

constexpr std::array<std::string_view, 2> kColours = {"red", "green"};
constexpr Limits kColour = Limits{}.Values(kColours);
constexpr Limits kWord = Limits{}.Length(1, 4).Pattern("[a-z]+");
constexpr Limits kWords = Limits{}.Length(1, 2).Elements(kWord);

bool IsWord(std::string_view text) {
  return text.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
}

runtime::Task<Everything> Echo(Service& service, const RequestContext&, Everything request) {
  service.last = request;
  co_return request;
}

struct ConstrainedRequest {
  std::string name;
  std::optional<std::int32_t> count;
  std::optional<std::string> colour;
  std::vector<std::string> colours;
  std::optional<double> share;
  std::map<std::string, std::vector<std::string>> titles;
  std::vector<Entry> entries;
  static Members Describe() {
    using R = ConstrainedRequest;
    static constexpr Member kMembers[] = {
        Wire<&R::name>("TableName").Required().Length(3, 5).Pattern("[a-z]+", IsWord),
        Wire<&R::count>("Count").Range(1, 10),
        Wire<&R::colour>("Colour").Values(kColours),
        Wire<&R::colours>("Colours").Elements(kColour).Length(1, 2),
        Wire<&R::share>("Share").Range(0, 1),
        Wire<&R::titles>("Titles").Keys(kWord).Elements(kWords),
        Wire<&R::entries>("Entries"),
    };
    return kMembers;
  }
};

runtime::Task<Nothing> Constrained(Service&, const RequestContext&, ConstrainedRequest) {
  co_return Nothing{};
}

constexpr Operation kOperations[] = {
    Operation::Of<&Constrained>("Constrained"),
    Operation::Of<&Echo>("Echo"),
};
constexpr std::string_view kNotBuilt[] = {"DeleteEverything"};

}  // namespace

Members Attribute::Describe() {
  static constexpr Member kMembers[] = {
      Wire<&Attribute::data_type>("DataType").Required(),
      Wire<&Attribute::string_value>("StringValue"),
      Wire<&Attribute::binary_value>("BinaryValue"),
  };
  return kMembers;
}

Members Entry::Describe() {
  static constexpr Member kMembers[] = {
      Wire<&Entry::id>("Id").Required(),
      Wire<&Entry::body>("Body"),
  };
  return kMembers;
}

Members Everything::Describe() {
  using R = Everything;
  static constexpr Member kMembers[] = {
      Wire<&R::queue_url>("QueueUrl").Required(),
      Wire<&R::text>("Text"),
      Wire<&R::delay_seconds>("DelaySeconds"),
      Wire<&R::big>("Big"),
      Wire<&R::ratio>("Ratio"),
      Wire<&R::flag>("Flag"),
      Wire<&R::blob>("Blob"),
      Wire<&R::when>("When"),
      Wire<&R::single>("Single"),
      Wire<&R::names>("Names").InQuery("Name").Flattened(),
      Wire<&R::members>("Members"),
      Wire<&R::entries>("Entries"),
      Wire<&R::attributes>("Attributes").InQuery("MessageAttribute").Flattened().Entries("Name", "Value"),
      Wire<&R::tags>("Tags"),
      Wire<&R::failed>("Failed").KeepEmpty(),
  };
  return kMembers;
}

extern constexpr RpcModel kModel{
    .service = "example",
    .json_target = "Example",
    .json_version = "1.0",
    .json_namespace = "com.amazonaws.example",
    .query_version = "2012-11-05",
    .xml_namespace = "http://example.amazonaws.com/doc/2012-11-05/",
    .operations = kOperations,
    .not_built = kNotBuilt,
    .body_limit = 1 << 20,
    .query_compatible = true,
};

}  // namespace cumulite::protocol::example
