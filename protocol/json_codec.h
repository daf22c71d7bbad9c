#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include "protocol/members.h"
#include "protocol/rpc.h"

namespace cumulite::protocol {
class Validation;
struct Path;

/// Fills `request` from a JSON object by its table. Unknown members are ignored, null is absent, the last of
/// a repeated key wins. At least 64 readable bytes must follow `body` (BodyReader::ReadAll).
///
/// Errors: SerializationException for what is not JSON, not UTF-8, nested too deep or of a wrong type, before
/// any constraint of the table; then those of Validation.
/// Thread: any; each keeps a parser of its own.
/// Source: Smithy "AWS JSON 1.0 protocol".
void DecodeJson(std::string_view body, const RpcModel& model, void* request, Members members);

/// Appends `response` as a JSON object. Absent optionals are left out, and so are empty lists and maps
/// unless their row says KeepEmpty.
void EncodeJson(const void* response, Members members, std::string& out);

/// Reads a text that EncodeJson wrote, as DecodeJson; nothing need follow it. For what a service stores.
/// Errors: std::runtime_error for what EncodeJson did not write.
void DecodeStoredJson(std::string_view json, void* out, Members members);

/// Reads one value of a leaf type, likewise.
void ReadJsonLeaf(std::string_view json, const LeafCodec& codec, void* out);

/// A value being read from a request, for types that read themselves (LeafCodec). Forward only: a value is
/// read once, and an object's or list's parts within their callback.
///
/// Errors: every reader throws SerializationException for a value of another type, in AWS's words.
class JsonValue {
 public:
  enum class Type : std::uint8_t { kObject, kArray, kString, kNumber, kBool, kNull };

  Type type();
  std::string_view String();      // valid until the request is decoded
  std::string_view NumberText();  // as it was written
  bool Bool();
  std::string Blob();  // base64, decoded

  /// Calls visit(key, value) for each member of an object, in the order of the text.
  template <class Visit>
  void Members(Visit&& visit) {
    EachMember(&visit, [](void* state, std::string_view key, JsonValue& value) {
      (*static_cast<std::remove_reference_t<Visit>*>(state))(key, value);
    });
  }
  /// Calls visit(value) for each element of a list.
  template <class Visit>
  void Elements(Visit&& visit) {
    EachElement(&visit, [](void* state, JsonValue& value) {
      (*static_cast<std::remove_reference_t<Visit>*>(state))(value);
    });
  }

  /// How a reader rejects a value on its own account.
  [[noreturn]] static void Fail(std::string message);

  /// Adds to the request's violations of constraints, which are reported together once all of it is read:
  /// "Value 'x' at 'item.a.member.s' failed to satisfy constraint: ...". `below` is what the path has after
  /// the leaf's own (".s"), or empty. Outside a request nobody asks, and it is forgotten.
  void Violate(std::string_view below, std::string value, std::string constraint);

 private:
  friend class JsonDecoder;
  friend void ReadJsonLeaf(std::string_view json, const LeafCodec& codec, void* out);
  /// Where in a request it stands, for Violate.
  struct Place {
    Validation* validation = nullptr;
    const Member* member = nullptr;
    const Path* path = nullptr;
  };
  JsonValue(void* value, int depth) : value_(value), depth_(depth) {}
  JsonValue(void* value, int depth, Place place) : value_(value), depth_(depth), place_(place) {}
  void EachMember(void* state, void (*visit)(void*, std::string_view, JsonValue&));
  void EachElement(void* state, void (*visit)(void*, JsonValue&));
  void Finish();

  void* value_;  // simdjson::ondemand::value, which this header does not show
  int depth_;
  bool read_ = false;
  Place place_;
};

}  // namespace cumulite::protocol
