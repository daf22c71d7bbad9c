#include "tests/support/model_check.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

namespace cumulite::test {
namespace {

using nlohmann::json;
using protocol::Kind;
using protocol::Member;
using protocol::Members;
using protocol::TypeInfo;

constexpr std::string_view kData = "/usr/lib/python3/dist-packages/botocore/data/";

json Load(std::string_view service, std::string_view version) {
  const std::string path =
      std::string(kData) + std::string(service) + "/" + std::string(version) + "/service-2.json";
  std::ifstream file(path);
  if (!file) throw std::runtime_error("python3-botocore is not installed: " + path);
  return json::parse(file);
}

/// The name of botocore's type for a kind of ours; several for those that share one.
bool SameType(Kind kind, const std::string& type) {
  switch (kind) {
    case Kind::kString:
      return type == "string" || type == "character";
    case Kind::kBlob:
      return type == "blob";
    case Kind::kInt32:
      return type == "integer";
    case Kind::kInt64:
      return type == "long" || type == "integer";
    case Kind::kDouble:
      return type == "double" || type == "float";
    case Kind::kBool:
      return type == "boolean";
    case Kind::kTimestamp:
      return type == "timestamp";
    case Kind::kStruct:
      return type == "structure";
    case Kind::kList:
      return type == "list";
    case Kind::kMap:
      return type == "map";
    case Kind::kLeaf:
      return true;  // it reads and writes itself
  }
  return false;
}

class Comparison {
 public:
  Comparison(const json& model, std::span<const ModelException> exceptions, Compared compared)
      : limits_(compared == Compared::kLimits),
        shapes_(model.at("shapes")),
        query_(model.at("metadata").at("protocol") == "query"),
        xml_(model.at("metadata").at("protocol") == "rest-xml"),
        exceptions_(exceptions),
        used_(exceptions.size(), false) {}

  void Operation(const std::string& name, const json& operation, const protocol::Operation* ours,
                 bool named) {
    if (ours == nullptr) {
      if (!named) Report(name, "is neither built nor named in not_built");
      return;
    }
    Root(operation, "input", ours->request(), name, Direction::kRequest);
    Root(operation, "output", ours->response(), name, Direction::kResponse);
  }

  void Document(const ModelDocument& document) {
    if (!shapes_.contains(document.shape)) return Unknown(document.shape);
    Struct(std::string(document.shape), document.members, Direction::kRequest);
  }

  void Unknown(std::string_view name) { Report(std::string(name), "is not in botocore's model"); }

  std::vector<std::string> Finish() {
    for (std::size_t i = 0; i < exceptions_.size(); ++i) {
      if (!used_[i])
        differences_.push_back(std::string(exceptions_[i].place) + ": this exception is not needed");
    }
    return std::move(differences_);
  }

 private:
  enum class Direction : unsigned char { kRequest, kResponse };

  void Root(const json& operation, const char* side, Members members, const std::string& name,
            Direction direction) {
    if (operation.contains(side)) {
      Struct(operation.at(side).at("shape"), members, direction);
    } else {
      for (const Member& member : members) {
        Report(name + "." + std::string(member.name), "the operation has no " + std::string(side));
      }
    }
  }

  void Struct(const std::string& shape_name, Members members, Direction direction) {
    if (!visited_.insert({shape_name, members.data()}).second) return;
    const json& shape = shapes_.at(shape_name);
    if (members.size() > 64) Report(shape_name, "has more members than a codec tracks");
    std::set<std::string> required;
    for (const auto& name : shape.value("required", json::array())) required.insert(name);
    std::set<std::string, std::less<>> ours;
    for (const Member& member : members) {
      const std::string place = shape_name + "." + std::string(member.name);
      if (!ours.insert(std::string(member.name)).second) Report(place, "stands twice in the table");
      const auto found = shape.at("members").find(member.name);
      if (found == shape.at("members").end()) {
        Report(place, "is not in botocore's model");
        continue;
      }
      if (direction == Direction::kRequest &&
          member.required != required.contains(std::string(member.name))) {
        Report(place, member.required ? "is required here only" : "is required in botocore's model");
      }
      CompareMember(place, member, *found, direction);
    }
    for (const auto& [name, reference] : shape.at("members").items()) {
      if (!ours.contains(name)) Report(shape_name + "." + name, "is missing from the table");
    }
  }

  void CompareMember(const std::string& place, const Member& member, const json& reference,
                     Direction direction) {
    const json& shape = shapes_.at(reference.at("shape"));
    if (query_ || xml_) CompareQueryNames(place, member, reference, shape);
    Type(place, *member.type, reference.at("shape"), direction);
    if (limits_ && direction == Direction::kRequest && member.type->kind != Kind::kLeaf) {
      CompareLimits(place, member, reference.at("shape"));
    }
  }

  /// A bound as text; none for those that bound nothing.
  static std::string Bound(std::int64_t bound, bool number) {
    constexpr std::int64_t kUnlimited = 2'147'483'647;
    const bool none = number ? bound == protocol::kNoMinimum || bound == protocol::kNoMaximum : bound <= 0;
    return none || bound >= kUnlimited ? "none" : std::to_string(bound);
  }

  void CompareLimits(const std::string& place, const protocol::Limits& ours, const std::string& shape_name) {
    const json& shape = shapes_.at(shape_name);
    const std::string type = shape.at("type");
    const bool number = type == "integer" || type == "long" || type == "double" || type == "float";
    const auto bound = [&](const char* key, std::int64_t none) {
      return shape.contains(key) ? static_cast<std::int64_t>(shape.at(key).get<double>()) : none;
    };
    Expect(place, "minimum", ours.has_range ? Bound(ours.min, number) : "none",
           Bound(bound("min", protocol::kNoMinimum), number));
    Expect(place, "maximum", ours.has_range ? Bound(ours.max, number) : "none",
           Bound(bound("max", protocol::kNoMaximum), number));
    Expect(place, "pattern", std::string(ours.pattern), shape.value("pattern", ""));
    const auto sorted = [](auto values) {
      std::string text;
      for (const auto& value : std::set<std::string>(values.begin(), values.end())) text += value + " ";
      return text;
    };
    Expect(place, "enum", sorted(std::vector<std::string>(ours.values.begin(), ours.values.end())),
           sorted(shape.value("enum", std::vector<std::string>())));
    static constexpr protocol::Limits kNone;
    if (type == "map") {
      CompareLimits(place + ".key", ours.keys == nullptr ? kNone : *ours.keys, shape.at("key").at("shape"));
    }
    if (type == "map" || type == "list") {
      const json& element = shape.at(type == "map" ? "value" : "member");
      CompareLimits(place + ".element", ours.elements == nullptr ? kNone : *ours.elements,
                    element.at("shape"));
    }
  }

  void Type(const std::string& place, const TypeInfo& type, const std::string& shape_name,
            Direction direction) {
    const json& shape = shapes_.at(shape_name);
    const std::string& theirs = shape.at("type").get_ref<const std::string&>();
    if (!SameType(type.kind, theirs)) {
      Report(place, "is a " + theirs + " in botocore's model");
    } else if (type.kind == Kind::kStruct) {
      Struct(shape_name, type.describe(), direction);
    } else if (type.kind == Kind::kList) {
      Type(place, *type.element, shape.at("member").at("shape"), direction);
    } else if (type.kind == Kind::kMap) {
      Type(place, *type.element, shape.at("value").at("shape"), direction);
    }
  }

  /// Where Smithy's Query protocol puts the names: a flattened list takes that of its elements. In REST-XML
  /// it has its own.
  void CompareQueryNames(const std::string& place, const Member& member, const json& reference,
                         const json& shape) {
    const bool list = shape.at("type") == "list";
    const bool map = shape.at("type") == "map";
    const bool flattened =
        (list || map) && (shape.value("flattened", false) || (xml_ && reference.value("flattened", false)));
    // A structure may say itself what element it is, as <SSE-S3/> does.
    const std::string own_name =
        xml_ ? shape.value("locationName", std::string(member.name)) : std::string(member.name);
    std::string name = reference.value("locationName", own_name);
    if (flattened && list && query_) name = shape.at("member").value("locationName", name);
    Expect(place, "Query name", std::string(member.QueryName()), name);
    if (!list && !map) return;
    Expect(place, "flattened", member.flattened ? "yes" : "no", flattened ? "yes" : "no");
    if (list && !flattened) {
      Expect(place, "element name", std::string(member.item_name),
             shape.at("member").value("locationName", "member"));
    }
    if (map) {
      Expect(place, "key name", std::string(member.key_name), shape.at("key").value("locationName", "key"));
      Expect(place, "value name", std::string(member.value_name),
             shape.at("value").value("locationName", "value"));
    }
  }

  void Expect(const std::string& place, const char* what, const std::string& ours,
              const std::string& theirs) {
    if (ours != theirs)
      Report(place, std::string(what) + " is '" + ours + "', botocore has '" + theirs + "'");
  }

  bool Excused(const std::string& place) {
    bool excused = false;
    for (std::size_t i = 0; i < exceptions_.size(); ++i) {
      const std::string_view pattern = exceptions_[i].place;
      const bool matches =
          pattern == place || (pattern.starts_with("*.") && place.ends_with(pattern.substr(1)));
      if (matches) used_[i] = excused = true;
    }
    return excused;
  }

  void Report(const std::string& place, const std::string& what) {
    if (!Excused(place)) differences_.push_back(place + ": " + what);
  }

  const bool limits_;
  const json& shapes_;
  const bool query_;
  const bool xml_;
  std::span<const ModelException> exceptions_;
  std::vector<bool> used_;
  std::set<std::pair<std::string, const void*>> visited_;
  std::vector<std::string> differences_;
};

}  // namespace

std::vector<std::string> CompareWithBotocore(const protocol::RpcModel& model,
                                             std::string_view botocore_service,
                                             std::string_view botocore_version,
                                             std::span<const ModelException> exceptions, Compared compared) {
  const json botocore = Load(botocore_service, botocore_version);
  Comparison comparison(botocore, exceptions, compared);
  std::set<std::string, std::less<>> known;
  for (const auto& [name, operation] : botocore.at("operations").items()) {
    known.insert(name);
    const protocol::Operation* ours = nullptr;
    for (const auto& candidate : model.operations) {
      if (candidate.name == name) ours = &candidate;
    }
    bool named = false;
    for (const std::string_view candidate : model.not_built) named = named || candidate == name;
    comparison.Operation(name, operation, ours, named);
  }
  for (const auto& operation : model.operations) {
    if (!known.contains(operation.name)) comparison.Unknown(operation.name);
  }
  for (const std::string_view name : model.not_built) {
    if (!known.contains(name)) comparison.Unknown(name);
  }
  return comparison.Finish();
}

std::vector<std::string> CompareDocumentsWithBotocore(std::span<const ModelDocument> documents,
                                                      std::string_view botocore_service,
                                                      std::string_view botocore_version,
                                                      std::span<const ModelException> exceptions) {
  const json botocore = Load(botocore_service, botocore_version);
  Comparison comparison(botocore, exceptions, Compared::kLimits);
  for (const ModelDocument& document : documents) comparison.Document(document);
  return comparison.Finish();
}

}  // namespace cumulite::test
