#include "services/sts/operations/assume_role.h"
#include "services/sts/operations/assume_role_with_saml.h"
#include "services/sts/operations/assume_role_with_web_identity.h"
#include "services/sts/operations/decode_authorization_message.h"
#include "services/sts/operations/get_access_key_info.h"
#include "services/sts/operations/get_caller_identity.h"
#include "services/sts/operations/get_federation_token.h"
#include "services/sts/operations/get_session_token.h"
#include "services/sts/operations/get_web_identity_token.h"
#include "services/sts/sts_service.h"

namespace cumulite::sts {
namespace {

constexpr protocol::Operation kOperations[] = {
    protocol::Operation::Of<&AssumeRole>("AssumeRole"),
    protocol::Operation::Of<&AssumeRoleWithSaml>("AssumeRoleWithSAML").Anonymous(),
    protocol::Operation::Of<&AssumeRoleWithWebIdentity>("AssumeRoleWithWebIdentity").Anonymous(),
    protocol::Operation::Of<&DecodeAuthorizationMessage>("DecodeAuthorizationMessage"),
    protocol::Operation::Of<&GetAccessKeyInfo>("GetAccessKeyInfo"),
    protocol::Operation::Of<&GetCallerIdentity>("GetCallerIdentity"),
    protocol::Operation::Of<&GetFederationToken>("GetFederationToken"),
    protocol::Operation::Of<&GetSessionToken>("GetSessionToken"),
    protocol::Operation::Of<&GetWebIdentityToken>("GetWebIdentityToken"),
};

constexpr std::string_view kNotBuilt[] = {
    "AssumeRoot",
    "GetDelegatedAccessToken",
};

}  // namespace

extern constexpr protocol::RpcModel kModel{
    .service = "sts",
    .json_target = {},
    .json_version = {},
    .json_namespace = {},
    .query_version = "2011-06-15",
    .xml_namespace = "https://sts.amazonaws.com/doc/2011-06-15/",
    .operations = kOperations,
    .not_built = kNotBuilt,
    .body_limit = 1024 * 1024,
};

}  // namespace cumulite::sts
