#pragma once
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cumulite::protocol {

enum class Fault : unsigned char { kSender, kReceiver };

/// Who finds the error, which decides the namespace that AWS JSON's `__type` has: the service, AWS's front
/// end before any service ("com.amazon.coral.service"), or its check of constraints
/// ("com.amazon.coral.validate").
enum class Origin : unsigned char { kService, kFrontEnd, kValidation };

/// One error that an AWS service documents. Services list theirs in errors.h.
struct ErrorKind {
  std::string_view code;        // JSON `__type` (without namespace), S3 <Code>
  std::string_view query_code;  // Query <Code> and x-amzn-query-error; empty: as code
  int status = 400;
  Fault fault = Fault::kSender;
  std::string_view query_message = {};  // what the Query protocol says instead, where AWS words it otherwise
  Origin origin = Origin::kService;
  bool capital_message = false;  // AWS JSON spells the key of its text "Message"

  std::string_view QueryCode() const { return query_code.empty() ? code : query_code; }
};

/// The caller's request cannot be done, in the words AWS uses. Caught once, at the edge of the operation.
class AwsError : public std::exception {
 public:
  AwsError(const ErrorKind& kind, std::string message) : kind_(kind), message_(std::move(message)) {}

  /// Adds a member of the error's body: S3's <BucketName>, DynamoDB's CancellationReasons, ...
  AwsError&& With(std::string name, std::string value) && {
    Add(std::move(name), std::move(value));
    return std::move(*this);
  }

  void Add(std::string name, std::string value) { extra_.emplace_back(std::move(name), std::move(value)); }

  const ErrorKind& kind() const { return kind_; }
  const std::string& message() const { return message_; }
  std::string_view QueryMessage() const {
    return kind_.query_message.empty() ? std::string_view(message_) : kind_.query_message;
  }
  const std::vector<std::pair<std::string, std::string>>& extra() const { return extra_; }
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  ErrorKind kind_;
  std::string message_;
  std::vector<std::pair<std::string, std::string>> extra_;
};

/// Errors that every AWS service knows (AWS "Common Errors" pages).
inline constexpr ErrorKind kInternalFailure{.code = "InternalFailure",
                                            .query_code = "InternalFailure",
                                            .status = 500,
                                            .fault = Fault::kReceiver,
                                            .origin = Origin::kFrontEnd};
inline constexpr ErrorKind kServiceUnavailable{.code = "ServiceUnavailable",
                                               .query_code = "ServiceUnavailable",
                                               .status = 503,
                                               .fault = Fault::kReceiver,
                                               .origin = Origin::kFrontEnd};
inline constexpr ErrorKind kThrottling{
    .code = "ThrottlingException", .query_code = "Throttling", .status = 400};
inline constexpr ErrorKind kNotImplemented{
    .code = "NotImplemented", .query_code = "NotImplemented", .status = 501, .fault = Fault::kReceiver};

}  // namespace cumulite::protocol
