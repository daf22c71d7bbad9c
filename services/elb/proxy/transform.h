#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/elb/proxy/snapshot.h"

namespace re2 {
class RE2;
}

namespace cumulite::elb::proxy {

/// A rule's rewrites of what the target sees, compiled. Thread: any; immutable.
class Transformer {
 public:
  explicit Transformer(const std::vector<Transform>& transforms);
  Transformer(Transformer&&) noexcept;
  ~Transformer();

  bool empty() const { return rewrites_.empty(); }

  struct Result {
    enum class Kind { kUnchanged, kChanged, kFailed };
    Kind kind = Kind::kUnchanged;  // kFailed: 500
    std::string text;              // kChanged
  };
  /// A host with its port, if it has one; a path with its query. What does not match stays as it is.
  Result Rewrite(Transform::Kind kind, std::string_view text) const;

 private:
  struct Compiled {
    Transform::Kind kind;
    std::unique_ptr<re2::RE2> regex;
    std::string replace;  // "$1" as RE2 writes it: "\1"
  };
  std::vector<Compiled> rewrites_;
};

}  // namespace cumulite::elb::proxy
