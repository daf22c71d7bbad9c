#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"

namespace cumulite::sns {
class SnsService;

struct CreateSMSSandboxPhoneNumberRequest {
  std::string phone_number;
  std::optional<std::string> language_code;
  static protocol::Members Describe();
};

struct CreateSMSSandboxPhoneNumberResponse {
  static protocol::Members Describe() { return {}; }
};

/// Adds a number that the account may send to while in the sandbox, and sends it a one-time password.
///
/// Errors: AuthorizationError, InvalidParameter, OptedOut, UserError.
/// Thread: any. Source: SNS API Reference "CreateSMSSandboxPhoneNumber".
runtime::Task<CreateSMSSandboxPhoneNumberResponse> CreateSMSSandboxPhoneNumber(
    SnsService& sns, const protocol::RequestContext& context, CreateSMSSandboxPhoneNumberRequest request);

struct DeleteSMSSandboxPhoneNumberRequest {
  std::string phone_number;
  static protocol::Members Describe();
};

struct DeleteSMSSandboxPhoneNumberResponse {
  static protocol::Members Describe() { return {}; }
};

/// Removes a number from the sandbox.
///
/// Errors: AuthorizationError, InvalidParameter, ResourceNotFound, UserError.
/// Thread: any. Source: SNS API Reference "DeleteSMSSandboxPhoneNumber".
runtime::Task<DeleteSMSSandboxPhoneNumberResponse> DeleteSMSSandboxPhoneNumber(
    SnsService& sns, const protocol::RequestContext& context, DeleteSMSSandboxPhoneNumberRequest request);

struct ListSMSSandboxPhoneNumbersRequest {
  std::optional<std::string> next_token;
  std::optional<std::int32_t> max_results;
  static protocol::Members Describe();
};

struct SMSSandboxPhoneNumber {
  std::string phone_number;
  std::string status;
  static protocol::Members Describe();
};

struct ListSMSSandboxPhoneNumbersResponse {
  std::vector<SMSSandboxPhoneNumber> phone_numbers;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

/// The numbers of the sandbox and whether they are verified.
///
/// Errors: AuthorizationError, InvalidParameter, ResourceNotFound.
/// Thread: any. Source: SNS API Reference "ListSMSSandboxPhoneNumbers".
runtime::Task<ListSMSSandboxPhoneNumbersResponse> ListSMSSandboxPhoneNumbers(
    SnsService& sns, const protocol::RequestContext& context, ListSMSSandboxPhoneNumbersRequest request);

struct VerifySMSSandboxPhoneNumberRequest {
  std::string phone_number;
  std::string one_time_password;
  static protocol::Members Describe();
};

struct VerifySMSSandboxPhoneNumberResponse {
  static protocol::Members Describe() { return {}; }
};

/// Verifies a number by the one-time password that it was sent.
///
/// Errors: AuthorizationError, InvalidParameter, ResourceNotFound.
/// Thread: any. Source: SNS API Reference "VerifySMSSandboxPhoneNumber".
runtime::Task<VerifySMSSandboxPhoneNumberResponse> VerifySMSSandboxPhoneNumber(
    SnsService& sns, const protocol::RequestContext& context, VerifySMSSandboxPhoneNumberRequest request);

struct GetSMSSandboxAccountStatusRequest {
  static protocol::Members Describe() { return {}; }
};

struct GetSMSSandboxAccountStatusResponse {
  bool is_in_sandbox = false;
  static protocol::Members Describe();
};

/// Whether the account is in the sandbox.
///
/// Errors: AuthorizationError.
/// Thread: any. Source: SNS API Reference "GetSMSSandboxAccountStatus".
runtime::Task<GetSMSSandboxAccountStatusResponse> GetSMSSandboxAccountStatus(
    SnsService& sns, const protocol::RequestContext& context, GetSMSSandboxAccountStatusRequest request);

}  // namespace cumulite::sns
