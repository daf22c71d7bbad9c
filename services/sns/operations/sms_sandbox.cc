#include "services/sns/operations/sms_sandbox.h"

#include <algorithm>
#include <array>

#include "base/ids.h"
#include "services/sns/access.h"
#include "services/sns/direct_publish.h"
#include "services/sns/errors.h"
#include "services/sns/page.h"
#include "services/sns/platform.h"
#include "services/sns/sns_service.h"

namespace cumulite::sns {
using protocol::Wire;

namespace {

constexpr std::string_view kNumber = R"(^(\+[0-9]{8,}|[0-9]{0,9})$)";
constexpr std::array<std::string_view, 13> kLanguages{"en-US", "en-GB", "es-419", "es-ES", "de-DE",
                                                      "fr-CA", "fr-FR", "it-IT",  "ja-JP", "pt-BR",
                                                      "kr-KR", "zh-CN", "zh-TW"};

}  // namespace

protocol::Members CreateSMSSandboxPhoneNumberRequest::Describe() {
  using T = CreateSMSSandboxPhoneNumberRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::phone_number>("PhoneNumber").Required().Length(0, 20).Pattern(kNumber, &IsSandboxNumber),
      Wire<&T::language_code>("LanguageCode").Values(kLanguages),
  };
  return kMembers;
}

protocol::Members DeleteSMSSandboxPhoneNumberRequest::Describe() {
  using T = DeleteSMSSandboxPhoneNumberRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::phone_number>("PhoneNumber").Required().Length(0, 20).Pattern(kNumber, &IsSandboxNumber),
  };
  return kMembers;
}

protocol::Members ListSMSSandboxPhoneNumbersRequest::Describe() {
  using T = ListSMSSandboxPhoneNumbersRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::next_token>("NextToken"),
      Wire<&T::max_results>("MaxResults").Range(1, 100),
  };
  return kMembers;
}

protocol::Members SMSSandboxPhoneNumber::Describe() {
  using T = SMSSandboxPhoneNumber;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::phone_number>("PhoneNumber"),
      Wire<&T::status>("Status"),
  };
  return kMembers;
}

protocol::Members ListSMSSandboxPhoneNumbersResponse::Describe() {
  using T = ListSMSSandboxPhoneNumbersResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::phone_numbers>("PhoneNumbers").Required().KeepEmpty(),
      Wire<&T::next_token>("NextToken"),
  };
  return kMembers;
}

protocol::Members VerifySMSSandboxPhoneNumberRequest::Describe() {
  using T = VerifySMSSandboxPhoneNumberRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::phone_number>("PhoneNumber").Required().Length(0, 20).Pattern(kNumber, &IsSandboxNumber),
      Wire<&T::one_time_password>("OneTimePassword").Required().Length(5, 8).Pattern("^[0-9]+$", &IsPassword),
  };
  return kMembers;
}

protocol::Members GetSMSSandboxAccountStatusResponse::Describe() {
  using T = GetSMSSandboxAccountStatusResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::is_in_sandbox>("IsInSandbox").Required(),
  };
  return kMembers;
}

namespace {

AwsError NumberDoesNotExist() { return {kResourceNotFound, "Resource does not exist"}; }

std::string OneTimePassword() {
  std::array<std::byte, 6> random{};
  base::SecureRandom(random);
  std::string password;
  for (const std::byte byte : random) password += static_cast<char>('0' + std::to_integer<int>(byte) % 10);
  return password;
}

}  // namespace

runtime::Task<CreateSMSSandboxPhoneNumberResponse> CreateSMSSandboxPhoneNumber(
    SnsService& sns, const protocol::RequestContext& context, CreateSMSSandboxPhoneNumberRequest request) {
  AuthorizeOwn(context, "CreateSMSSandboxPhoneNumber");
  const std::string owner = OwnerOf(context);
  const std::string password = OneTimePassword();
  const auto create = [&] {
    sns.records().Put(Records::kSandbox, owner, request.phone_number,
                      {{"Status", "Pending"}, {"OneTimePassword", password}});
  };
  co_await sns.writer().Run(create);
  PublishInput message;
  message.message = "Your verification code is " + password;
  RecordTextMessage(sns, context, request.phone_number, std::move(message));
  co_return CreateSMSSandboxPhoneNumberResponse{};
}

runtime::Task<DeleteSMSSandboxPhoneNumberResponse> DeleteSMSSandboxPhoneNumber(
    SnsService& sns, const protocol::RequestContext& context, DeleteSMSSandboxPhoneNumberRequest request) {
  AuthorizeOwn(context, "DeleteSMSSandboxPhoneNumber");
  const std::string owner = OwnerOf(context);
  const auto erase = [&] {
    if (!sns.records().Erase(Records::kSandbox, owner, request.phone_number)) throw NumberDoesNotExist();
  };
  co_await sns.writer().Run(erase, storage::Room::kMakes);
  co_return DeleteSMSSandboxPhoneNumberResponse{};
}

runtime::Task<ListSMSSandboxPhoneNumbersResponse> ListSMSSandboxPhoneNumbers(
    SnsService& sns, const protocol::RequestContext& context, ListSMSSandboxPhoneNumbersRequest request) {
  AuthorizeOwn(context, "ListSMSSandboxPhoneNumbers");
  const auto limit = static_cast<std::size_t>(request.max_results.value_or(kPageSize));
  auto list =
      sns.records().List(Records::kSandbox, OwnerOf(context), ReadToken(request.next_token), limit + 1);
  ListSMSSandboxPhoneNumbersResponse response;
  if (list.size() > limit) {
    list.resize(limit);
    response.next_token = MakeToken(list.back().first);
  }
  for (const auto& [number, content] : list) {
    response.phone_numbers.push_back({number, std::string(ValueOf(content, "Status"))});
  }
  co_return response;
}

runtime::Task<VerifySMSSandboxPhoneNumberResponse> VerifySMSSandboxPhoneNumber(
    SnsService& sns, const protocol::RequestContext& context, VerifySMSSandboxPhoneNumberRequest request) {
  AuthorizeOwn(context, "VerifySMSSandboxPhoneNumber");
  const std::string owner = OwnerOf(context);
  const auto verify = [&] {
    auto current = sns.records().Load(Records::kSandbox, owner, request.phone_number);
    if (!current) throw NumberDoesNotExist();
    if (ValueOf(*current, "OneTimePassword") != request.one_time_password) {
      throw AwsError(kVerification, "Verification failed: the one-time password is wrong");
    }
    (*current)["Status"] = "Verified";
    sns.records().Put(Records::kSandbox, owner, request.phone_number, *current);
  };
  co_await sns.writer().Run(verify);
  co_return VerifySMSSandboxPhoneNumberResponse{};
}

// Differs from AWS: accounts are out of the sandbox from the start, so any number can be sent to.
runtime::Task<GetSMSSandboxAccountStatusResponse> GetSMSSandboxAccountStatus(
    SnsService&, const protocol::RequestContext& context, GetSMSSandboxAccountStatusRequest) {
  AuthorizeOwn(context, "GetSMSSandboxAccountStatus");
  co_return GetSMSSandboxAccountStatusResponse{false};
}

}  // namespace cumulite::sns
