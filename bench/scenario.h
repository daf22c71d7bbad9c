#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace cumulite::bench {

/// One kind of load: what each connection asks next, and what it learns from the answers.
///
/// The requests carry the headers that an SDK sends, so that every server parses the same bytes.
class Scenario {
 public:
  virtual ~Scenario() = default;
  /// Prepares the server by `call` (method and target line, body -> body of the answer); not measured.
  using Call = std::function<std::string(const std::string& request)>;
  virtual void SetUp([[maybe_unused]] const Call& call) {}
  /// The next request of that connection, complete; valid until its answer.
  virtual std::string_view Next(std::size_t connection) = 0;
  /// The answer's body; returns how many units of work (messages, objects) it stands for, 0 for a failure.
  virtual std::size_t Answered([[maybe_unused]] std::size_t connection, [[maybe_unused]] int status,
                               [[maybe_unused]] std::string_view body) {
    return status == 200 ? 1 : 0;
  }
  /// How many units there are to do at all; the load ends with the last one.
  virtual std::uint64_t Total() const { return UINT64_MAX; }
  /// What Answered says of an answer that is neither work nor a failure.
  static constexpr std::size_t kNoUnits = SIZE_MAX;
};

struct ScenarioOptions {
  std::string host;  // "127.0.0.1:4566"
  std::size_t body_size = 1024;
  std::uint64_t backlog = 0;  // messages or objects to prepare
  std::string queue = "bench";
};

/// "sqs-send", "s3-get", ...; null for an unknown name.
std::unique_ptr<Scenario> MakeScenario(std::string_view name, const ScenarioOptions& options);
/// Every name, for the usage message.
std::string ScenarioNames();

}  // namespace cumulite::bench
